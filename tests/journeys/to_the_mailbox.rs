//! Three flows of a counter with card processor and mail, from their first step to the paper in the customer's mailbox, in the words of the
//! screens: a refund that is balanced by hand, payments of an order by saved card, and an online refund.

use crate::mail::{has, send};
use crate::steps::{self, OWED_AFTER};
use crate::sync::{UNREACHABLE, connect, exchanged, restart, with_processor};
use anyhow::{Context, Result, ensure};
use serde_json::json;
use tests::{Browser, Double, Journey, Mailbox, WIDE, journey_with_mail};

/// An order that was part paid online.
const DAY: &str = r#"
shop "Corner Shop" GBP
partner pat 10%
customer mira "Mira Patel" email "mira@example.net"
order O-1 mira 120.00 tax 20% sale pat
pay P-1 mira 50.00 online to O-1 reference "pi_1"
"#;

const CHARGE: &str = "Credit card (charge now)";

/// A shop whose server has a card processor and a mail server.
fn shop(name: &str, path: impl AsyncFnOnce(&mut Journey, &Double, &Mailbox) -> Result<()>) -> Result<()> {
    journey_with_mail(name, WIDE, async |till, mailbox| {
        let double = Double::start().await?;
        double.pay("pi_1", 5_000).await?;
        till.expect_console(UNREACHABLE);
        steps::open_day_book(till, DAY).await?;
        connect(till).await?;
        with_processor(till, &double).await?;
        path(till, &double, mailbox).await
    })
}

/// The full number of a document on the screen, which begins with the letters of the counter.
async fn number(page: &Browser, end: &str) -> Result<String> {
    let text = page.text().await?;
    let found = text.split_whitespace().find(|word| word.ends_with(end));
    Ok(found.with_context(|| format!("no number ends with {end}"))?.to_owned())
}

/// Sends the open paper to the customer, and returns after the mail server has it.
async fn sent(page: &Browser) -> Result<()> {
    page.holds("E-mail address", "mira@example.net").await?;
    send(page).await?;
    page.within("list", "Sent by mail").see("Sent").await
}

#[test]
fn a_customer_whose_account_was_balanced_receives_the_confirmation_of_the_refund() -> Result<()> {
    shop("mailbox-balance", async |page, double, mailbox| {
        // The tab Orders of the customer, the order, and Refund Payment.
        steps::find_customer(page, "Mira Patel").await?;
        page.press("tab", "Orders").await?;
        page.press("link", "AI-0001").await?;
        page.find("heading", "Order AI-0001").await?;
        page.act("Refund Payment").await?;
        let payment = page.full_name("checkbox", "Payment AP-0001").await?;
        page.check(&payment).await?;
        page.choose("Reason", "Returned goods").await?;
        // The processor could do it: Manual records what is done outside, and moves no money.
        page.check("Manual").await?;
        page.see("A manual refund records the refund and moves no money.").await?;
        page.press("button", "Next").await?;
        page.fill(OWED_AFTER, "0.00").await?;
        page.check("Apply Refund to Referral Partner Commissions (Clawback)").await?;
        page.check("Apply Credit to Referral Partner Commissions").await?;
        page.press("button", "Next").await?;
        page.see("Refund amount £50.00").await?;
        page.see("Credit amount £120.00 taken off the order").await?;
        page.press_twice("button", "Record refund").await?;
        page.see("of £50.00 recorded").await?;
        page.see("Hand over the money").await?;
        ensure!(double.refunds().await?.is_empty(), "nothing is asked of the processor");
        page.press("link", "Send by mail").await?;
        sent(page).await?;
        let mail = mailbox.last_of(1).await?;
        has(&mail, "to", &["mira@example.net"])?;
        has(&mail, "subject", &["R-0001 from Corner Shop"])?;
        has(&mail, "text", &["£50.00", "Returned goods"])?;
        // The adjusted order.
        steps::find_customer(page, "Mira Patel").await?;
        page.press("tab", "Orders").await?;
        page.press("link", "AI-0001").await?;
        page.see("Owed £0.00").await?;
        page.row_ends_with("R-0001", &["120.00", "50.00", "⋮"]).await
    })
}

#[test]
fn payments_of_an_order_by_saved_card_in_both_ways_send_their_receipts() -> Result<()> {
    shop("mailbox-payments", async |page, double, mailbox| {
        double.does(json!({"do":"save","customer":"cus_1","method":"pm_1","outcome":"succeeded"})).await?;
        steps::find_customer(page, "Mira Patel").await?;
        page.press("tab", "Details").await?;
        page.press("link", "Edit").await?;
        page.fill("Customer id", "cus_1").await?;
        page.fill("Payment method id", "pm_1").await?;
        page.fill("Shown as", "Visa 4242, 9/31").await?;
        page.press("button", "Save").await?;
        // From the contact: the tab Orders, Add Payment, the invoice, the details, Apply Payment.
        page.find("heading", "Mira Patel").await?;
        page.press("tab", "Orders").await?;
        page.act("Add Payment").await?;
        page.choose("Invoice", "AI-0001").await?;
        page.fill("Amount", "30.00").await?;
        page.choose("Payment Type", CHARGE).await?;
        page.see("Visa 4242, 9/31 is charged at once.").await?;
        page.fill("Notes", "by telephone").await?;
        page.press_twice("button", "Apply Payment").await?;
        page.see("of £30.00 recorded").await?;
        page.press("link", "Send by mail").await?;
        sent(page).await?;
        let mail = mailbox.last_of(1).await?;
        has(&mail, "subject", &["Receipt", "P-0001 from Corner Shop"])?;
        has(&mail, "text", &["£30.00", "Owed after this £40.00"])?;
        let text = mail["text"].as_str().unwrap_or_default();
        ensure!(!text.contains("by telephone"), "a note is for the shop alone: {text}");
        // With Enter a Payment: the name and OK, the invoice, the details, Apply Payment.
        page.go("/counter").await?;
        page.press("link", "Enter a Payment").await?;
        page.fill("Customer", "mira").await?;
        page.press("option", "Mira Patel").await?;
        page.press("button", "OK").await?;
        page.holds("Amount", "40.00").await?;
        page.choose("Payment Type", CHARGE).await?;
        page.press_twice("button", "Apply Payment").await?;
        page.see("of £40.00 recorded").await?;
        page.press("link", "Send by mail").await?;
        sent(page).await?;
        let mail = mailbox.last_of(2).await?;
        has(&mail, "text", &["£40.00", "Owed after this £0.00"])?;
        ensure!(double.charges().await?.len() == 2, "each is charged once");
        Ok(())
    })
}

#[test]
fn an_online_refund_is_pending_then_done_and_its_receipt_is_in_the_mailbox() -> Result<()> {
    shop("mailbox-refund", async |page, double, mailbox| {
        double.does(json!({"do":"next","status":"pending"})).await?;
        // The payment's page, the menu Refund, Issue Online Refund.
        open_payment(page).await?;
        page.press("button", "Refund").await?;
        page.press("menuitem", "Issue Online Refund").await?;
        page.find("heading", "Refund Payment").await?;
        page.lacks("combobox", "Refund method").await?;
        page.fill("Amount of AP-0001", "30.00").await?;
        page.choose("Reason", "Returned goods").await?;
        page.fill("Notes", "asked by her son").await?;
        page.press("button", "Next").await?;
        // Whether the balance goes down has no answer by default.
        page.press("button", "Same as now").await?;
        page.press("button", "Next").await?;
        page.press_twice("button", "Issue refund").await?;
        page.see("of £30.00 issued").await?;
        page.see("with the bank").await?;
        open_payment(page).await?;
        page.see("A refund of this payment is still pending.").await?;
        page.lacks("button", "Refund").await?;
        double.settle("succeeded").await?;
        restart(page).await?;
        exchanged(page).await?;
        open_payment(page).await?;
        page.see("done").await?;
        ensure!(double.refunds().await?.len() == 1, "sent once");
        // In the history, and from there to the mailbox.
        steps::find_customer(page, "Mira Patel").await?;
        page.press("tab", "Refunds").await?;
        page.see("R-0001").await?;
        let number = number(page, "R-0001").await?;
        page.press("button", &format!("Actions for {number}")).await?;
        page.press("menuitem", "Print slip").await?;
        page.press("button", "Send by mail").await?;
        sent(page).await?;
        let mail = mailbox.last_of(1).await?;
        has(&mail, "subject", &["R-0001 from Corner Shop"])?;
        has(&mail, "text", &["£30.00", "Returned goods"])?;
        let text = mail["text"].as_str().unwrap_or_default();
        ensure!(!text.contains("asked by her son"), "a note is for the shop alone: {text}");
        Ok(())
    })
}

async fn open_payment(page: &Browser) -> Result<()> {
    steps::find_customer(page, "Mira Patel").await?;
    page.press("tab", "Payments").await?;
    page.press("link", "AP-0001").await?;
    page.find("heading", "Payment AP-0001").await.map(drop)
}
