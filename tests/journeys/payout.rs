//! Paying out credit: by amount with *Pay Refund*, and lot by lot with *Refund O/S*.

use crate::invalid_input::{INVALID, refuses, refuses_all};
use crate::people::{ANA, BOB, sign_in, with_a_clerk};
use crate::queue::reject;
use crate::steps;
use anyhow::{Result, ensure};
use tests::{BANK, Browser, Said, WIDE, journey};

/// Adds a customer with 30.00 of credit from two payments, and opens their account.
async fn with_credit(page: &Browser) -> Result<String> {
    steps::add_customer(page, "Mira Patel").await?;
    let account = page.path().await?;
    for amount in ["20.00", "10.00"] {
        page.go(&account).await?;
        steps::pay(page, amount).await?;
    }
    page.go(&account).await?;
    page.see("Available credit £30.00").await?;
    Ok(account)
}

#[test]
fn an_amount_of_credit_is_held_paid_and_completed() -> Result<()> {
    journey("pay-refund", WIDE, async |page| {
        steps::set_up(page).await?;
        let account = with_credit(page).await?;
        page.see("Refund O/S gives back the credit notes and overpayments that you choose.").await?;
        page.act("Pay Refund").await?;
        page.holds("Refund amount", "30.00").await?;
        page.press("button", "Process Refund").await?;
        page.within("alert", "There is a problem").see("Choose a refund method").await?;
        page.choose("Refund method", "Bank transfer").await?;
        refuses_all(page, "Refund amount", "Process Refund", &INVALID).await?;
        let most = "At most £30.00 can be refunded here. Lower the amount";
        refuses(page, "Refund amount", "Process Refund", "30.01", most).await?;
        page.fill("Refund amount", "22.50").await?;
        let (money, before) = (page.money_before().await?, page.entry_count().await?);
        page.press_twice("button", "Process Refund").await?;
        page.see("Refund AR-0001 of £22.50 processed").await?;
        page.see("You must still pay the refund to your customer.").await?;
        page.row_ends_with("Available credit", &["30.00", "7.50"]).await?;
        ensure!(page.entry_count().await? == before + 1, "held once");
        // Held, and not paid yet.
        money.adds_up(page, Said::NoMoney).await?;

        page.reload().await?;
        page.press("button", "Mark as Paid and Complete").await?;
        page.within("dialog", "Is this paid?").press("button", "Not now").await?;
        page.press("button", "Mark as Paid and Complete").await?;
        page.within("dialog", "Is this paid?").press("button", "Mark as Paid and Complete").await?;
        page.see("Refund AR-0001 of £22.50 is paid and complete").await?;
        money.adds_up(page, Said::HandOver(BANK, "22.50")).await?;
        page.go("/refunds").await?;
        page.see("No open refunds").await?;
        page.go(&format!("{account}?tab=credits")).await?;
        page.cell_is("AP-0001", "O/S", "–").await?;
        page.cell_is("AP-0002", "O/S", "7.50").await
    })
}

#[test]
fn a_clerk_processes_and_an_admin_completes_or_rejects() -> Result<()> {
    journey("clerk-pays-out", WIDE, async |page| {
        with_a_clerk(page).await?;
        sign_in(page, ANA, "Bob Fox", "2580").await?;
        let account = with_credit(page).await?;
        page.act("Refund O/S").await?;
        let credit = page.full_name("checkbox", "Overpayment AP-0001").await?;
        page.check(&credit).await?;
        page.choose("Refund method", "Cash").await?;
        page.press("button", "Refund Credit Note").await?;
        page.within("dialog", SURE).press("button", "Yes").await?;
        page.see("Refund AR-0001 of £20.00 processed").await?;
        page.see("Only an admin can mark it as paid.").await?;
        let held = page.entry_count().await?;
        page.press("button", "Mark as Paid and Complete").await?;
        ensure!(!page.has("dialog", "Is this paid?").await?, "the dialog does not open for a clerk");
        ensure!(page.entry_count().await? == held);

        sign_in(page, BOB, "Ana Ruiz", "4711").await?;
        page.go("/refunds").await?;
        reject(page, "AR-0001", "Reject this pay-out?").await?;
        page.see("Pay-out to Mira Patel rejected").await?;
        page.go(&account).await?;
        page.see("Available credit £30.00").await
    })
}

/// The number in the marked row.
const NEW: &str = "document.querySelector('tr[aria-current] th')?.firstChild.textContent.trim() ?? ''";

const SURE: &str = "Are you sure you want to create a new refund?";

#[test]
fn outstanding_credit_is_refunded_lot_by_lot() -> Result<()> {
    journey("refund-os", WIDE, async |page| {
        steps::set_up(page).await?;
        let account = with_credit(page).await?;
        page.act("Refund O/S").await?;
        page.choose("Refund method", "Bank transfer").await?;
        page.press("button", "Refund Credit Note").await?;
        page.within("alert", "There is a problem").see("Choose what to refund").await?;
        for no in ["AP-0001", "AP-0002"] {
            let credit = page.full_name("checkbox", &format!("Overpayment {no}")).await?;
            page.check(&credit).await?;
        }
        page.holds("Amount of AP-0001", "20.00").await?;
        refuses_all(page, "Amount of AP-0001", "Refund Credit Note", &INVALID).await?;
        page.fill("Amount of AP-0001", "5.00").await?;
        let (money, before) = (page.money_before().await?, page.entry_count().await?);
        page.press("button", "Refund Credit Note").await?;
        let sure = page.within("dialog", SURE);
        sure.see("£15.00 from AP-0001, AP-0002 to Mira Patel, by bank transfer.").await?;
        sure.press("button", "No").await?;
        ensure!(page.entry_count().await? == before, "a cancelled dialog recorded something");
        page.press("button", "Refund Credit Note").await?;
        page.within("dialog", SURE).press("button", "Yes").await?;
        page.see("Refund AR-0001 of £15.00 recorded").await?;
        page.find("heading", "Mira Patel").await?;
        ensure!(page.eval(NEW).await? == "AR-0001", "the new row is marked on the account");
        page.see("You must still hand £15.00 to your customer").await?;
        money.adds_up(page, Said::HandOver(BANK, "15.00")).await?;
        page.row_ends_with("Available credit", &["30.00", "15.00"]).await?;
        ensure!(page.entry_count().await? == before + 2, "one submit holds and completes");
        page.press("button", "Handed over").await?;
        page.see("Refund AR-0001 of £15.00 is paid and complete").await?;
        page.see_no("You must still hand").await?;
        // The form does not come back.
        page.back().await?;
        page.find("heading", "Mira Patel").await?;
        ensure!(page.entry_count().await? == before + 3, "handed over once");
        page.go(&format!("{account}?tab=refunds")).await?;
        page.see("AR-0001").await?;
        page.see("Available credit £15.00").await
    })
}
