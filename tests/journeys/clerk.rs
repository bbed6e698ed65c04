//! A clerk's day: from an empty browser to a settled refund, and the next morning without a server.

use crate::steps::{self, OWED_AFTER};
use anyhow::{Result, ensure};
use tests::{DRAWER, Journey, NARROW, Said, WIDE, journey, until};

#[test]
fn from_first_start_to_a_settled_refund_on_a_wide_screen() -> Result<()> {
    journey("clerk", WIDE, walk)
}

#[test]
fn from_first_start_to_a_settled_refund_on_a_narrow_screen() -> Result<()> {
    journey("clerk", NARROW, walk)
}

async fn walk(clerk: &mut Journey) -> Result<()> {
    steps::set_up(clerk).await?;
    steps::add_customer(clerk, "Mira Patel").await?;
    steps::find_customer(clerk, "Mira Patel").await?;
    order_with_tax_included(clerk).await?;
    part_payment_with_change(clerk).await?;
    refund_that_settles(clerk).await?;
    next_morning_without_a_server(clerk).await
}

async fn order_with_tax_included(clerk: &Journey) -> Result<()> {
    clerk.act("Add Order").await?;
    steps::order_line(clerk).await?;
    clerk.see("Total 120.00 including tax 20.00 Mira Patel owes afterwards 120.00").await?;
    clerk.press("button", "Place Order").await?;
    steps::open_order(clerk).await?;
    clerk.see("including tax 20 % 20.00").await
}

async fn part_payment_with_change(clerk: &Journey) -> Result<()> {
    clerk.act("Add Payment").await?;
    clerk.holds("Amount", "120.00").await?;
    clerk.fill("Amount", "50.00").await?;
    clerk.choose("Payment Type", "Cash").await?;
    clerk.fill("Cash received", "60.00").await?;
    clerk.see("Change £10.00").await?;
    let money = clerk.money_before().await?;
    clerk.press("button", "Apply Payment").await?;
    clerk.see("Payment AP-0001 of £50.00 recorded").await?;
    money.adds_up(clerk, Said::Take(DRAWER, "50.00")).await?;
    clerk.see("Give £10.00 change.").await?;
    clerk.row_ends_with("Mira Patel owes", &["120.00", "70.00"]).await?;
    clerk.press("link", "Back to order AI-0001").await
}

async fn refund_that_settles(clerk: &Journey) -> Result<()> {
    steps::fill_refund_step_one(clerk).await?;
    clerk.press("button", "Nothing (0.00)").await?;
    clerk.holds(OWED_AFTER, "0.00").await?;
    clerk.see("A refund of £50.00 and £120.00 taken off the order.").await?;
    clerk.row_ends_with("Mira Patel owes", &["70.00", "0.00"]).await?;
    clerk.row_ends_with("Drawer A", &["50.00", "0.00"]).await?;
    clerk.row_ends_with("Sale AI-0001", &["120.00", "0.00"]).await?;
    clerk.row_ends_with("including tax", &["20.00", "0.00"]).await?;
    clerk.press("button", "Next").await?;

    clerk.see("Returned goods").await?;
    let money = clerk.money_before().await?;
    clerk.press("button", "Record refund").await?;
    clerk.see("of £50.00 recorded").await?;
    money.adds_up(clerk, Said::HandOver(DRAWER, "50.00")).await?;
    clerk.row_ends_with("Mira Patel owes", &["70.00", "0.00"]).await?;
    clerk.press("button", "Handed over").await?;
    clerk.see("The money has been handed over.").await?;
    let focus = async || Ok(clerk.focus().await?.starts_with("paragraph").then_some(()));
    until("the focus on the sentence that replaces the button", focus).await?;
    clerk.press("link", "Back to order").await?;
    clerk.find("heading", "Order AI-0001").await.map(drop)
}

async fn next_morning_without_a_server(clerk: &mut Journey) -> Result<()> {
    clerk.offline_ready().await?;
    let lines = clerk.entry_count().await?;
    clerk.close_browser().await?;
    clerk.server.stop().await?;
    clerk.reopen().await?;

    steps::find_customer(clerk, "Mira Patel").await?;
    clerk.see("Owes £0.00").await?;
    ensure!(clerk.entry_count().await? == lines, "the number of entries has changed since yesterday");
    clerk.press("tab", "Refunds").await?;
    clerk.see("Returned goods").await?;

    clerk.act("Add Payment").await?;
    clerk.see("Nothing is owed. What you enter becomes credit.").await?;
    clerk.fill("Amount", "5.00").await?;
    clerk.press("button", "Apply Payment").await?;
    clerk.see("Payment AP-0002 of £5.00 recorded").await?;
    clerk.row_ends_with("Available credit", &["0.00", "5.00"]).await
}
