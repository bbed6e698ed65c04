//! Customers: everything that is known of them, contact persons, duplicates, and accounts that are shown as one.

use crate::steps;
use anyhow::{Result, ensure};
use tests::{Browser, DRAWER, NARROW, Said, WIDE, journey};

/// Fails when axe finds something on the screen, or it scrolls sideways.
async fn survey(page: &Browser, name: &str) -> Result<()> {
    let found = page.survey(name).await?;
    ensure!(found.is_empty(), "{found:#?}");
    Ok(())
}

/// Adds a company with a contact person, and changes both.
async fn a_company(page: &Browser) -> Result<()> {
    steps::set_up(page).await?;
    page.go("/customers/new").await?;
    page.check("Company").await?;
    page.fill("Name", "Palmer Ltd").await?;
    page.fill("Address", "1 Quay Road\nBristol BS1 4RW").await?;
    page.fill("Tax number", "GB 123 4567 89").await?;
    page.choose("Language", "German").await?;
    page.press("button", "Add contact person").await?;
    let person = page.within("group", "Contact person 1");
    person.fill("Role", "accounts").await?;
    person.fill("E-mail", "ann").await?;
    let before = page.entry_count().await?;
    page.press("button", "Add Customer").await?;
    let summary = page.within("alert", "There are 2 problems");
    summary.see("Enter the name of the contact person, or remove the person").await?;
    summary.see("An e-mail address looks like mira@example.net").await?;
    survey(page, "customer-new").await?;
    person.fill("Name", "Ann Lee").await?;
    person.fill("E-mail", "ann@palmer.example").await?;
    page.press_twice("button", "Add Customer").await?;
    page.find("heading", "Palmer Ltd").await?;
    ensure!(page.entry_count().await? == before + 2, "the customer and the details, each once");

    page.press("tab", "Details").await?;
    for known in ["Bristol BS1 4RW", "GB 123 4567 89", "German", "Ann Lee", "accounts", "ann@palmer.example"]
    {
        page.see(known).await?;
    }
    survey(page, "customer-details").await?;
    page.press("link", "Edit").await?;
    page.holds("Tax number", "GB 123 4567 89").await?;
    page.fill("Notes", "pays on Fridays").await?;
    page.fill("Tax number", "").await?;
    page.press("button", "Remove contact person 1").await?;
    page.fill("Name", "Palmer & Sons").await?;
    page.press("button", "Add contact person").await?;
    page.within("group", "Contact person 1").fill("Name", "Bo Hart").await?;
    let before = page.entry_count().await?;
    page.press_twice("button", "Save").await?;
    page.find("heading", "Palmer & Sons").await?;
    ensure!(page.entry_count().await? == before + 1, "one entry of what differs");
    page.see("tax number from GB 123 4567 89 to nothing").await?;
    page.press("tab", "Details").await?;
    page.see("pays on Fridays").await?;
    let people = page.within("table", "Contact persons");
    people.see("Bo Hart").await?;
    people.see_no("Ann Lee").await?;
    page.go("/counter").await?;
    page.fill("Find customer", "bo hart").await?;
    page.press("option", "Palmer & Sons").await?;
    page.find("heading", "Palmer & Sons").await?;
    page.press("tab", "Details").await?;
    // Saving what was not changed records nothing, also after a reload.
    page.reload().await?;
    page.press("link", "Edit").await?;
    page.press("button", "Save").await?;
    page.find("heading", "Palmer & Sons").await?;
    ensure!(page.entry_count().await? == before + 1, "nothing was changed");
    Ok(())
}

#[test]
fn a_company_and_its_contact_persons_are_added_and_edited_on_a_wide_screen() -> Result<()> {
    journey("customer-edited", WIDE, async |page| a_company(page).await)
}

#[test]
fn a_company_and_its_contact_persons_are_added_and_edited_on_a_phone() -> Result<()> {
    journey("customer-edited-phone", NARROW, async |page| a_company(page).await)
}

#[test]
fn two_accounts_of_one_person_are_shown_as_one_and_taken_apart_again() -> Result<()> {
    journey("customer-twice", WIDE, async |page| {
        steps::part_paid(page).await?;
        steps::add_customer(page, "M Patel").await?;
        let duplicate = page.path().await?;
        steps::place_order(page, "20.00").await?;
        // Editing warns of another customer with the same name; both are meant.
        page.go(&duplicate).await?;
        page.press("button", "Actions for M Patel").await?;
        page.press("menuitem", "Edit").await?;
        page.fill("Name", "mira  PATEL").await?;
        page.see("Another customer has the same name.").await?;
        page.press("link", "Open Mira Patel").await?;
        page.find("heading", "Mira Patel").await?;
        let kept = page.path().await?;
        page.press("button", "Actions for Mira Patel").await?;
        page.press("menuitem", "Same as another customer").await?;
        let dialog = page.within("dialog", "Who is the same as Mira Patel?");
        dialog.press("button", "Show as one").await?;
        dialog.within("alert", "There is a problem").see("Choose the other customer from the list").await?;
        dialog.fill("Customer", "m p").await?;
        dialog.press("option", "M Patel").await?;
        let before = page.entry_count().await?;
        dialog.press_twice("button", "Show as one").await?;
        page.see("M Patel is shown with this customer now.").await?;
        ensure!(page.entry_count().await? == before + 1, "marked once");
        page.see("Owes £90.00").await?;
        page.cell_is("Together", "Owed", "90.00").await?;
        page.see("Account of M Patel").await?;
        survey(page, "customer-as-one").await?;

        // One row, one search result, and a payment on an order of the duplicate stays on its account.
        page.go("/customers").await?;
        page.see("1 customer").await?;
        page.fill("Search", "m patel").await?;
        page.cell_is("Mira Patel", "Owed", "90.00").await?;
        page.go(&kept).await?;
        page.open("AI-0002").await?;
        let money = page.money_before().await?;
        steps::pay_uncounted(page, "20.00").await?;
        money.adds_up(page, Said::Take(DRAWER, "20.00")).await?;
        page.go(&duplicate).await?;
        page.see("This is the same customer as Mira Patel").await?;
        survey(page, "customer-duplicate").await?;
        page.press("link", "Open Mira Patel").await?;
        page.see("Owes £70.00").await?;

        page.press("button", "Actions for M Patel").await?;
        page.press("menuitem", "Take apart").await?;
        page.see("M Patel is shown apart again.").await?;
        page.lacks("table", "Accounts shown as one").await?;
        page.go("/customers").await?;
        page.see("2 customers").await
    })
}
