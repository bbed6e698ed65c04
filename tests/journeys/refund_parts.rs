//! Refunds by their parts: of a payment over two orders, of credit that was used, and of both together.

use crate::steps::{self, OWED_AFTER};
use anyhow::{Result, ensure};
use tests::{Browser, CARD, DRAWER, Said, WIDE, journey};

/// Sets up a shop whose customer owes 100.00 and 72.00, and pays 30.00 and 20.00 of them with one payment. Returns the
/// path of the account.
async fn paid_over_two_orders(page: &Browser) -> Result<String> {
    let account = steps::two_invoices(page).await?;
    page.fill("Amount for AI-0001", "30.00").await?;
    page.fill("Amount for AI-0002", "20.00").await?;
    page.press("button", "Apply Payment").await?;
    page.see("Payment AP-0001 of £50.00 recorded").await?;
    Ok(account)
}

async fn open_payment(page: &Browser, account: &str) -> Result<()> {
    page.go(&format!("{account}?tab=payments")).await?;
    page.press("link", "AP-0001").await?;
    page.find("heading", "Payment AP-0001").await.map(drop)
}

/// Fills in the reason and the method, and answers the question.
async fn refund_in_cash(page: &Browser, owed_after: &str) -> Result<()> {
    page.choose("Reason", "Returned goods").await?;
    page.choose("Refund method", "Cash").await?;
    page.press("button", "Next").await?;
    page.fill(OWED_AFTER, owed_after).await
}

#[test]
fn a_payment_over_two_orders_is_refunded_from_its_page() -> Result<()> {
    journey("two-orders", WIDE, async |page| {
        let account = paid_over_two_orders(page).await?;
        open_payment(page, &account).await?;
        page.press("button", "Record offline refund").await?;
        let found = page.survey("refund-which-order").await?;
        ensure!(found.is_empty(), "{found:?}");
        page.press("menuitem", "Order AI-0001").await?;
        let marked = page.full_name("checkbox", "Payment AP-0001 in cash").await?;
        ensure!(page.checked(&marked).await?, "the payment is marked");
        page.holds("Amount of AP-0001", "30.00").await?;

        // The question is about this order; the balance of all orders stands beside it.
        refund_in_cash(page, "0.00").await?;
        page.see("This order, AI-0001: £100.00 · owed now £70.00 (all orders £122.00)").await?;
        page.see("Owed afterwards: £0.00 on this order, AI-0001; £52.00 on all orders.").await?;
        page.see("A refund of £30.00 and £100.00 taken off the order.").await?;
        page.row_ends_with("Mira Patel owes on all orders", &["122.00", "52.00"]).await?;
        page.row_ends_with("Order AI-0001 owes", &["70.00", "0.00"]).await?;
        let found = page.survey("refund-2-other-orders").await?;
        ensure!(found.is_empty(), "{found:?}");
        page.press("button", "Next").await?;
        page.see("£100.00 taken off the order").await?;
        page.see("Owed after, this order £0.00 Owed after, all orders £52.00").await?;
        let found = page.survey("refund-3-other-orders").await?;
        ensure!(found.is_empty(), "{found:?}");
        let money = page.money_before().await?;
        page.press("button", "Record refund").await?;
        page.see("Refund AR-0001 of £30.00 recorded").await?;
        page.see("£100.00 is taken off order AI-0001.").await?;
        page.see_no("a credit of").await?;
        page.row_ends_with("Order AI-0001 owes", &["70.00", "0.00"]).await?;
        page.row_ends_with("Mira Patel owes on all orders", &["122.00", "52.00"]).await?;
        page.see("Hand over the money £30.00").await?;
        money.adds_up(page, Said::HandOver(DRAWER, "30.00")).await?;

        page.press("link", "Back to order").await?;
        page.cell_is("AR-0001", "Taken off the order", "100.00").await?;
        let found = page.survey("order-taken-off").await?;
        ensure!(found.is_empty(), "{found:?}");

        // Only the second order has something refundable now, so there is nothing to ask.
        open_payment(page, &account).await?;
        page.row_ends_with("AR-0001", &["30.00"]).await?;
        page.press("link", "Record offline refund").await?;
        page.holds("Amount of AP-0001", "20.00").await?;
        refund_in_cash(page, "72.00").await?;
        page.press("button", "Next").await?;
        let money = page.money_before().await?;
        page.press("button", "Record refund").await?;
        page.see("Hand over the money £20.00").await?;
        money.adds_up(page, Said::HandOver(DRAWER, "20.00")).await?;
        open_payment(page, &account).await?;
        page.see("Nothing left to refund").await?;
        page.row_ends_with("AR-0002", &["20.00"]).await
    })
}

/// Sets up a shop with an order of 72.00 that was paid by 30.00 of credit, 30.00 by card and 12.00 in cash, and opens
/// the order.
async fn paid_three_ways(page: &Browser) -> Result<()> {
    steps::set_up(page).await?;
    steps::add_customer(page, "Mira Patel").await?;
    let account = page.path().await?;
    steps::pay(page, "30.00").await?;
    page.go(&account).await?;
    steps::place_order(page, "72.00").await?;
    page.press("link", "Open order AI-0001").await?;

    let money = page.money_before().await?;
    page.act("Add Payment").await?;
    page.check("Use available credit").await?;
    page.holds("Amount", "42.00").await?;
    page.fill("Amount", "30.00").await?;
    page.choose("Payment Type", "Card").await?;
    page.see("£12.00 will still be owed.").await?;
    page.press("button", "Apply Payment").await?;
    page.see("of £30.00 recorded").await?;
    money.adds_up(page, Said::Take(CARD, "30.00")).await?;
    page.press("link", "Back to order AI-0001").await?;
    steps::pay(page, "12.00").await?;
    page.press("link", "Back to order AI-0001").await?;
    page.see("Owed –").await
}

/// Marks what was paid for the order.
async fn mark(page: &Browser, starts: &[&str]) -> Result<()> {
    for start in starts {
        let name = page.full_name("checkbox", start).await?;
        page.check(&name).await?;
    }
    Ok(())
}

const USED_CREDIT: &str = "Credit AP-0001 used on";

#[test]
fn card_cash_and_used_credit_are_refunded_in_cash_and_only_the_money_is_handed_over() -> Result<()> {
    journey("refund-mixed", WIDE, async |page| {
        paid_three_ways(page).await?;
        page.act("Refund Payment").await?;
        mark(page, &["Payment AP-0002 by card", "Payment AP-0003 in cash", USED_CREDIT]).await?;
        refund_in_cash(page, "0.00").await?;
        page.see("£42.00 goes out in cash, and £30.00 goes back to the customer’s credit.").await?;
        page.row_ends_with("Available credit", &["0.00", "30.00"]).await?;
        page.press("button", "Next").await?;
        let money = page.money_before().await?;
        page.press("button", "Record refund").await?;
        page.see("of £72.00 recorded").await?;
        page.see("£30.00 went back to the customer’s credit.").await?;
        page.see("Hand over the money £42.00 in cash from Drawer A, to Mira Patel").await?;
        let found = page.survey("refund-4-mixed").await?;
        ensure!(found.is_empty(), "{found:?}");
        money.adds_up(page, Said::HandOver(DRAWER, "42.00")).await?;
        page.go("/refunds").await?;
        page.see("42.00 Mira Patel Cash").await?;
        page.press("button", "Handed over").await?;
        page.see("£42.00 handed over to Mira Patel").await?;
        money.adds_up(page, Said::HandOver(DRAWER, "42.00")).await
    })
}

#[test]
fn used_credit_alone_goes_back_without_a_method_and_without_money() -> Result<()> {
    journey("refund-credit", WIDE, async |page| {
        paid_three_ways(page).await?;
        page.act("Refund Payment").await?;
        mark(page, &[USED_CREDIT]).await?;
        page.see("The credit goes back to the customer’s credit. No money moves.").await?;
        page.lacks("combobox", "Refund method").await?;
        page.choose("Reason", "Returned goods").await?;
        let found = page.survey("refund-1-credit").await?;
        ensure!(found.is_empty(), "{found:?}");
        page.press("button", "Next").await?;
        page.press("button", "Nothing (0.00)").await?;
        page.see("A refund of £30.00 and £30.00 taken off the order.").await?;
        page.press("button", "Next").await?;
        page.see("Store credit").await?;
        let money = page.money_before().await?;
        page.press("button", "Record refund").await?;
        page.see("of £30.00 recorded").await?;
        page.row_ends_with("Available credit", &["0.00", "30.00"]).await?;
        page.see("No money moves.").await?;
        page.see_no("hand over").await?;
        page.lacks("button", "Handed over").await?;
        money.adds_up(page, Said::NoMoney).await?;
        page.go("/refunds").await?;
        page.see("No open refunds").await
    })
}
