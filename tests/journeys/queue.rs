//! The refunds queue: a clerk asks, an admin rejects with a reason, approves, pays, and reverses.

use crate::people::{ANA, BOB, request_refund, sign_in, with_a_clerk};
use crate::steps;
use anyhow::{Result, ensure};
use tests::{BANK, Browser, DRAWER, NARROW, Said, Size, WIDE, journey};

/// Rejects a row of the queue: the reason is asked for.
pub async fn reject(page: &Browser, row: &str, title: &str) -> Result<()> {
    page.press("button", &format!("Actions for {row}")).await?;
    page.press("menuitem", "Reject").await?;
    let dialog = page.within("dialog", title);
    dialog.press("button", "Reject").await?;
    dialog.within("alert", "There is a problem").see("Enter the reason").await?;
    dialog.fill("Reason", "No receipt").await?;
    dialog.press("button", "Reject").await
}

#[test]
fn a_request_is_rejected_with_a_reason_approved_and_handed_over_on_a_wide_screen() -> Result<()> {
    requested(WIDE)
}

#[test]
fn a_request_is_rejected_with_a_reason_approved_and_handed_over_on_a_narrow_screen() -> Result<()> {
    requested(NARROW)
}

fn requested(size: Size) -> Result<()> {
    journey("queue-requests", size, async |page| {
        with_a_clerk(page).await?;
        sign_in(page, ANA, "Bob Fox", "2580").await?;
        steps::add_customer(page, "Mira Patel").await?;
        let account = page.path().await?;
        steps::add_order(page).await?;
        steps::pay(page, "50.00").await?;
        page.press("link", "Back to order AI-0001").await?;
        let order = page.path().await?;
        request_refund(page, "Same as now").await?;
        page.go("/refunds").await?;
        page.see("You · today").await?;
        page.press("button", "Actions for AR-0001").await?;
        page.find("menuitem", "Open account").await?;
        page.lacks("menuitem", "Reject").await?;

        sign_in(page, BOB, "Ana Ruiz", "4711").await?;
        let money = page.money_before().await?;
        page.go("/refunds").await?;
        reject(page, "AR-0001", "Reject this refund?").await?;
        page.see("No open refunds").await?;
        money.adds_up(page, Said::NoMoney).await?;
        page.press("tab", "Done").await?;
        page.see("rejected: No receipt").await?;
        page.go(&format!("{account}?tab=refunds")).await?;
        page.see("rejected").await?;

        sign_in(page, ANA, "Bob Fox", "2580").await?;
        page.go(&order).await?;
        request_refund(page, "Same as now").await?;
        sign_in(page, BOB, "Ana Ruiz", "4711").await?;
        page.go("/refunds").await?;
        let before = page.entry_count().await?;
        page.press("button", "Approve").await?;
        let dialog = page.within("dialog", "Approve this refund?");
        dialog.row_ends_with("Drawer A", &["50.00", "0.00"]).await?;
        dialog.press_twice("button", "Approve").await?;
        page.see("Refund for Mira Patel approved").await?;
        page.see("Mira Patel Cash, Drawer A").await?;
        ensure!(page.entry_count().await? == before + 1, "approved once");
        money.adds_up(page, Said::HandOver(DRAWER, "50.00")).await?;
        page.press("button", "Handed over").await?;
        page.see("£50.00 handed over to Mira Patel").await?;
        money.adds_up(page, Said::HandOver(DRAWER, "50.00")).await?;
        page.press("tab", "Done").await?;
        page.see("Mira Patel Cash, Drawer A").await
    })
}

#[test]
fn pay_outs_are_paid_from_a_list_grouped_by_method_on_a_wide_screen() -> Result<()> {
    paid_from_a_list(WIDE)
}

#[test]
fn pay_outs_are_paid_from_a_list_grouped_by_method_on_a_narrow_screen() -> Result<()> {
    paid_from_a_list(NARROW)
}

/// Holds credit of the open account for a pay-out.
async fn process(page: &Browser, account: &str, amount: &str, method: &str) -> Result<()> {
    page.go(account).await?;
    page.act("Pay Refund").await?;
    page.fill("Refund amount", amount).await?;
    page.choose("Refund method", method).await?;
    page.press("button", "Process Refund").await?;
    page.see(&format!("of £{amount} processed")).await
}

fn paid_from_a_list(size: Size) -> Result<()> {
    journey("queue-payments", size, async |page| {
        with_a_clerk(page).await?;
        sign_in(page, ANA, "Bob Fox", "2580").await?;
        steps::add_customer(page, "Mira Patel").await?;
        let account = page.path().await?;
        steps::pay(page, "100.00").await?;
        for (amount, method) in [("40.00", "Bank transfer"), ("25.00", "Bank transfer")] {
            process(page, &account, amount, method).await?;
        }
        page.go("/refunds").await?;
        // An open menu stays open while another tab records.
        page.press("button", "Actions for AR-0001").await?;
        page.find("menuitem", "Take back").await?;
        let queue = page.tab().await?;
        page.new_tab().await?;
        process(page, &account, "5.00", "Check").await?;
        page.close_tab(&queue).await?;
        page.see("reference AR-0003").await?;
        page.find("menuitem", "Take back").await?;
        page.press_keys("Escape").await?;
        page.lacks("menuitem", "Take back").await?;
        page.see("An admin pays these and marks them").await?;
        page.lacks("button", "Mark as Paid and Complete").await?;

        sign_in(page, BOB, "Ana Ruiz", "4711").await?;
        page.go("/refunds").await?;
        page.find("heading", "Bank transfer").await?;
        page.see("£65.00").await?;
        page.find("heading", "Check").await?;
        let found = page.survey("queue-awaiting").await?;
        ensure!(found.is_empty(), "{found:?}");
        reject(page, "AR-0003", "Reject this pay-out?").await?;
        page.see("Pay-out to Mira Patel rejected").await?;
        reject(page, "AR-0002", "Reject this pay-out?").await?;
        page.see_no("25.00").await?;

        let (money, before) = (page.money_before().await?, page.entry_count().await?);
        page.press("button", "Mark as Paid and Complete").await?;
        let dialog = page.within("dialog", "Is this paid?");
        dialog.see("AR-0001: £40.00 to Mira Patel by bank transfer").await?;
        dialog.press_twice("button", "Mark as Paid and Complete").await?;
        page.see("Pay-out to Mira Patel is paid and complete").await?;
        ensure!(page.entry_count().await? == before + 2, "completed and handed over once");
        page.press("tab", "Done").await?;
        page.see("40.00").await?;
        money.adds_up(page, Said::HandOver(BANK, "40.00")).await?;

        page.go(&format!("{account}?tab=refunds")).await?;
        page.press("button", "Actions for AR-0001").await?;
        page.press("menuitem", "Reverse refund").await?;
        let dialog = page.within("dialog", "Reverse refund AR-0001 of £40.00 to Mira Patel?");
        dialog.fill("Reason", "Never arrived").await?;
        dialog.press("button", "Reverse refund").await?;
        page.see("reversed").await?;
        money.moved(page, &[]).await?;
        page.see("Available credit £100.00").await
    })
}

const TAKE_BACK: &str = "Take this pay-out back?";

/// Takes a pay-out back whose menu is open.
async fn take_back_pay_out(page: &Browser) -> Result<()> {
    let (money, before) = (page.money_before().await?, page.entry_count().await?);
    page.press("menuitem", "Take back").await?;
    let dialog = page.within("dialog", TAKE_BACK);
    dialog.row_ends_with("Available credit", &["0.00", "20.00"]).await?;
    dialog.press_twice("button", "Take back").await?;
    page.see("Pay-out to Mira Patel taken back").await?;
    ensure!(page.entry_count().await? == before + 1, "taken back once");
    money.adds_up(page, Said::NoMoney).await
}

#[test]
fn a_clerk_takes_back_his_own_request() -> Result<()> {
    journey("queue-taken-back", NARROW, async |page| {
        with_a_clerk(page).await?;
        sign_in(page, ANA, "Bob Fox", "2580").await?;
        steps::add_customer(page, "Mira Patel").await?;
        steps::add_order(page).await?;
        steps::pay(page, "50.00").await?;
        page.press("link", "Back to order AI-0001").await?;
        request_refund(page, "Same as now").await?;
        let (money, before) = (page.money_before().await?, page.entry_count().await?);
        page.go("/refunds").await?;
        page.find("button", "Print list").await?;
        page.press("button", "Actions for AR-0001").await?;
        page.press("menuitem", "Take back").await?;
        let dialog = page.within("dialog", "Take this request back?");
        dialog.press("button", "Not now").await?;
        ensure!(page.entry_count().await? == before, "a question recorded something");
        page.press("button", "Actions for AR-0001").await?;
        page.press("menuitem", "Take back").await?;
        dialog.press_twice("button", "Take back").await?;
        page.see("Request of the refund for Mira Patel taken back").await?;
        page.see("No open refunds").await?;
        ensure!(page.entry_count().await? == before + 1, "taken back once");
        money.adds_up(page, Said::NoMoney).await?;
        page.press("tab", "Done").await?;
        page.see("taken back").await?;

        // A pay-out that is not paid: from the queue, from the account, and from its confirmation.
        steps::find_customer(page, "Mira Patel").await?;
        let account = page.path().await?;
        steps::pay(page, "90.00").await?;
        process(page, &account, "20.00", "Bank transfer").await?;
        page.go("/refunds").await?;
        page.press("button", "Actions for AR-0002").await?;
        take_back_pay_out(page).await?;
        process(page, &account, "20.00", "Bank transfer").await?;
        page.see("Available credit £0.00").await?;
        page.press("button", "Actions for AR-0003").await?;
        page.lacks("menuitem", "Mark as Paid and Complete").await?;
        take_back_pay_out(page).await?;
        page.see("Available credit £20.00").await?;
        page.see("taken back").await?;
        let found = page.survey("refunds-taken-back").await?;
        ensure!(found.is_empty(), "{found:?}");
        process(page, &account, "20.00", "Cash").await?;
        page.press("button", "Take back").await?;
        page.within("dialog", TAKE_BACK).press_twice("button", "Take back").await?;
        page.see("Refund AR-0004 of £20.00 was taken back").await
    })
}
