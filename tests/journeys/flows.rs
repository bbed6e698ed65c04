//! Five flows of a counter from their first to their last step, in the words of the screens. Where a step needs card processing,
//! the screen says so in one sentence.

use crate::people::{ANA, BOB, sign_in, with_a_clerk};
use crate::steps::{self, OWED_AFTER};
use anyhow::{Result, ensure};
use tests::{BANK, Browser, CARD, DRAWER, Said, WIDE, journey};

/// An order that was part paid online.
const ONLINE: &str = r#"
shop "Corner Shop" GBP
partner pat 10%
customer mira "Mira Patel"
order O-1 mira 120.00 tax 20% sale pat
pay P-1 mira 50.00 online to O-1
"#;

/// Balance a customer's account that was refunded outside.
#[test]
fn an_account_is_balanced_after_a_refund_outside_of_it() -> Result<()> {
    journey("flow-balance", WIDE, async |page| {
        steps::open_day_book(page, ONLINE).await?;
        // 1. and 2. The tab Orders of the customer, and the order.
        steps::find_customer(page, "Mira Patel").await?;
        page.press("tab", "Orders").await?;
        page.press("link", "AI-0001").await?;
        page.find("heading", "Order AI-0001").await?;
        // 3. Refund Payment. 4. The payment, the reason, Next.
        page.act("Refund Payment").await?;
        let payment = page.full_name("checkbox", "Payment AP-0001").await?;
        page.check(&payment).await?;
        page.choose("Reason", "Returned goods").await?;
        // 5. Manual; Online needs card processing. 6. Next.
        page.see("It needs card processing at the endpoint, which is not set up.").await?;
        page.check("Manual").await?;
        page.press("button", "Next").await?;
        // 7. How much should be owed afterwards: 0.00 credits the rest.
        page.fill(OWED_AFTER, "0.00").await?;
        page.row_ends_with("Mira Patel owes", &["70.00", "0.00"]).await?;
        // 8. Both boxes for the partner's commission.
        page.check("Apply Refund to Referral Partner Commissions (Clawback)").await?;
        page.check("Apply Credit to Referral Partner Commissions").await?;
        page.row_ends_with("Commission payable to pat", &["4.17", "0.00"]).await?;
        // 9. Next: status, refund and credit amount.
        page.press("button", "Next").await?;
        page.see("Refund amount £50.00").await?;
        page.see("Credit amount £120.00 taken off the order").await?;
        let money = page.money_before().await?;
        page.press("button", "Record refund").await?;
        page.see("of £50.00 recorded").await?;
        page.see("Hand over the money").await?;
        money.adds_up(page, Said::HandOver(CARD, "50.00")).await?;
        // 10. The adjusted order.
        page.press("link", "Back to order").await?;
        page.see("Owed £0.00").await?;
        page.row_ends_with("R-0001", &["120.00", "50.00", "⋮"]).await
    })
}

/// Refund a customer's credit; reverse one; recalculate the balance.
#[test]
fn a_customers_credit_is_paid_out_reversed_and_recalculated() -> Result<()> {
    journey("flow-credit", WIDE, async |page| {
        with_a_clerk(page).await?;
        sign_in(page, ANA, "Bob Fox", "2580").await?;
        // An order that is overpaid: the rest becomes credit by itself.
        steps::add_customer(page, "Mira Patel").await?;
        let account = page.path().await?;
        steps::place_order(page, "40.00").await?;
        page.go(&account).await?;
        steps::pay(page, "70.00").await?;
        // View customers, the customer, the available credit.
        page.press("link", "Customers").await?;
        page.press("link", "Mira Patel").await?;
        page.see("Available credit £30.00").await?;
        // Pay Refund: payee, method, amount; Process Refund.
        page.act("Pay Refund").await?;
        page.holds("Payee", "Mira Patel").await?;
        page.choose("Refund method", "Bank transfer").await?;
        page.fill("Refund amount", "20.00").await?;
        let money = page.money_before().await?;
        page.press("button", "Process Refund").await?;
        page.see("Refund AR-0001 of £20.00 processed").await?;
        page.see("You must still pay the refund to your customer.").await?;
        money.adds_up(page, Said::NoMoney).await?;
        // The admin marks it as paid and complete under Refunds.
        sign_in(page, BOB, "Ana Ruiz", "4711").await?;
        page.go("/refunds").await?;
        page.press("button", "Mark as Paid and Complete").await?;
        page.within("dialog", "Is this paid?").press("button", "Mark as Paid and Complete").await?;
        page.see("Pay-out to Mira Patel is paid and complete").await?;
        page.press("tab", "Done").await?;
        money.adds_up(page, Said::HandOver(BANK, "20.00")).await?;
        // Reverse a customer credit: the note is Refund reversal, and no money moves.
        page.go(&format!("{account}/credit")).await?;
        page.fill("Amount", "5.00").await?;
        page.choose("Reason", "Goodwill").await?;
        page.press("button", "Add Credit").await?;
        page.within("dialog", "Give Mira Patel credit of £5.00?").press("button", "Add Credit").await?;
        page.see("AC-0001").await?;
        page.go(&format!("{account}?tab=credits")).await?;
        let money = page.money_before().await?;
        page.press("button", "Actions for AC-0001").await?;
        page.press("menuitem", "Reverse Credit").await?;
        let dialog = page.within("dialog", "Reverse credit AC-0001 of Mira Patel?");
        dialog.holds("Refund Note", "Refund reversal").await?;
        dialog.press("button", "Reverse Credit").await?;
        page.see("Available credit £10.00").await?;
        money.adds_up(page, Said::NoMoney).await?;
        // Recalculate Account Balances.
        page.press("button", "Actions for Mira Patel").await?;
        page.press("menuitem", "Recalculate Account Balances").await?;
        page.see("The balances of Mira Patel agree with the entries. Nothing was posted.").await
    })
}

/// Add a payment to an existing order, by both ways.
#[test]
fn a_payment_is_added_to_an_existing_order_in_both_ways() -> Result<()> {
    journey("flow-payment", WIDE, async |page| {
        steps::set_up(page).await?;
        steps::add_customer(page, "Mira Patel").await?;
        let account = page.path().await?;
        steps::add_order(page).await?;
        // From the contact: 1. the tab Orders, 2. Add Payment, 3. the invoice to pay.
        page.go(&account).await?;
        page.press("tab", "Orders").await?;
        page.act("Add Payment").await?;
        page.choose("Invoice", "AI-0001").await?;
        // 4. The details: charging a card needs card processing.
        page.see("Credit card (charge now)").await?;
        page.fill("Amount", "50.00").await?;
        page.choose("Payment Type", "Check").await?;
        page.fill("Notes", "paid by her son").await?;
        // 5. Apply Payment.
        let money = page.money_before().await?;
        page.press("button", "Apply Payment").await?;
        page.see("Payment AP-0001 of £50.00 recorded").await?;
        money.adds_up(page, Said::Take(BANK, "50.00")).await?;
        page.row_ends_with("Mira Patel owes", &["120.00", "70.00"]).await?;
        // What moved stands there, too.
        page.row_ends_with("Bank", &["0.00", "50.00"]).await?;

        // With Enter a Payment: 2. the feature, 3. the name and OK, 4. the invoice, 5. the details, 6. Apply Payment.
        page.press("link", "Counter").await?;
        page.press("link", "Enter a Payment").await?;
        page.fill("Customer", "mira").await?;
        page.press("option", "Mira Patel").await?;
        page.press("button", "OK").await?;
        page.holds("Amount", "70.00").await?;
        page.choose("Payment Type", "Cash").await?;
        let money = page.money_before().await?;
        page.press("button", "Apply Payment").await?;
        page.see("Payment AP-0002 of £70.00 recorded").await?;
        money.adds_up(page, Said::Take(DRAWER, "70.00")).await?;
        page.row_ends_with("Drawer A", &["0.00", "70.00"]).await
    })
}

/// Issue an online refund, record an offline one, and see both in the history.
#[test]
fn refunds_of_online_and_offline_transactions_are_recorded() -> Result<()> {
    journey("flow-refunds", WIDE, async |page| {
        steps::open_day_book(page, ONLINE).await?;
        steps::find_customer(page, "Mira Patel").await?;
        // 1. The payment's page. 2. The Refund menu, Issue Online Refund.
        page.press("tab", "Payments").await?;
        page.press("link", "AP-0001").await?;
        page.press("button", "Refund").await?;
        page.press("menuitem", "Issue Online Refund").await?;
        page.see("It needs card processing at the endpoint, which is not set up.").await?;
        // Record Offline Refund: amount, reason, method, notes; whether the balance goes down.
        page.press("button", "Refund").await?;
        page.press("menuitem", "Record offline refund").await?;
        page.fill("Amount of AP-0001", "10.00").await?;
        page.choose("Reason", "Goodwill").await?;
        page.choose("Refund method", "Other").await?;
        page.press("button", "Next").await?;
        page.within("alert", "There is a problem").see("Enter a note.").await?;
        page.fill("Notes", "voucher of the street fair").await?;
        page.press("button", "Next").await?;
        page.press("button", "Same as now").await?;
        page.press("button", "Next").await?;
        let money = page.money_before().await?;
        page.press("button", "Record refund").await?;
        page.see("of £10.00 recorded").await?;
        money.adds_up(page, Said::HandOver("1090", "10.00")).await?;

        // From within the order: the three dots beside the invoice.
        page.press("link", "Back to order").await?;
        page.press("button", "Actions for AI-0001").await?;
        page.press("menuitem", "Record refund").await?;
        page.find("heading", "Refund Payment").await?;
        // From the tab Payments: the three dots beside the payment.
        steps::find_customer(page, "Mira Patel").await?;
        page.press("tab", "Payments").await?;
        page.press("button", "Actions for AP-0001").await?;
        page.press("menuitem", "Record refund").await?;
        page.find("heading", "Refund Payment").await?;
        // In the history, in the invoice and in the tab: amount, method and notes.
        steps::find_customer(page, "Mira Patel").await?;
        page.press("tab", "Refunds").await?;
        page.row_ends_with("voucher of the street fair", &["10.00", "10.00", "⋮"]).await
    })
}

/// Issue a refund with outstanding credit notes.
#[test]
fn outstanding_credit_notes_are_refunded() -> Result<()> {
    journey("flow-outstanding", WIDE, async |page| {
        steps::set_up(page).await?;
        steps::add_customer(page, "Mira Patel").await?;
        let account = page.path().await?;
        // A credit note of 25.00, of which 20.00 have paid an invoice.
        page.go(&format!("{account}/credit")).await?;
        page.fill("Amount", "25.00").await?;
        page.choose("Reason", "Goodwill").await?;
        page.press("button", "Add Credit").await?;
        page.within("dialog", "Give Mira Patel credit of £25.00?").press("button", "Add Credit").await?;
        page.see("AC-0001").await?;
        page.go(&account).await?;
        steps::place_order(page, "20.00").await?;
        page.go(&account).await?;
        page.act("Add Payment").await?;
        page.check("Use available credit").await?;
        page.holds("Amount", "0.00").await?;
        page.press("button", "Apply Payment").await?;
        page.see("£20.00").await?;
        // 1. and 2. My customers. 3. The account. 4. Refund O/S.
        page.press("link", "Customers").await?;
        page.press("link", "Mira Patel").await?;
        page.act("Refund O/S").await?;
        // 5. Amount 25.00, O/S 5.00; the bank account; Refund Credit Note.
        outstanding(page).await?;
        page.choose("Refund method", "Bank transfer").await?;
        let (money, before) = (page.money_before().await?, page.entry_count().await?);
        page.press("button", "Refund Credit Note").await?;
        // 6. Yes.
        page.within("dialog", "Are you sure you want to create a new refund?").press("button", "Yes").await?;
        page.see("Refund AR-0001 of £5.00 recorded").await?;
        ensure!(page.entry_count().await? == before + 2, "one press holds and completes");
        money.adds_up(page, Said::HandOver(BANK, "5.00")).await?;
        // 7. The refund stands in the statement of the account.
        page.go(&account).await?;
        page.press("tab", "Refunds").await?;
        page.see("AR-0001").await?;
        page.see("Available credit £0.00").await
    })
}

/// The credit note in the list of what can be refunded, chosen.
async fn outstanding(page: &Browser) -> Result<()> {
    let credit = page.full_name("checkbox", "Credit AC-0001").await?;
    page.check(&credit).await?;
    page.see("25.00").await?;
    page.holds("Amount of AC-0001", "5.00").await
}
