//! Payments: walk-ins, *Enter a Payment*, and overpayments.

use crate::steps;
use anyhow::{Result, ensure};
use tests::{BANK, DRAWER, Said, WIDE, journey};

#[test]
fn a_walk_in_pays_at_once_without_a_name() -> Result<()> {
    journey("walk-in", WIDE, async |page| {
        steps::set_up(page).await?;
        let money = page.money_before().await?;
        page.press("link", "Enter a Payment").await?;
        page.press("button", "OK").await?;
        page.within("alert", "There is a problem").see("Choose a customer from the list").await?;
        page.press("button", "Walk-in").await?;
        page.fill("What was sold", "Inner tube").await?;
        page.fill("Tax included, in percent", "20").await?;
        page.fill("Amount", "6.50").await?;
        page.fill("Cash received", "10.00").await?;
        page.see("Change £3.50").await?;
        page.press("button", "Apply Payment").await?;
        page.see("Payment AP-0001 of £6.50 recorded").await?;
        page.see("Give £3.50 change.").await?;
        money.adds_up(page, Said::Take(DRAWER, "6.50")).await?;
        page.press("link", "Counter").await?;
        page.see("Takings today £6.50").await
    })
}

#[test]
fn enter_a_payment_asks_for_the_customer_first_and_lists_only_invoices_with_a_balance() -> Result<()> {
    journey("enter-a-payment", WIDE, async |page| {
        steps::set_up(page).await?;
        steps::add_customer(page, "Tom Ash").await?;
        steps::add_customer(page, "Mira Patel").await?;
        steps::add_order(page).await?;
        page.go("/pay").await?;
        page.fill("Customer", "mira").await?;
        page.press("option", "Mira Patel").await?;
        page.press("button", "OK").await?;
        page.holds("Amount", "120.00").await?;
        page.choose("Payment Type", "Check").await?;
        let money = page.money_before().await?;
        page.press("button", "Apply Payment").await?;
        page.see("Payment AP-0001 of £120.00 recorded").await?;
        money.adds_up(page, Said::Take(BANK, "120.00")).await?;
        page.press("link", "Go to Mira Patel").await?;
        page.see("Owes £0.00").await?;
        page.act("Add Payment").await?;
        page.see("Nothing is owed. What you enter becomes credit.").await
    })
}

#[test]
fn an_overpayment_becomes_credit_and_pays_the_next_order() -> Result<()> {
    journey("credit", WIDE, async |page| {
        steps::set_up(page).await?;
        steps::add_customer(page, "Mira Patel").await?;
        let account = page.path().await?;
        steps::add_order(page).await?;
        page.act("Add Payment").await?;
        page.fill("Amount", "150.00").await?;
        page.see("£30.00 more than is owed: it becomes credit.").await?;
        let money = page.money_before().await?;
        page.press("button", "Apply Payment").await?;
        page.row_ends_with("Available credit", &["0.00", "30.00"]).await?;
        money.adds_up(page, Said::Take(DRAWER, "150.00")).await?;

        page.go(&account).await?;
        page.act("Add Order").await?;
        steps::order_line(page).await?;
        page.press("button", "Place Order").await?;
        page.press("link", "Open order AI-0002").await?;
        page.act("Add Payment").await?;
        page.check("Use available credit").await?;
        page.holds("Amount", "90.00").await?;
        let (money, before) = (page.money_before().await?, page.entry_count().await?);
        page.press("button", "Apply Payment").await?;
        page.row_ends_with("Mira Patel owes", &["120.00", "0.00"]).await?;
        page.row_ends_with("Available credit", &["30.00", "0.00"]).await?;
        money.adds_up(page, Said::Take(DRAWER, "90.00")).await?;
        ensure!(
            page.entry_count().await? == before + 2,
            "one submit records the use of the credit and the payment"
        );
        Ok(())
    })
}

#[test]
fn an_amount_that_changes_under_the_focus_is_replaced_by_what_is_typed() -> Result<()> {
    journey("amount-under-focus", WIDE, async |page| {
        steps::set_up(page).await?;
        steps::add_customer(page, "Mira Patel").await?;
        let account = page.path().await?;
        steps::place_order(page, "40.00").await?;
        page.go(&account).await?;
        page.act("Add Payment").await?;
        page.fill("Amount", "95.00").await?;
        page.press("button", "Apply Payment").await?;
        page.see("Payment AP-0001 of £95.00 recorded").await?;
        page.go(&account).await?;
        steps::place_order(page, "69.00").await?;
        page.go(&account).await?;
        page.act("Add Payment").await?;
        page.tab_to("textbox", "Amount").await?;
        page.holds("Amount", "69.00").await?;
        // The amount to pay changes while the field has the focus and nothing was typed.
        page.eval("document.getElementById('f-use-credit').click()").await?;
        page.holds("Amount", "14.00").await?;
        page.type_text("1.00").await?;
        page.holds("Amount", "1.00").await?;
        // What was typed stays as it is.
        page.eval("document.getElementById('f-use-credit').click()").await?;
        page.type_text("5").await?;
        page.holds("Amount", "1.005").await
    })
}

/// An order that 5p coins cannot pay exactly, and one that was written off.
const COINS: &str = r#"
shop "Corner Shop" GBP
cash-rounding 0.05
customer mira "Mira Patel"
order O-1 mira 7.52
customer ben "Ben Cole"
order O-2 ben 30.00
write-off O-2 30.00 reason "moved away"
"#;

const NOTE: &str = "Take £3.76 off order AI-0001 of Mira Patel with a credit note?";

#[test]
fn cash_is_rounded_to_the_smallest_coin_and_a_written_off_order_is_paid() -> Result<()> {
    journey("rounding", WIDE, async |page| {
        steps::open_day_book(page, COINS).await?;
        steps::find_customer(page, "Mira Patel").await?;
        page.act("Add Payment").await?;
        page.holds("Amount", "7.52").await?;
        page.see("Take £7.50: rounded by £0.02 to the smallest coin.").await?;
        page.fill("Cash received", "10.00").await?;
        page.see("Change £2.50").await?;
        let money = page.money_before().await?;
        page.press("button", "Apply Payment").await?;
        page.see("of £7.52 recorded").await?;
        page.see("Give £2.50 change.").await?;
        page.row_ends_with("Mira Patel owes", &["7.52", "0.00"]).await?;
        money.taken(page, DRAWER, 750).await?;

        // What comes back is rounded in the same way, and so is what is handed over of it.
        steps::find_customer(page, "Mira Patel").await?;
        page.press("link", "AI-0001").await?;
        page.act("Refund Payment").await?;
        // Its number begins with the letters of the counter that opened the backup.
        let payment = page.full_name("checkbox", "Payment ").await?;
        page.check(&payment).await?;
        let amount = page.full_name("textbox", "Amount of ").await?;
        page.fill(&amount, "3.76").await?;
        page.choose("Reason", "Returned goods").await?;
        page.see("Hand over £3.75: rounded by £0.01 to the smallest coin.").await?;
        page.press("button", "Next").await?;
        page.press("button", "Nothing (0.00)").await?;
        page.see("Hand over £3.75: rounded by £0.01 to the smallest coin.").await?;
        page.row_ends_with("Drawer ", &["7.50", "3.75"]).await?;
        page.press("button", "Next").await?;
        let money = page.money_before().await?;
        page.press("button", "Record refund").await?;
        page.see("Refunded £3.76 of ").await?;
        page.see("Cash rounding £0.01").await?;
        money.adds_up(page, Said::HandOver(DRAWER, "3.75")).await?;
        steps::find_customer(page, "Mira Patel").await?;
        page.press("link", "AI-0001").await?;
        page.act("Add Credit Note").await?;
        page.fill("Amount", "3.76").await?;
        page.choose("Reason", "Returned goods").await?;
        page.press("button", "Add Credit Note").await?;
        page.within("dialog", NOTE).press("button", "Add Credit Note").await?;
        page.act("Refund O/S").await?;
        let note = page.full_name("checkbox", "Credit note ").await?;
        page.check(&note).await?;
        page.choose("Refund method", "Cash").await?;
        page.see("Hand over £3.75: rounded by £0.01 to the smallest coin.").await?;
        let money = page.money_before().await?;
        page.press("button", "Refund Credit Note").await?;
        page.within("dialog", "Are you sure you want to create a new refund?").press("button", "Yes").await?;
        page.see("You must still hand £3.75 to your customer").await?;
        money.adds_up(page, Said::HandOver(DRAWER, "3.75")).await?;

        // Of an order that owes nothing because it was written off, a payment recovers the debt.
        steps::find_customer(page, "Ben Cole").await?;
        page.press("link", "AI-0002").await?;
        page.act("Add Payment").await?;
        page.holds("Amount", "30.00").await?;
        page.fill("Amount", "20.00").await?;
        let money = page.money_before().await?;
        page.press("button", "Apply Payment").await?;
        page.see("of £20.00 recorded").await?;
        money.adds_up(page, Said::Take(DRAWER, "20.00")).await?;
        steps::find_customer(page, "Ben Cole").await?;
        page.press("link", "AI-0002").await?;
        page.see("Written off 10.00").await
    })
}
