//! Conflicting entries of two counters: shown in a sentence with both entries, and resolved.

use crate::steps;
use anyhow::{Result, ensure};
use tests::{Browser, WIDE, journey};

/// Two offline counters: one credit is used twice, one payment is refunded twice.
const DAY: &str = r#"
shop "Corner Shop" GBP
customer ann "Ann Bell"
customer ben "Ben Cole"
@till B
@till A
credit C-1 ann 50.00 reason "goodwill"
credit C-2 ann 30.00 reason "goodwill"
order O-1 ann 40.00
order O-2 ann 40.00
order O-3 ben 60.00
pay P-1 ben 60.00 cash to O-3
offline B
apply C-1 to O-1 40.00
refund R-1 O-3 60.00 cash from P-1 reopens reason "returned goods"
@till B
apply C-1 to O-2 40.00
refund R-2 O-3 60.00 cash from P-1 reopens reason "returned goods"
online B
"#;

/// Opens that day book as a backup, in an empty browser.
async fn open(page: &Browser) -> Result<()> {
    steps::open_day_book(page, DAY).await
}

#[test]
fn conflicting_entries_are_shown_and_resolved() -> Result<()> {
    journey("conflicts", WIDE, async |page| {
        open(page).await?;
        page.see("Conflicting entries for Ann Bell").await?;
        page.see("Conflicting entries for Ben Cole").await?;
        let before = page.entry_count().await?;

        steps::find_customer(page, "Ann Bell").await?;
        page.see("The same credit was used twice: £30.00 more than was left.").await?;
        let found = page.survey("conflicts").await?;
        ensure!(found.is_empty(), "{found:?}");
        page.press("button", "Use £30.00 of credit").await?;
        page.see("The conflict is resolved.").await?;
        page.lacks("heading", "Conflicting entries").await?;
        page.see("Owes £0.00").await?;
        ensure!(
            page.entry_count().await? == before + 2,
            "one entry uses the credit, one resolves the exception"
        );

        steps::find_customer(page, "Ben Cole").await?;
        page.see("More was refunded than was paid: £60.00 too much.").await?;
        page.find("link", "Take a payment of £60.00").await?;
        page.press("button", "Mark as resolved").await?;
        let dialog = page.within("dialog", "How was this resolved?");
        dialog.press("button", "Save").await?;
        page.within("alert", "There is a problem").see("Enter what was done").await?;
        dialog.fill("What was done", "Ben brought the money back").await?;
        dialog.press("button", "Save").await?;
        page.see("Your note is saved.").await?;
        page.lacks("heading", "Conflicting entries").await?;
        ensure!(page.entry_count().await? == before + 3, "resolved once");

        page.go("/counter").await?;
        page.see_no("Conflicting entries").await
    })
}

/// Counter B takes a payment for an order of counter A, and refunds a part of it.
const APART: &str = r#"
shop "Corner Shop" GBP
customer mira "Mira Patel"
order O-1 mira 120.00
@till B
pay P-1 mira 50.00 cash to O-1
refund R-1 O-1 20.00 cash from P-1 reopens reason "returned goods"
"#;

#[test]
fn what_this_counter_does_not_have_is_told_with_what_to_do() -> Result<()> {
    journey("not-here", WIDE, async |page| {
        steps::open_entries(page, APART, |line| !line.contains("order.placed")).await?;
        steps::find_customer(page, "Mira Patel").await?;
        page.see("Documents here name an order that this counter does not have yet: let the counter").await?;
        let found = page.survey("not-here").await?;
        ensure!(found.is_empty(), "{found:?}");
        page.press("tab", "Payments").await?;
        page.press("link", "BP-0001").await?;
        page.see("An order that this payment was taken for is not on this counter yet: let the counter")
            .await?;
        page.press("link", "not here yet").await?;
        page.find("heading", "This order is not on this counter yet").await?;
        page.see("or open a backup of that counter under Settings.").await?;
        let path = page.path().await?;
        page.go(&format!("{path}/refund")).await?;
        page.find("heading", "This order is not on this counter yet").await?;
        page.go("/customers/mira/orders/O-9").await?;
        page.see("The link may be old, or belong to another shop.").await
    })
}
