//! People: staff, PINs, switching the signed-in person, and what a clerk requests from an admin.

use crate::queue::reject;
use crate::steps;
use anyhow::{Result, ensure};
use tests::{Browser, DRAWER, Said, WIDE, journey};

pub const ANA: &str = "Signed in: Ana Ruiz · admin";
pub const BOB: &str = "Signed in: Bob Fox · clerk";

/// Sets up a shop with a clerk; the owner is signed in.
pub async fn with_a_clerk(page: &Browser) -> Result<()> {
    steps::set_up(page).await?;
    page.go("/settings/people").await?;
    add_bob(page).await
}

async fn add_bob(page: &Browser) -> Result<()> {
    page.fill("Name", "Bob Fox").await?;
    page.check("clerk").await?;
    page.fill("PIN", "2580").await?;
    page.press("button", "Add Staff").await?;
    page.see("Bob Fox is added.").await?;
    page.cell_is("Bob Fox", "PIN on this device", "set").await
}

/// Signs in another person with their PIN.
pub async fn sign_in(page: &Browser, from: &str, name: &str, pin: &str) -> Result<()> {
    page.press("button", from).await?;
    page.press("menuitem", name).await?;
    let dialog = page.within("dialog", &format!("PIN of {name}"));
    dialog.fill("PIN", pin).await?;
    dialog.press("button", &format!("Sign in as {name}")).await?;
    page.lacks("dialog", &format!("PIN of {name}")).await
}

#[test]
fn staff_are_added_with_a_pin_that_stays_on_the_device() -> Result<()> {
    journey("staff", WIDE, async |page| {
        steps::set_up(page).await?;
        page.press("link", "Settings").await?;
        page.press("link", "People and rights").await?;
        page.find("heading", "People and rights").await?;
        page.fill("PIN", "12").await?;
        let before = page.entry_count().await?;
        page.press("button", "Add Staff").await?;
        let summary = page.within("alert", "There are 2 problems");
        summary.see("Enter the name").await?;
        summary.see("A PIN has 4 to 8 digits and no other characters").await?;
        ensure!(page.entry_count().await? == before, "invalid input was recorded");
        page.fill("Name", "Bob Fox").await?;
        page.fill("PIN", "2580").await?;
        page.press_twice("button", "Add Staff").await?;
        page.see("Bob Fox is added.").await?;
        ensure!(page.entry_count().await? == before + 1, "added once");
        let entries = page.eval(ENTRIES).await?.to_string();
        ensure!(entries.contains("staff.added") && entries.contains("Bob Fox"), "{entries}");
        ensure!(
            !entries.contains("pbkdf2") && !entries.contains("\\\"pin\\\""),
            "a PIN was stored in an entry: {entries}"
        );

        page.press("button", "Actions for Bob Fox").await?;
        page.press("menuitem", "Remove the PIN").await?;
        page.within("dialog", "PIN of Bob Fox").press("button", "Remove the PIN").await?;
        page.cell_is("Bob Fox", "PIN on this device", "none").await?;
        page.press("button", ANA).await?;
        page.press("menuitem", "Bob Fox").await?;
        page.find("button", BOB).await?;
        page.see("Only an admin can add staff").await?;
        page.lacks("button", "Add Staff").await
    })
}

/// JavaScript that returns every stored entry of the origin as JSON.
pub const ENTRIES: &str = "(async () => {
    const settled = request => new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result); request.onerror = () => reject(request.error) });
    const lines = [];
    for (const {name} of await indexedDB.databases()) {
        const book = await settled(indexedDB.open(name));
        if (book.objectStoreNames.contains('journal'))
            lines.push(...await settled(book.transaction('journal').objectStore('journal').getAll()));
        book.close();
    }
    return JSON.stringify(lines) })()";

#[test]
fn a_person_changes_their_pin_with_the_current_pin() -> Result<()> {
    journey("own-pin", WIDE, async |page| {
        with_a_clerk(page).await?;
        page.press("button", "Actions for Ana Ruiz").await?;
        page.press("menuitem", "Change the PIN").await?;
        let dialog = page.within("dialog", "PIN of Ana Ruiz");
        dialog.fill("Current PIN", "4711").await?;
        dialog.fill("New PIN", "9999").await?;
        dialog.fill("Repeat new PIN", "9998").await?;
        dialog.press("button", "Save").await?;
        dialog.see("The two PINs are not the same. Enter both again").await?;
        dialog.fill("Repeat new PIN", "9999").await?;
        dialog.fill("Current PIN", "0000").await?;
        dialog.press("button", "Save").await?;
        dialog.see("Wrong PIN").await?;
        dialog.fill("Current PIN", "4711").await?;
        dialog.press("button", "Save").await?;
        page.see("Ana Ruiz has a new PIN on this device.").await?;
        sign_in(page, ANA, "Bob Fox", "2580").await?;
        sign_in(page, BOB, "Ana Ruiz", "9999").await?;
        page.find("button", ANA).await.map(drop)
    })
}

#[test]
fn a_clerk_sees_the_auto_lock_setting_and_cannot_change_it() -> Result<()> {
    journey("clerk-settings", WIDE, async |page| {
        with_a_clerk(page).await?;
        page.press("link", "Settings").await?;
        page.press("link", "People and rights").await?;
        page.choose("Lock after", "15 minutes").await?;
        sign_in(page, ANA, "Bob Fox", "2580").await?;
        page.see("Lock after 15 minutes").await?;
        page.see("Only an admin can change this.").await?;
        page.lacks("combobox", "Lock after").await?;
        // Every person may save a backup.
        page.press("link", "Backup").await?;
        page.find("button", "Save a backup").await?;
        Ok(())
    })
}

#[test]
fn a_clerk_requests_a_refund_and_an_admin_approves_it() -> Result<()> {
    journey("clerk-asks", WIDE, async |page| {
        with_a_clerk(page).await?;
        sign_in(page, ANA, "Bob Fox", "2580").await?;
        steps::add_customer(page, "Mira Patel").await?;
        page.see("Only an admin can add credit.").await?;
        steps::add_order(page).await?;
        page.see("Only an admin").await?;
        steps::pay(page, "50.00").await?;
        page.press("link", "Back to order AI-0001").await?;
        let order = page.path().await?;
        let money = page.money_before().await?;
        request_refund(page, "Nothing (0.00)").await?;
        page.see("Owed £70.00").await?;
        money.adds_up(page, Said::NoMoney).await?;
        let requested = page.entry_count().await?;

        page.go("/refunds").await?;
        page.see("50.00 Mira Patel Cash, Drawer A · order AI-0001").await?;
        page.see("Waits for an admin").await?;
        page.lacks("button", "Approve").await?;

        sign_in(page, BOB, "Ana Ruiz", "4711").await?;
        page.see_no("Waits for an admin").await?;
        page.press("button", "Approve").await?;
        let dialog = page.within("dialog", "Approve this refund?");
        dialog.see("AR-0001: £50.00 to Mira Patel in cash").await?;
        dialog.row_ends_with("Drawer A", &["50.00", "0.00"]).await?;
        dialog.press("button", "Approve").await?;
        page.see("Recorded. The customer still has to be given the money.").await?;
        page.see("50.00 Mira Patel Cash, Drawer A").await?;
        money.adds_up(page, Said::HandOver(DRAWER, "50.00")).await?;
        page.press("button", "Handed over").await?;
        page.see("No open refunds").await?;
        ensure!(page.entry_count().await? == requested + 2, "approved once, handed over once");
        page.go(&order).await?;
        page.see("Owed £0.00").await
    })
}

/// Requests a refund in the wizard, as a person who may not record it.
pub async fn request_refund(page: &Browser, preset: &str) -> Result<()> {
    steps::fill_refund_step_one(page).await?;
    page.press("button", preset).await?;
    page.press("button", "Next").await?;
    page.see("Only an admin can record refunds. You can request this one").await?;
    page.press_twice("button", "Request refund").await?;
    page.see("Refund of £50.00 requested").await?;
    page.press("link", "Back to order").await?;
    page.find("heading", "Order AI-0001").await.map(drop)
}

#[test]
fn a_clerk_records_refunds_up_to_the_limit_an_admin_set() -> Result<()> {
    journey("clerk-limit", WIDE, async |page| {
        with_a_clerk(page).await?;
        page.press("button", "Actions for Bob Fox").await?;
        page.press("menuitem", "Rights").await?;
        let dialog = page.within("dialog", "Rights of Bob Fox");
        dialog.holds("Up to", "0.00").await?;
        dialog.fill("Up to", "1e3").await?;
        dialog.press("button", "Save").await?;
        dialog.within("alert", "There is a problem").see("Enter the amount like 12.50").await?;
        dialog.fill("Up to", "20.00").await?;
        let before = page.entry_count().await?;
        dialog.press_twice("button", "Save").await?;
        page.cell_is("Bob Fox", "Role", "clerk · refunds up to £20.00").await?;
        ensure!(page.entry_count().await? == before + 1, "granted once");

        sign_in(page, ANA, "Bob Fox", "2580").await?;
        steps::add_customer(page, "Mira Patel").await?;
        steps::add_order(page).await?;
        steps::pay(page, "50.00").await?;
        page.press("link", "Back to order AI-0001").await?;
        steps::fill_refund_step_one(page).await?;
        page.press("button", "Same as now").await?;
        page.press("button", "Next").await?;
        page.see("You may record refunds up to £20.00. You can request this one").await?;
        page.find("button", "Request refund").await?;
        page.back().await?;
        page.back().await?;
        page.fill("Amount of AP-0001", "20.00").await?;
        page.press("button", "Next").await?;
        page.press("button", "Next").await?;
        page.press("button", "Record refund").await?;
        page.see("Refund AR-0001 of £20.00 recorded").await
    })
}

#[test]
fn an_admin_rejects_a_clerks_request() -> Result<()> {
    journey("clerk-rejected", WIDE, async |page| {
        with_a_clerk(page).await?;
        sign_in(page, ANA, "Bob Fox", "2580").await?;
        steps::add_customer(page, "Mira Patel").await?;
        let account = page.path().await?;
        steps::add_order(page).await?;
        steps::pay(page, "50.00").await?;
        page.press("link", "Back to order AI-0001").await?;
        request_refund(page, "Same as now").await?;
        sign_in(page, BOB, "Ana Ruiz", "4711").await?;
        page.go("/refunds").await?;
        reject(page, "AR-0001", "Reject this refund?").await?;
        page.see("Refund for Mira Patel rejected").await?;
        page.see("No open refunds").await?;
        page.go(&format!("{account}?tab=refunds")).await?;
        page.see("rejected").await?;
        page.see("Owes £70.00").await
    })
}

#[test]
fn entries_name_the_signed_in_person_in_every_tab() -> Result<()> {
    journey("who-acts", WIDE, async |page| {
        with_a_clerk(page).await?;
        steps::add_customer(page, "Mira Patel").await?;
        let account = page.path().await?;
        let first = page.tab().await?;
        let second = page.new_tab().await?;
        page.go(&account).await?;
        page.find("button", ANA).await?;

        page.switch_to(&first).await?;
        sign_in(page, ANA, "Bob Fox", "2580").await?;
        page.switch_to(&second).await?;
        page.find("button", BOB).await?;
        steps::pay(page, "5.00").await?;
        page.go(&format!("{account}?tab=payments")).await?;
        page.press("link", "AP-0001").await?;
        page.see("Taken by Bob Fox").await?;
        page.reload().await?;
        page.find("button", BOB).await.map(drop)
    })
}

#[test]
fn the_keyboard_alone_switches_the_signed_in_person() -> Result<()> {
    journey("who-keyboard", WIDE, async |page| {
        with_a_clerk(page).await?;
        page.press("link", "Counter").await?;
        page.find("link", "Add Order").await?;
        page.press_keys("Tab").await?;
        page.tab_to("link", "Customers").await?;
        page.press_keys("w").await?;
        page.find("menuitem", "Bob Fox").await?;
        page.press_keys("Down").await?;
        page.press_keys("Enter").await?;
        page.find("dialog", "PIN of Bob Fox").await?;
        page.type_text("2581").await?;
        page.press_keys("Enter").await?;
        page.within("dialog", "PIN of Bob Fox").see("Wrong PIN").await?;
        page.type_text("2580").await?;
        page.press_keys("Enter").await?;
        page.find("button", BOB).await?;
        page.see("Bob Fox is signed in").await
    })
}
