//! Submitting twice records once, however fast the presses follow each other.

use crate::steps;
use anyhow::{Result, ensure};
use tests::{Browser, DRAWER, Said, WIDE, journey, until};

#[test]
fn two_fast_presses_record_one_payment() -> Result<()> {
    journey("twice-payment", WIDE, async |page| {
        ready_to_pay(page).await?;
        let (money, before) = (page.money_before().await?, page.entry_count().await?);
        page.press_twice("button", "Apply Payment").await?;
        page.see("Payment AP-0001 of £50.00 recorded").await?;
        money.adds_up(page, Said::Take(DRAWER, "50.00")).await?;
        paid_once(page, before).await
    })
}

#[test]
fn enter_and_a_click_record_one_payment() -> Result<()> {
    journey("twice-enter", WIDE, async |page| {
        ready_to_pay(page).await?;
        let before = page.entry_count().await?;
        page.enter_and_press("Amount", "button", "Apply Payment").await?;
        paid_once(page, before).await
    })
}

#[test]
fn two_fast_presses_record_one_refund() -> Result<()> {
    journey("twice-refund", WIDE, async |page| {
        steps::part_paid(page).await?;
        steps::fill_refund_step_one(page).await?;
        page.press("button", "Same as now").await?;
        page.press("button", "Next").await?;
        page.find("button", "Record refund").await?;
        let (money, before) = (page.money_before().await?, page.entry_count().await?);
        page.press_twice("button", "Record refund").await?;
        page.see("of £50.00 recorded").await?;
        money.adds_up(page, Said::HandOver(DRAWER, "50.00")).await?;
        ensure!(page.entry_count().await? == before + 1);
        page.press("link", "Back to order").await?;
        page.lacks("link", "Refund Payment").await
    })
}

#[test]
fn two_fast_presses_add_one_customer_and_one_order() -> Result<()> {
    journey("twice-customer", WIDE, async |page| {
        steps::set_up(page).await?;
        page.go("/customers/new").await?;
        page.fill("Name", "Mira Patel").await?;
        let before = page.entry_count().await?;
        page.press_twice("button", "Add Customer").await?;
        page.find("heading", "Mira Patel").await?;
        ensure!(page.entry_count().await? == before + 1, "one customer");
        page.act("Add Order").await?;
        steps::order_line(page).await?;
        page.press_twice("button", "Place Order").await?;
        steps::open_order(page).await?;
        ensure!(page.entry_count().await? == before + 2, "one order");
        Ok(())
    })
}

#[test]
fn a_double_click_hands_over_one_refund_and_not_the_next() -> Result<()> {
    journey("twice-handed", WIDE, async |page| {
        steps::set_up(page).await?;
        for name in ["Mira Patel", "Ben Cole"] {
            steps::add_customer(page, name).await?;
            steps::pay(page, "50.00").await?;
            page.press("link", &format!("Go to {name}")).await?;
            steps::pay_out(page, "Cash").await?;
        }
        page.go("/refunds").await?;
        page.see("50.00 Ben Cole Cash").await?;
        let before = page.entry_count().await?;
        let ticked = async || page.see_no("50.00 Mira Patel Cash").await;
        page.press_twice_around("button", "Handed over", ticked).await?;
        // A later single click counts again.
        page.see("50.00 Ben Cole Cash").await?;
        ensure!(page.entry_count().await? == before + 1, "one double click, one refund handed over");
        page.press("button", "Handed over").await?;
        page.see("No open refunds").await?;
        ensure!(page.entry_count().await? == before + 2);
        page.see("£50.00 handed over to Ben Cole").await?;
        status_focused(page).await
    })
}

/// Enter twice, without a pause.
const TWO_ENTERS: &str = "\u{e007}\u{e007}";

#[test]
fn enter_twice_confirms_a_dialog_once() -> Result<()> {
    journey("twice-question", WIDE, async |page| {
        steps::set_up(page).await?;
        steps::add_customer(page, "Mira Patel").await?;
        steps::pay(page, "50.00").await?;
        page.press("link", "Go to Mira Patel").await?;
        page.act("Pay Refund").await?;
        page.choose("Refund method", "Bank transfer").await?;
        page.press("button", "Process Refund").await?;
        page.see("Refund AR-0001 of £50.00 processed").await?;
        page.go("/refunds").await?;
        let before = page.entry_count().await?;
        page.tab_to("button", "Mark as Paid and Complete").await?;
        page.press_keys("Enter").await?;
        page.within("dialog", "Is this paid?").tab_to("button", "Mark as Paid and Complete").await?;
        page.type_text(TWO_ENTERS).await?;
        page.see("Pay-out to Mira Patel is paid and complete").await?;
        status_focused(page).await?;
        ensure!(
            !page.has("dialog", "Is this paid?").await?,
            "the dialog is still open although its row was removed"
        );
        ensure!(page.entry_count().await? == before + 2, "completed and handed over once");
        Ok(())
    })
}

/// Waits until the focus is on the status message, because the row was removed.
async fn status_focused(page: &Browser) -> Result<()> {
    let focus = async || Ok(page.focus().await?.starts_with("status").then_some(()));
    until("the focus on the status message", focus).await
}

async fn ready_to_pay(page: &Browser) -> Result<()> {
    steps::set_up(page).await?;
    steps::add_customer(page, "Mira Patel").await?;
    steps::add_order(page).await?;
    page.act("Add Payment").await?;
    page.fill("Amount", "50.00").await
}

async fn paid_once(page: &Browser, before: u64) -> Result<()> {
    page.see("Payment AP-0001 of £50.00 recorded").await?;
    page.row_ends_with("Mira Patel owes", &["120.00", "70.00"]).await?;
    ensure!(page.entry_count().await? == before + 1, "one submit, one entry");
    page.press("link", "Back to order AI-0001").await?;
    page.see("£70.00").await
}
