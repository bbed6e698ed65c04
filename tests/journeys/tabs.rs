//! Two tabs with the same data.

use crate::steps;
use anyhow::{Result, ensure};
use tests::{DRAWER, WIDE, journey};

#[test]
fn each_tab_sees_what_the_other_recorded() -> Result<()> {
    journey("tabs", WIDE, async |page| {
        steps::set_up(page).await?;
        steps::add_customer(page, "Mira Patel").await?;
        steps::add_order(page).await?;
        let first = page.tab().await?;
        let order = page.path().await?;

        let second = page.new_tab().await?;
        page.go(&order).await?;
        steps::pay(page, "50.00").await?;

        page.switch_to(&first).await?;
        page.see("£70.00").await?;
        steps::pay(page, "30.00").await?;
        page.see("Payment AP-0002").await?;

        page.switch_to(&second).await?;
        page.press("link", "Back to order AI-0001").await?;
        page.see("£40.00").await
    })
}

/// JavaScript that submits the form on a message from the other tab.
const SUBMIT_ON_MESSAGE: &str = "new BroadcastChannel('now').onmessage =
    () => document.querySelector('main form button[type=submit]').click()";
/// JavaScript that sends the message and submits the form at the same moment.
const SUBMIT_BOTH: &str = "(new BroadcastChannel('now').postMessage('now'),
    document.querySelector('main form button[type=submit]').click())";

#[test]
fn two_submits_at_the_same_moment_record_two_payments() -> Result<()> {
    journey("tabs-at-once", WIDE, async |page| {
        steps::set_up(page).await?;
        steps::add_customer(page, "Mira Patel").await?;
        let account = page.path().await?;
        steps::add_order(page).await?;
        let before = page.entry_count().await?;

        let first = page.tab().await?;
        page.go(&format!("{account}/pay")).await?;
        page.fill("Amount", "50.00").await?;
        let second = page.new_tab().await?;
        page.go(&format!("{account}/pay")).await?;
        page.fill("Amount", "30.00").await?;
        page.eval(&format!("({SUBMIT_ON_MESSAGE}, true)")).await?;
        page.switch_to(&first).await?;
        let money = page.money_before().await?;
        page.eval(SUBMIT_BOTH).await?;

        page.see("of £50.00 recorded").await?;
        page.switch_to(&second).await?;
        page.see("of £30.00 recorded").await?;
        page.press("link", "Go to Mira Patel").await?;
        page.see("Owes £40.00").await?;
        money.taken(page, DRAWER, 8_000).await?;
        page.see("Owes £40.00").await?;
        ensure!(page.entry_count().await? == before + 2, "two submits, two entries");
        Ok(())
    })
}
