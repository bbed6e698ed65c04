//! A bounced payment: an admin reverses it, a clerk sees why they may not.

use crate::people::{ANA, BOB, sign_in, with_a_clerk};
use crate::steps;
use anyhow::{Result, ensure};
use tests::{Browser, DRAWER, Said, WIDE, journey};

const SURE: &str = "Reverse this payment?";
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
        page.see("The payment is reversed.").await?;
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
