//! Leaving the refund wizard before its end: nothing is lost, and nothing is recorded twice.

use crate::steps::{self, OWED_AFTER};
use anyhow::{Result, ensure};
use tests::{DRAWER, Said, WIDE, journey, until};

#[test]
fn a_reload_preserves_what_was_typed_and_records_nothing() -> Result<()> {
    journey("wizard-reload", WIDE, async |page| {
        steps::part_paid(page).await?;
        let before = page.entry_count().await?;
        steps::fill_refund_step_one(page).await?;
        page.fill(OWED_AFTER, "20.00").await?;
        page.reload().await?;
        page.holds(OWED_AFTER, "20.00").await?;
        page.row_ends_with("Mira Patel owes", &["70.00", "20.00"]).await?;
        ensure!(page.entry_count().await? == before, "a reload recorded something");
        Ok(())
    })
}

#[test]
fn back_goes_back_one_step_and_the_refund_is_recorded_once() -> Result<()> {
    journey("wizard-back", WIDE, async |page| {
        steps::part_paid(page).await?;
        let before = page.entry_count().await?;
        steps::fill_refund_step_one(page).await?;
        page.back().await?;
        let marked = page.full_name("checkbox", "Payment AP-0001 in cash").await?;
        ensure!(page.checked(&marked).await?, "the selected payment is not selected any more");
        page.press("button", "Next").await?;
        page.press("button", "Nothing (0.00)").await?;
        page.press("button", "Next").await?;
        let money = page.money_before().await?;
        page.press("button", "Record refund").await?;
        page.see("of £50.00 recorded").await?;
        money.adds_up(page, Said::HandOver(DRAWER, "50.00")).await?;
        ensure!(page.entry_count().await? == before + 1);

        page.back().await?;
        page.see_no("Record refund").await?;
        page.reload().await?;
        page.see_no("Record refund").await?;
        ensure!(page.entry_count().await? == before + 1, "going back recorded something");
        Ok(())
    })
}

#[test]
fn a_reload_of_the_last_step_without_a_server_records_once() -> Result<()> {
    journey("wizard-offline", WIDE, async |page| {
        steps::part_paid(page).await?;
        page.offline_ready().await?;
        let before = page.entry_count().await?;
        steps::fill_refund_step_one(page).await?;
        page.press("button", "Goes up by the refund").await?;
        page.press("button", "Next").await?;
        page.server.stop().await?;
        page.reload().await?;
        page.press("button", "Record refund").await?;
        page.row_ends_with("Mira Patel owes", &["70.00", "120.00"]).await?;
        page.reload().await?;
        page.press("link", "Back to order").await?;
        page.see("Owed £120.00").await?;
        ensure!(page.entry_count().await? == before + 1);
        Ok(())
    })
}

#[test]
fn a_refund_in_another_tab_returns_to_the_first_step_with_the_reason() -> Result<()> {
    journey("wizard-meanwhile", WIDE, async |page| {
        steps::part_paid(page).await?;
        let order = page.path().await?;
        let first = page.tab().await?;
        steps::fill_refund_step_one(page).await?;
        page.back().await?;
        page.fill("Amount of AP-0001", "40.00").await?;
        page.press("button", "Next").await?;
        page.press("button", "Same as now").await?;
        page.press("button", "Next").await?;
        page.find("button", "Record refund").await?;

        let second = page.new_tab().await?;
        page.go(&order).await?;
        page.act("Refund Payment").await?;
        steps::select_payment(page).await?;
        page.fill("Amount of AP-0001", "30.00").await?;
        page.choose("Reason", "Returned goods").await?;
        page.choose("Refund method", "Cash").await?;
        page.press("button", "Next").await?;
        page.press("button", "Same as now").await?;
        page.press("button", "Next").await?;
        page.press("button", "Record refund").await?;
        page.see("of £30.00 recorded").await?;
        ensure!(first != second);

        page.switch_to(&first).await?;
        let why = page.within("alert", "There is a problem");
        why.see("refunded in the meantime: at most £20.00 can be refunded now").await?;
        let focus = async || Ok(page.focus().await?.starts_with("alert").then_some(()));
        until("the focus on the message", focus).await?;
        page.fill("Amount of AP-0001", "20.00").await?;
        page.press("button", "Next").await?;
        page.press("button", "Same as now").await?;
        page.press("button", "Next").await?;
        page.press("button", "Record refund").await?;
        page.see("of £20.00 recorded").await
    })
}
