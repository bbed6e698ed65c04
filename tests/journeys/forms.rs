//! Forms: what they read, what they ask about, and how their errors go.

use crate::invalid_input::refuses;
use crate::steps;
use anyhow::{Result, ensure};
use std::process::Command;
use tests::{Browser, DRAWER, Said, WIDE, counterfoil, journey};

const HIDDEN: &str = "This contains a character that cannot be seen, or that turns the text around";
const RESTORED: &str = "What you entered here before is back. It is not recorded yet";

/// Sets the value of a date field as the browser's picker does.
async fn pick_date(page: &Browser, id: &str, date: &str) -> Result<()> {
    let script = format!(
        "(field => {{ field.value = '{date}'; field.dispatchEvent(new Event('input', {{bubbles: true}})) }})(document.getElementById('{id}'))"
    );
    page.eval(&script).await.map(drop)
}

/// The date so many days before the browser's own.
async fn days_ago(page: &Browser, days: u32) -> Result<String> {
    let script = format!("new Date(Date.now() - {days} * 864e5).toISOString().slice(0, 10)");
    Ok(page.eval(&script).await?.as_str().unwrap_or_default().to_owned())
}

/// Fails when axe finds something on the screen.
async fn survey(page: &Browser, name: &str) -> Result<()> {
    let found = page.survey(name).await?;
    ensure!(found.is_empty(), "{found:#?}");
    Ok(())
}

#[test]
fn amounts_are_read_as_people_write_them() -> Result<()> {
    journey("amounts-typed", WIDE, async |page| {
        steps::set_up(page).await?;
        steps::add_customer(page, "Mira Patel").await?;
        page.act("Add Order").await?;
        page.fill("Item", "Cargo bike").await?;
        page.fill("Unit price", "£1,234.50").await?;
        page.press("button", "Place Order").await?;
        page.see("of £1,234.50 placed").await?;
        page.press("link", "Open order AI-0001").await?;
        page.act("Add Payment").await?;
        let money = page.money_before().await?;
        page.fill("Amount", "1 234.").await?;
        page.press("button", "Apply Payment").await?;
        page.see("of £1,234.00 recorded").await?;
        money.adds_up(page, Said::Take(DRAWER, "1,234.00")).await
    })
}

#[test]
fn an_error_goes_when_its_field_is_mended() -> Result<()> {
    journey("errors-mended", WIDE, async |page| {
        steps::set_up(page).await?;
        steps::add_customer(page, "Mira Patel").await?;
        page.act("Add Order").await?;
        page.fill("Unit price", "12,5").await?;
        page.press("button", "Place Order").await?;
        let summary = page.within("alert", "There are 2 problems");
        summary.see("Enter what was sold").await?;
        summary.see("Enter the amount like 12.50").await?;
        page.fill("Unit price", "12.5").await?;
        ensure!(page.focused("textbox", "Unit price").await?, "the summary takes no focus during typing");
        ensure!(page.problem("Unit price").await?.is_none(), "the mended field shows no error");
        page.within("alert", "There is a problem").see("Enter what was sold").await?;
        page.fill("Item", "Bell").await?;
        page.lacks("alert", "There is a problem").await?;
        page.press("button", "Place Order").await?;
        page.see("of £12.50 placed").await
    })
}

#[test]
fn a_form_that_was_left_comes_back_and_can_start_afresh() -> Result<()> {
    journey("form-restored", WIDE, async |page| {
        steps::set_up(page).await?;
        steps::add_customer(page, "Mira Patel").await?;
        let account = page.path().await?;
        page.act("Add Order").await?;
        page.see_no(RESTORED).await?;
        page.fill("Item", "Cargo bike").await?;
        page.press("link", "Counter").await?;
        page.find("heading", "Counter").await?;
        page.go(&format!("{account}/orders/new")).await?;
        page.see(RESTORED).await?;
        page.holds("Item", "Cargo bike").await?;
        survey(page, "form-restored").await?;
        page.press("button", "Start afresh").await?;
        page.holds("Item", "").await?;
        page.see_no(RESTORED).await?;
        page.reload().await?;
        page.find_any(&["textbox"], "Item").await?;
        page.see_no(RESTORED).await?;

        page.go("/customers/new").await?;
        page.fill("Name", "Dee Okafor").await?;
        page.go("/counter").await?;
        page.go("/customers/new").await?;
        page.see(RESTORED).await?;
        page.holds("Name", "Dee Okafor").await?;

        page.go("/partners").await?;
        page.fill("Name", "Pat Lee").await?;
        page.go("/counter").await?;
        page.go("/partners").await?;
        page.see(RESTORED).await?;
        page.holds("Name", "Pat Lee").await?;

        page.go("/settings/people").await?;
        page.fill("Name", "Bob Little").await?;
        page.fill("PIN", "2580").await?;
        page.go("/counter").await?;
        page.go("/settings/people").await?;
        page.see(RESTORED).await?;
        page.holds("Name", "Bob Little").await?;
        page.holds("PIN", "").await
    })
}

#[test]
fn set_up_comes_back_without_the_pin() -> Result<()> {
    journey("setup-restored", WIDE, async |page| {
        page.go("/").await?;
        page.press("button", "Set up this shop").await?;
        page.fill("PIN", "4711").await?;
        page.fill("Shop name", "Harbour Cycles").await?;
        tests::until("the stored name", async || {
            let stored = page.eval("Object.values(sessionStorage).join()").await?;
            Ok(stored.as_str().is_some_and(|stored| stored.contains("Harbour Cycles")).then_some(()))
        })
        .await?;
        let stored = page.eval("JSON.stringify(sessionStorage)").await?;
        ensure!(stored.as_str().is_some_and(|stored| !stored.contains("4711")), "the PIN is not stored");
        page.reload().await?;
        page.press("button", "Set up this shop").await?;
        page.see(RESTORED).await?;
        page.holds("Shop name", "Harbour Cycles").await?;
        ensure!(
            page.eval("document.getElementById('f-pin').value").await? == "",
            "the PIN does not come back"
        );
        survey(page, "setup-restored").await?;
        page.press("button", "Start afresh").await?;
        page.holds("Shop name", "").await
    })
}

#[test]
fn unusual_dates_are_asked_about() -> Result<()> {
    journey("dates-asked", WIDE, async |page| {
        steps::set_up(page).await?;
        steps::add_customer(page, "Mira Patel").await?;
        page.act("Add Order").await?;
        steps::order_line(page).await?;
        pick_date(page, "f-due", "0026-03-02").await?;
        page.press("button", "Place Order").await?;
        page.within("alert", "There is a problem").see("Enter all four digits of the year").await?;
        pick_date(page, "f-due", &days_ago(page, 3).await?).await?;
        page.within("alert", "Please check").see("It has passed").await?;
        page.check("The order is overdue since that date").await?;
        page.lacks("alert", "Please check").await?;
        page.press("button", "Place Order").await?;
        steps::open_order(page).await?;

        page.act("Add Payment").await?;
        let before = page.entry_count().await?;
        pick_date(page, "f-date", &days_ago(page, 60).await?).await?;
        page.press("button", "Apply Payment").await?;
        page.within("alert", "Please check").see("60 days ago").await?;
        survey(page, "date-asked").await?;
        ensure!(page.entry_count().await? == before, "nothing is recorded before the answer");
        page.check("The date is right").await?;
        page.press("button", "Apply Payment").await?;
        page.see("Payment AP-0001 of £120.00 recorded").await
    })
}

#[test]
fn a_phone_number_is_no_card_number_and_a_note_can_say_so() -> Result<()> {
    journey("card-or-not", WIDE, async |page| {
        steps::set_up(page).await?;
        page.go("/customers/new").await?;
        page.fill("Name", "Mira Patel").await?;
        page.fill("Phone", "+49 4111 111 111 111 111").await?;
        page.fill("Notes", "Parcel 4111 1111 1111 1111").await?;
        page.press("button", "Add Customer").await?;
        page.within("alert", "Please check").see("This looks like a card number").await?;
        survey(page, "card-or-not").await?;
        page.check("It is not a card number").await?;
        page.press("button", "Add Customer").await?;
        page.find("heading", "Mira Patel").await.map(drop)
    })
}

#[test]
fn add_customer_does_not_navigate_after_it_was_left() -> Result<()> {
    journey("add-customer-left", WIDE, async |page| {
        steps::set_up(page).await?;
        let before = page.entry_count().await?;
        page.go("/customers/new").await?;
        page.fill("Name", "Mira Patel").await?;
        // Both in one task of the page: the form is left before its entry is written.
        page.eval("document.querySelector('form [type=submit]').click(), document.querySelector('a[href$=\"/orders\"]').click()")
            .await?;
        page.find("heading", "Orders").await?;
        tests::until("the customer to be recorded", async || {
            Ok((page.entry_count().await? == before + 1).then_some(()))
        })
        .await?;
        page.find("heading", "Orders").await?;
        ensure!(page.path().await?.ends_with("/orders"), "the screen is still Orders");
        steps::find_customer(page, "Mira Patel").await
    })
}

const OWN_METHOD: &str = r#"shop "Corner Shop" GBP
bank "Current"
customer mira "Mira Patel"
method voucher 1090 "Gift voucher"
order O-1 mira 100.00
pay P-1 mira 30.00 voucher to O-1
"#;

#[test]
fn the_shops_own_method_is_chosen_in_a_refund() -> Result<()> {
    journey("own-method", WIDE, async |page| {
        let folder = tempfile::tempdir()?;
        let (day, book) = (folder.path().join("day.daybook"), folder.path().join("book.jsonl"));
        std::fs::write(&day, OWN_METHOD)?;
        let made = Command::new(counterfoil()?).args(["daybook", "journal"]).arg(&day).output()?;
        ensure!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        std::fs::write(&book, made.stdout)?;
        page.go("/").await?;
        page.upload("Open a backup", &book).await?;
        page.find("heading", "Corner Shop is back").await?;
        page.press("link", "Go to the counter").await?;
        steps::find_customer(page, "Mira Patel").await?;
        page.go(&format!("{}/orders/O-1/refund", page.path().await?)).await?;
        let payment = page.full_name("checkbox", "Payment").await?;
        ensure!(payment.contains("by Gift voucher"), "the method has its name: {payment}");
        page.check(&payment).await?;
        page.holds("Refund method", "voucher").await?;
        survey(page, "own-method").await?;
        page.choose("Reason", "Returned goods").await?;
        page.press("button", "Next").await?;
        page.find_any(&["textbox"], steps::OWED_AFTER).await.map(drop)
    })
}

const SEARCHED: &str = "Zoë O’Brien-Łukasz";

#[test]
fn every_search_finds_numbers_phones_and_names() -> Result<()> {
    journey("search-everywhere", WIDE, async |page| {
        steps::set_up(page).await?;
        steps::add_customer(page, "Pat Lee").await?;
        page.go("/customers/new").await?;
        page.fill("Name", SEARCHED).await?;
        page.fill("Phone", "+44 (0)7700 900118").await?;
        page.press("button", "Add Customer").await?;
        page.find("heading", SEARCHED).await?;
        steps::add_order(page).await?;
        for (typed, on_counter) in [
            ("01", "AI-0001"),
            ("0001", "AI-0001"),
            ("ai0001", "AI-0001"),
            ("i 1", "AI-0001"),
            ("07700 9", SEARCHED),
            ("+44 77", SEARCHED),
            ("zoe", SEARCHED),
            ("obrien", SEARCHED),
            ("o'brien luk", SEARCHED),
        ] {
            page.go("/counter").await?;
            page.fill("Find customer", typed).await?;
            page.find("option", on_counter).await?;
            page.go("/customers").await?;
            page.fill("Search", typed).await?;
            page.lacks("link", "Pat Lee").await?;
            page.find("link", SEARCHED).await?;
            page.go("/pay").await?;
            page.fill("Customer", typed).await?;
            page.find("option", SEARCHED).await?;
        }
        Ok(())
    })
}

#[test]
fn a_text_that_turns_around_is_refused_and_a_double_is_told() -> Result<()> {
    journey("texts", WIDE, async |page| {
        steps::set_up(page).await?;
        steps::add_customer(page, "Mira Patel").await?;
        page.go("/customers/new").await?;
        let before = page.entry_count().await?;
        refuses(page, "Name", "Add Customer", "Mira \u{202e}Patel", HIDDEN).await?;
        page.fill("Name", "mira  PATEL").await?;
        page.find("link", "Open Mira Patel").await?;
        page.fill("Name", "Miguel Jo\u{0308}rg").await?;
        page.lacks("link", "Open Mira Patel").await?;
        page.press("button", "Add Customer").await?;
        page.find("heading", "Miguel J\u{f6}rg").await?;
        ensure!(page.entry_count().await? == before + 1, "only the last one is recorded");
        Ok(())
    })
}
