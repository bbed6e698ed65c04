//! Corrections: a payment, a refund, a pay-out, a credit note and credit are reversed, debts and credit written off, credit
//! applied, taken back and transferred. Each dialog names document, amount and customer, and each is recorded once.

use crate::people::{ANA, BOB, sign_in, with_a_clerk};
use crate::steps;
use anyhow::{Result, ensure};
use tests::{Browser, DRAWER, Said, WIDE, journey};

const SURE: &str = "Reverse payment AP-0001 of £50.00 from Mira Patel?";
const NOT_PERMITTED: &str = "Only an admin can reverse this payment.";

/// Records a payment of 50.00 for an order of 120.00 and opens it; returns the path of the account.
async fn paid(page: &Browser) -> Result<String> {
    steps::add_customer(page, "Mira Patel").await?;
    let account = page.path().await?;
    steps::add_order(page).await?;
    steps::pay(page, "50.00").await?;
    open(page, &account).await?;
    Ok(account)
}

async fn open(page: &Browser, account: &str) -> Result<()> {
    page.go(&format!("{account}?tab=payments")).await?;
    page.press("link", "AP-0001").await?;
    page.find("heading", "Payment AP-0001").await.map(drop)
}

#[test]
fn an_admin_reverses_a_bounced_check() -> Result<()> {
    journey("reverse", WIDE, async |page| {
        steps::set_up(page).await?;
        let account = paid(page).await?;
        let (money, before) = (page.money_before().await?, page.entry_count().await?);
        page.press("button", "Reverse payment").await?;
        let dialog = page.within("dialog", SURE);
        dialog.row_ends_with("Drawer A", &["50.00", "0.00"]).await?;
        dialog.row_ends_with("Mira Patel owes", &["70.00", "120.00"]).await?;
        dialog.press("button", "Reverse payment").await?;
        dialog.within("alert", "There is a problem").see("Enter the reason").await?;
        dialog.fill("Reason", "Bounced check").await?;
        dialog.press_twice("button", "Reverse payment").await?;
        page.see("Payment AP-0001 is reversed.").await?;
        page.lacks("button", "Reverse payment").await?;
        money.adds_up(page, Said::NotReceived(DRAWER, "50.00")).await?;
        ensure!(page.entry_count().await? == before + 1, "reversed once");
        page.go(&account).await?;
        page.see("Owes £120.00").await
    })
}

#[test]
fn a_clerk_sees_why_they_may_not_reverse_a_payment_of_another_person() -> Result<()> {
    journey("reverse-clerk", WIDE, async |page| {
        with_a_clerk(page).await?;
        let account = paid(page).await?;
        sign_in(page, ANA, "Bob Fox", "2580").await?;
        open(page, &account).await?;
        page.see(NOT_PERMITTED).await?;
        let before = page.entry_count().await?;
        page.press("button", "Reverse payment").await?;
        ensure!(!page.has("dialog", SURE).await?, "the dialog does not open for a clerk");
        ensure!(page.entry_count().await? == before);
        sign_in(page, BOB, "Ana Ruiz", "4711").await?;
        page.see_no(NOT_PERMITTED).await
    })
}

/// Opens the menu of a document and presses one of its corrections; returns the dialog's name.
async fn ask(page: &Browser, no: &str, correction: &str, question: &str) -> Result<String> {
    page.press("button", &format!("Actions for {no}")).await?;
    page.press("menuitem", correction).await?;
    page.find("dialog", question).await?;
    Ok(question.to_owned())
}

#[test]
fn a_debt_is_written_off_in_part_and_owed_again() -> Result<()> {
    journey("write-off", WIDE, async |page| {
        steps::part_paid(page).await?;
        let (money, before) = (page.money_before().await?, page.entry_count().await?);
        let sure =
            ask(page, "AI-0001", "Write off", "Write off what Mira Patel owes on order AI-0001?").await?;
        let dialog = page.within("dialog", &sure);
        dialog.holds("Amount", "70.00").await?;
        dialog.fill("Amount", "70.01").await?;
        dialog.fill("Reason", "Moved away").await?;
        dialog.press("button", "Write off").await?;
        dialog.within("alert", "There is a problem").see("Enter at most £70.00.").await?;
        ensure!(page.entry_count().await? == before, "nothing is recorded");
        dialog.fill("Amount", "20").await?;
        dialog.row_ends_with("Mira Patel owes", &["70.00", "50.00"]).await?;
        dialog.press_twice("button", "Write off").await?;
        page.see("£20.00 of order AI-0001 is written off.").await?;
        ensure!(page.entry_count().await? == before + 1, "written off once");
        money.adds_up(page, Said::NoMoney).await?;

        let question = "Reverse the write-off on order AI-0001 of Mira Patel?";
        let sure = ask(page, "AI-0001", "Reverse write-off", question).await?;
        let dialog = page.within("dialog", &sure);
        dialog.holds("Amount", "20.00").await?;
        dialog.fill("Reason", "Came back").await?;
        dialog.press("button", "Reverse write-off").await?;
        page.see("£20.00 of order AI-0001 is owed again.").await?;
        page.see("Owed £70.00").await
    })
}

#[test]
fn a_refund_recorded_by_mistake_is_reversed() -> Result<()> {
    journey("reverse-refund", WIDE, async |page| {
        steps::part_paid(page).await?;
        let order = page.path().await?;
        steps::fill_refund_step_one(page).await?;
        page.fill(steps::OWED_AFTER, "120.00").await?;
        page.press("button", "Next").await?;
        page.press("button", "Record refund").await?;
        page.see("AR-0001").await?;
        page.go(&order).await?;
        let money = page.money_before().await?;
        let question = "Reverse refund AR-0001 of £50.00 to Mira Patel?";
        let dialog = page.within("dialog", &ask(page, "AR-0001", "Reverse refund", question).await?);
        dialog.row_ends_with("Drawer A", &["0.00", "50.00"]).await?;
        dialog.fill("Reason", "Wrong customer").await?;
        let before = page.entry_count().await?;
        dialog.press_twice("button", "Reverse refund").await?;
        page.see("Refund AR-0001 is reversed.").await?;
        ensure!(page.entry_count().await? == before + 1, "reversed once");
        page.lacks("button", "Actions for AR-0001").await?;
        money.adds_up(page, Said::NotHandedOver(DRAWER, "50.00")).await?;
        page.see("Owed £70.00").await
    })
}

#[test]
fn credit_is_applied_taken_back_transferred_and_reversed() -> Result<()> {
    journey("credit-corrections", WIDE, async |page| {
        steps::set_up(page).await?;
        steps::add_customer(page, "Jo Doe").await?;
        steps::add_customer(page, "Mira Patel").await?;
        let account = page.path().await?;
        steps::place_order(page, "120.00").await?;
        page.go(&format!("{account}/credit")).await?;
        page.fill("Amount", "25.00").await?;
        page.choose("Reason", "Goodwill").await?;
        page.press("button", "Add Credit").await?;
        let dialog = page.within("dialog", "Give Mira Patel credit of £25.00?");
        dialog.row_ends_with("Available credit", &["0.00", "25.00"]).await?;
        dialog.press_twice("button", "Add Credit").await?;
        page.see("AC-0001").await?;
        let (credits, money) = (format!("{account}?tab=credits"), page.money_before().await?);

        page.go(&credits).await?;
        let question = "Apply credit AC-0001 of Mira Patel to an order?";
        let dialog = page.within("dialog", &ask(page, "AC-0001", "Apply to an order", question).await?);
        dialog.press("button", "Apply to an order").await?;
        dialog.within("alert", "There is a problem").see("Choose an order").await?;
        let order = page.full_name("option", "AI-0001").await?;
        dialog.choose("Order", &order).await?;
        dialog.fill("Amount", "15").await?;
        dialog.row_ends_with("Mira Patel owes", &["120.00", "105.00"]).await?;
        dialog.press_twice("button", "Apply to an order").await?;
        page.see("£15.00 of credit AC-0001 is applied.").await?;
        page.see("£15.00 for AI-0001").await?;
        page.see("Available credit £10.00").await?;

        page.go(&account).await?;
        page.press("link", "AI-0001").await?;
        let question = "Take £15.00 of credit AC-0001 back from the order of Mira Patel?";
        let dialog = page.within("dialog", &ask(page, "AC-0001", "Take credit back", question).await?);
        dialog.press("button", "Take credit back").await?;
        page.see("Credit AC-0001 is available again.").await?;
        page.see("Owed £120.00").await?;

        page.go(&credits).await?;
        let question = "Transfer credit AC-0001 of Mira Patel?";
        let transfer = "Transfer to another customer";
        let dialog = page.within("dialog", &ask(page, "AC-0001", transfer, question).await?);
        dialog.fill("Customer who receives the credit", "Jo").await?;
        page.press("option", "Jo Doe").await?;
        dialog.fill("Amount", "5").await?;
        dialog.fill("Reason", "Gift to a friend").await?;
        dialog.press("button", transfer).await?;
        page.see("£5.00 of credit AC-0001 is transferred.").await?;

        let question = "Reverse credit AC-0001 of Mira Patel?";
        let dialog = page.within("dialog", &ask(page, "AC-0001", "Reverse Credit", question).await?);
        dialog.holds("Refund Note", "Refund reversal").await?;
        dialog.see("No money moves.").await?;
        dialog.press_twice("button", "Reverse Credit").await?;
        page.see("£20.00 of credit AC-0001 is reversed.").await?;
        page.see("Available credit £0.00").await?;
        steps::find_customer(page, "Jo Doe").await?;
        page.see("Available credit £5.00").await?;
        money.adds_up(page, Said::NoMoney).await
    })
}

#[test]
fn a_clerk_is_offered_no_correction_that_only_an_admin_may_record() -> Result<()> {
    journey("corrections-clerk", WIDE, async |page| {
        with_a_clerk(page).await?;
        steps::add_customer(page, "Mira Patel").await?;
        steps::place_order(page, "120.00").await?;
        sign_in(page, ANA, "Bob Fox", "2580").await?;
        page.press("link", "Open order AI-0001").await?;
        page.press("button", "Actions for AI-0001").await?;
        page.find("menuitem", "Go to the customer").await?;
        ensure!(!page.has("menuitem", "Write off").await?, "a clerk may not write off");
        Ok(())
    })
}
