//! What the shop sets: its texts, bank accounts, methods, reasons, tax and people; and the way to the example and back.

use crate::people::{ANA, sign_in};
use crate::{steps, sync};
use anyhow::{Result, ensure};
use std::fs;
use tests::{BANK, Browser, NARROW, Said, WIDE, journey, journey_with_endpoint, until};

/// A picture of one pixel.
const PNG: [u8; 67] = [
    137, 80, 78, 71, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82, 0, 0, 0, 1, 0, 0, 0, 1, 8, 6, 0, 0, 0, 31,
    21, 196, 137, 0, 0, 0, 10, 73, 68, 65, 84, 120, 156, 99, 0, 1, 0, 0, 5, 0, 1, 13, 10, 45, 180, 0, 0, 0,
    0, 73, 69, 78, 68, 174, 66, 96, 130,
];

#[test]
fn what_a_shop_sets_is_an_entry_and_on_every_counter() -> Result<()> {
    journey_with_endpoint("shop-settings", WIDE, async |till| {
        let (profile, folder) = (tempfile::tempdir()?, tempfile::tempdir()?);
        steps::set_up(till).await?;
        let workshop = sync::with_workshop(till, profile.path()).await?;

        till.go("/settings/shop").await?;
        till.holds("Name", "Harbour Cycles").await?;
        let before = till.entry_count().await?;
        till.press("button", "Save").await?;
        till.see("Nothing has changed.").await?;
        till.fill("Name", " ").await?;
        till.press("button", "Save").await?;
        till.find("alert", "There is a problem").await?;
        till.fill("Name", "Harbour Bikes").await?;
        till.fill("Address", "1 Quay Street\nAnytown").await?;
        till.fill("Tax number", "GB 123 4567 89").await?;
        till.press_twice("button", "Save").await?;
        till.see("Saved.").await?;
        ensure!(till.entry_count().await? == before + 1, "one entry for all that changed");
        let file = folder.path().join("logo.png");
        fs::write(&file, PNG)?;
        till.upload("Choose a picture", &file).await?;
        till.find("image", "Logo").await?;
        let file = folder.path().join("text.png");
        fs::write(&file, "no picture")?;
        till.upload("Choose a picture", &file).await?;
        till.see("This file is not a picture").await?;
        till.go("/settings/receipts").await?;
        till.fill("Below the lines", "Goods may be returned for 30 days").await?;
        till.press("button", "Save").await?;
        till.see("Saved.").await?;

        workshop.go("/settings/receipts").await?;
        for words in ["Harbour Bikes", "1 Quay Street", "GB 123 4567 89", "for 30 days"] {
            workshop.see(words).await?;
        }
        workshop.find("image", "Logo").await?;
        workshop.close().await
    })
}

#[test]
fn bank_accounts_methods_and_reasons_are_offered_where_money_moves() -> Result<()> {
    journey("shop-lists", WIDE, async |page| {
        steps::set_up(page).await?;
        page.go("/settings/banks").await?;
        page.see("No bank account yet.").await?;
        for name in ["Current", "Savings"] {
            page.fill("Name of the account", name).await?;
            let before = page.entry_count().await?;
            page.press_twice("button", "Add a bank account").await?;
            page.cell_is(name, "Status", "offered").await?;
            ensure!(page.entry_count().await? == before + 1, "added once");
        }
        page.fill("Name of the account", "savings").await?;
        page.press("button", "Add a bank account").await?;
        page.see("Another one has this name. Choose another name.").await?;
        page.fill("Name of the method", "Gift voucher").await?;
        page.press("button", "Add a payment method").await?;
        page.cell_is("Gift voucher", "Status", "offered").await?;
        page.press("button", "Actions for Insurance").await?;
        page.press("menuitem", "Do not offer").await?;
        page.cell_is("Insurance", "Status", "not offered").await?;
        page.press("button", "Actions for Current").await?;
        page.press("menuitem", "Do not offer").await?;
        page.cell_is("Current", "Status", "not offered").await?;
        page.go("/settings/reasons").await?;
        page.fill("Reason", "Wrong size").await?;
        page.press("button", "Add a reason").await?;
        page.find("rowheader", "Wrong size").await?;

        // All of it is where money moves.
        steps::add_customer(page, "Mira Patel").await?;
        let account = page.path().await?;
        steps::add_order(page).await?;
        page.act("Add Payment").await?;
        page.choose("Payment Type", "Gift voucher").await?;
        ensure!(page.choose("Payment Type", "Insurance").await.is_err(), "insurance is offered");
        page.choose("Payment Type", "Bank transfer").await?;
        ensure!(page.value("Bank account").await? == "Savings", "the first one offered is the default");
        page.fill("Amount", "50.00").await?;
        let money = page.money_before().await?;
        page.press("button", "Apply Payment").await?;
        page.see("of £50.00 recorded").await?;
        money.adds_up(page, Said::Take(BANK, "50.00")).await?;
        page.go(&format!("{account}/credit")).await?;
        page.fill("Amount", "5.00").await?;
        page.choose("Reason", "Wrong size").await?;
        page.press("button", "Add Credit").await?;
        page.within("dialog", "Give Mira Patel credit of £5.00?").press("button", "Add Credit").await?;
        page.see("AC-0001").await?;
        let entries = page.eval(crate::people::ENTRIES).await?.to_string();
        ensure!(entries.contains("Wrong size"), "the reason is not in the entry");
        Ok(())
    })
}

#[test]
fn the_tax_of_the_shop_is_that_of_a_new_line() -> Result<()> {
    journey("shop-tax", NARROW, async |page| {
        steps::set_up(page).await?;
        page.go("/settings").await?;
        page.press("link", "Tax and rounding").await?;
        page.fill("Tax rates in percent", "20, much").await?;
        page.press("button", "Save").await?;
        page.find("alert", "There is a problem").await?;
        page.fill("Tax rates in percent", "20, 5, 0").await?;
        page.check("Without tax").await?;
        page.fill("Smallest coin", "0.05").await?;
        page.press("button", "Save").await?;
        page.see("Saved.").await?;
        page.reload().await?;
        page.holds("Tax rates in percent", "20, 5, 0").await?;
        page.holds("Smallest coin", "0.05").await?;
        steps::add_customer(page, "Mira Patel").await?;
        page.act("Add Order").await?;
        page.holds("Tax rate in percent", "20").await?;
        page.fill("Item", "Full service").await?;
        page.fill("Unit price", "100").await?;
        page.see("net: tax is added").await?;
        // The total stays on the screen while the lines are typed.
        let shown =
            "document.querySelector('.order-form > aside').getBoundingClientRect().bottom <= innerHeight";
        ensure!(page.eval(shown).await? == true, "the total is below the fold");
        page.press("button", "Place Order").await?;
        page.see("of £120.00 placed").await
    })
}

#[test]
fn a_clerk_gets_single_rights_and_one_who_has_left_records_nothing() -> Result<()> {
    journey("shop-people", WIDE, async |page| {
        crate::people::with_a_clerk(page).await?;
        page.go("/settings/people").await?;
        page.press("button", "Actions for Bob Fox").await?;
        page.press("menuitem", "Rights").await?;
        let dialog = page.within("dialog", "Rights of Bob Fox");
        dialog.choose("Right", "reverse payments").await?;
        dialog.fill("Up to", "10").await?;
        dialog.press("button", "Save").await?;
        page.cell_is("Bob Fox", "Role", "clerk · reversed payments up to £10.00").await?;
        allow(page, "seal days", true).await?;
        allow(page, "change items and prices", true).await?;
        let all = "clerk · reversed payments up to £10.00 · sealing days · items and prices";
        page.cell_is("Bob Fox", "Role", all).await?;
        let found = page.survey("people").await?;
        ensure!(found.is_empty(), "{found:#?}");
        allow(page, "seal days", false).await?;
        let left = "clerk · reversed payments up to £10.00 · items and prices";
        page.cell_is("Bob Fox", "Role", left).await?;
        page.press("button", "Actions for Bob Fox").await?;
        page.press("menuitem", "Name and role").await?;
        let dialog = page.within("dialog", "Name and role");
        dialog.fill("Name", "Bob Fuchs").await?;
        dialog.press("button", "Save").await?;
        page.find("rowheader", "Bob Fuchs").await?;
        sign_in(page, ANA, "Bob Fuchs", "2580").await?;
        page.go("/settings/shop").await?;
        page.see("Only an admin can do this.").await?;
        page.go("/settings/items").await?;
        page.fill("Name", "Inner tube").await?;
        page.press("button", "Add Item").await?;
        page.find("rowheader", "Inner tube").await?;
        page.go("/money").await?;
        page.see("Only an admin can seal a day.").await?;
        sign_in(page, "Signed in: Bob Fuchs · clerk", "Ana Ruiz", "4711").await?;
        page.go("/settings/people").await?;
        page.press("button", "Actions for Bob Fuchs").await?;
        page.press("menuitem", "Has left").await?;
        page.cell_is("Bob Fuchs", "Role", "clerk · has left").await?;
        page.press("button", ANA).await?;
        page.lacks("menuitem", "Bob Fuchs").await?;
        page.press_keys("Escape").await?;
        page.press("button", "Actions for Bob Fuchs").await?;
        page.press("menuitem", "Is back").await?;
        page.cell_is("Bob Fuchs", "Role", left).await
    })
}

/// Grants a right without an amount, or takes it back.
async fn allow(page: &Browser, right: &str, allowed: bool) -> Result<()> {
    page.press("button", "Actions for Bob Fox").await?;
    page.press("menuitem", "Rights").await?;
    let dialog = page.within("dialog", "Rights of Bob Fox");
    dialog.choose("Right", right).await?;
    match allowed {
        true => dialog.check("Allowed").await?,
        false => dialog.uncheck("Allowed").await?,
    }
    dialog.press("button", "Save").await?;
    page.lacks("dialog", "Rights of Bob Fox").await
}

#[test]
fn from_the_own_shop_to_the_example_and_back() -> Result<()> {
    journey("to-the-example", WIDE, async |page| {
        steps::part_paid(page).await?;
        page.go("/settings/shop").await?;
        page.press("button", "Try the example shop").await?;
        page.see("EXAMPLE").await?;
        page.find("link", "Add Order").await?;
        page.press("link", "Settings").await?;
        leave(page).await?;
        page.see_no("EXAMPLE").await?;
        steps::find_customer(page, "Mira Patel").await?;
        page.see("Owes £70.00").await
    })
}

async fn leave(page: &Browser) -> Result<()> {
    page.press("button", "Leave the example shop").await?;
    page.press("button", "Yes").await?;
    until("the own shop", async || Ok((!page.text().await?.contains("EXAMPLE")).then_some(()))).await
}
