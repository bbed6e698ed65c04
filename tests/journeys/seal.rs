//! *Seal the day*: a day is closed and opened again, an entry arrives late, and a drawer is counted blind.

use crate::people::{ANA, BOB, sign_in, with_a_clerk};
use crate::steps;
use anyhow::{Context, Result, ensure};
use tests::{Browser, DRAWER, NARROW, Size, WIDE, journey};

/// Counter B is offline when counter A seals the day, and takes money on that day.
const LATE: &str = r#"
@2026-03-02
shop "Corner Shop" GBP
customer mira "Mira Patel"
order O-1 mira 100.00
@till B
offline B
pay P-1 mira 40.00 cash to O-1
@till A
seal 2026-03-02
@2026-03-03
online B
"#;

/// The value of the date field.
async fn today(page: &Browser) -> Result<String> {
    let value = page.eval("document.getElementById('f-seal-day').value").await?;
    value.as_str().map(str::to_owned).context("a date")
}

#[test]
fn a_day_is_sealed_and_what_is_recorded_later_counts_on_the_next_on_a_wide_screen() -> Result<()> {
    sealed(WIDE)
}

#[test]
fn a_day_is_sealed_and_what_is_recorded_later_counts_on_the_next_on_a_narrow_screen() -> Result<()> {
    sealed(NARROW)
}

fn sealed(size: Size) -> Result<()> {
    journey("seal", size, async |page| {
        steps::part_paid(page).await?;
        let order = page.path().await?;
        page.go("/money").await?;
        page.see("No day is sealed yet.").await?;
        let day = today(page).await?;
        let found = page.survey("seal").await?;
        ensure!(found.is_empty(), "{found:?}");

        // Nothing is recorded before the answer.
        let before = page.entry_count().await?;
        page.press("button", "Seal the day").await?;
        let question = page.full_name("dialog", "Seal ").await?;
        page.within("dialog", &question).press("button", "Cancel").await?;
        ensure!(page.entry_count().await? == before, "a question recorded something");
        let money = page.money_before().await?;
        page.press("button", "Seal the day").await?;
        page.within("dialog", &question).press_twice("button", "Seal the day").await?;
        page.see("is sealed. New entries count from").await?;
        page.see("Days up to").await?;
        ensure!(page.entry_count().await? == before + 1, "sealed once");
        money.moved(page, &[]).await?;

        // A day is sealed once, and not before it has come.
        page.press("button", "Seal the day").await?;
        page.within("alert", "There is a problem").see("Choose the day to seal").await?;
        steps::set_date(page, "f-seal-day", &day).await?;
        page.press("button", "Seal the day").await?;
        page.within("alert", "There is a problem").see("are sealed. Choose a later day").await?;
        steps::set_date(page, "f-seal-day", "2199-01-01").await?;
        page.press("button", "Seal the day").await?;
        page.within("alert", "There is a problem").see("or an earlier date").await?;
        ensure!(page.entry_count().await? == before + 1, "invalid input was recorded");

        // What is recorded now has the date of the next day.
        page.go(&order).await?;
        page.act("Add Payment").await?;
        page.fill("Amount", "20.00").await?;
        steps::set_date(page, "f-date", &day).await?;
        page.press("button", "Apply Payment").await?;
        page.within("alert", "There is a problem").see("is closed: days up to").await?;
        steps::set_date(page, "f-date", "").await?;
        page.press("button", "Apply Payment").await?;
        page.see("of £20.00 recorded").await?;

        // The owner opens the day again.
        page.go("/money").await?;
        page.press("button", "Take the seal back").await?;
        let question = page.full_name("dialog", "Take the seal of ").await?;
        let dialog = page.within("dialog", &question);
        dialog.press("button", "Take the seal back").await?;
        dialog.within("alert", "There is a problem").see("Enter the reason").await?;
        dialog.fill("Reason", "An invoice was missing").await?;
        dialog.press("button", "Take the seal back").await?;
        page.see("is taken back.").await?;
        page.see("No day is sealed yet.").await?;
        ensure!(page.entry_count().await? == before + 3, "a payment, and one seal taken back");
        Ok(())
    })
}

#[test]
fn an_entry_that_arrives_after_the_seal_is_listed_and_noted() -> Result<()> {
    journey("late", WIDE, async |page| {
        steps::open_day_book(page, LATE).await?;
        page.see("Entries that arrived after their day was sealed").await?;
        page.see("This entry is dated 2 March 2026 and arrived after 2 March 2026 was sealed.").await?;
        page.see("It counts on 3 March 2026 and changes £40.00 there.").await?;
        page.see("Sealed day 2 March 2026").await?;
        let found = page.survey("late-entry").await?;
        ensure!(found.is_empty(), "{found:?}");

        page.go("/money").await?;
        page.find("heading", "Arrived late").await?;
        page.row_ends_with("BP-0001", &["40.00"]).await?;
        let found = page.survey("late-list").await?;
        ensure!(found.is_empty(), "{found:?}");

        page.go("/counter").await?;
        let (money, before) = (page.money_before().await?, page.entry_count().await?);
        page.press("button", "It counts on 3 March 2026").await?;
        page.see("Seen: it counts on 3 March 2026.").await?;
        page.lacks("heading", "Entries that arrived after their day was sealed").await?;
        ensure!(page.entry_count().await? == before + 1, "noted once");
        money.moved(page, &[]).await?;
        page.go("/money").await?;
        page.see("Seal the day").await?;
        page.lacks("heading", "Arrived late").await?;
        page.reload().await?;
        page.see("Days up to 2 March 2026 are sealed.").await?;
        page.lacks("heading", "Arrived late").await
    })
}

#[test]
fn a_clerk_counts_blind_where_the_owner_wants_it() -> Result<()> {
    journey("blind-count", WIDE, async |page| {
        with_a_clerk(page).await?;
        steps::add_customer(page, "Mira Patel").await?;
        steps::add_order(page).await?;
        steps::pay(page, "50.00").await?;
        page.go("/settings/people").await?;
        let before = page.entry_count().await?;
        page.check("Count the drawer blind").await?;
        page.go("/money").await?;
        // Who may change the setting sees the balance.
        page.row_ends_with("Drawer A", &["50.00"]).await?;
        ensure!(page.entry_count().await? == before + 1, "set once");

        sign_in(page, ANA, "Bob Fox", "2580").await?;
        page.see("hidden until it is counted").await?;
        page.see("You see the difference after the count is recorded.").await?;
        page.row_ends_with("Drawer A", &["–"]).await?;
        page.fill("Cash counted", "48").await?;
        page.see_no("50.00").await?;
        let money = page.money_before().await?;
        page.press("button", "Record the count").await?;
        page.see("£48.00 counted: £2.00 less than recorded.").await?;
        money.moved(page, &[(DRAWER, -200)]).await?;
        page.go("/settings/people").await?;
        page.see("Only an admin can change this.").await?;
        sign_in(page, BOB, "Ana Ruiz", "4711").await?;
        page.uncheck("Count the drawer blind").await?;
        page.go("/money").await?;
        sign_in(page, ANA, "Bob Fox", "2580").await?;
        page.row_ends_with("Drawer A", &["48.00"]).await
    })
}
