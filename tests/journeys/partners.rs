//! A partner is added, chosen on an order, earns commission on the payment, and loses it with the refund.

use crate::steps;
use anyhow::{Result, ensure};
use tests::{Browser, DRAWER, Said, WIDE, journey};

/// Adds a partner with ten percent.
async fn add_partner(page: &Browser) -> Result<()> {
    page.fill("Name", "Pat Lee").await?;
    page.fill("Commission in percent", "10").await?;
    page.press("button", "Add Partner").await?;
    page.see("Pat Lee is added.").await
}

/// Sells something for 120.00 through the partner, and takes 50.00 for it.
async fn earn(page: &Browser) -> Result<()> {
    steps::add_customer(page, "Mira Patel").await?;
    page.act("Add Order").await?;
    steps::order_line(page).await?;
    page.choose("Sale partner", "Pat Lee").await?;
    page.press("button", "Place Order").await?;
    steps::open_order(page).await?;
    steps::pay(page, "50.00").await
}

#[test]
fn a_partner_earns_on_a_payment_and_loses_it_with_the_refund() -> Result<()> {
    journey("partner", WIDE, async |page| {
        steps::set_up(page).await?;
        page.press("link", "Partners").await?;
        page.press("button", "Add Partner").await?;
        page.within("alert", "There are 2 problems").see("Enter the name").await?;
        page.within("alert", "There are 2 problems").see("Enter the commission in percent").await?;
        add_partner(page).await?;
        page.row_ends_with("Pat Lee", &["0.00"]).await?;

        earn(page).await?;
        page.press("link", "Partners").await?;
        page.row_ends_with("Pat Lee", &["4.17", "⋮"]).await?;

        page.press("link", "Customers").await?;
        page.press("link", "Mira Patel").await?;
        page.press("link", "AI-0001").await?;
        steps::fill_refund_step_one(page).await?;
        page.press("button", "Nothing (0.00)").await?;
        page.check("Apply Refund to Referral Partner Commissions (Clawback)").await?;
        page.row_ends_with("Pat Lee", &["4.17", "0.00"]).await?;
        page.press("button", "Next").await?;
        let money = page.money_before().await?;
        page.press("button", "Record refund").await?;
        page.see("Refund AR-0001 of £50.00 recorded").await?;
        money.adds_up(page, Said::HandOver(DRAWER, "50.00")).await?;
        page.press("link", "Partners").await?;
        page.row_ends_with("Pat Lee", &["0.00"]).await
    })
}

#[test]
fn a_partner_is_paid_and_only_what_is_payable() -> Result<()> {
    journey("pay-partner", WIDE, async |page| {
        steps::set_up(page).await?;
        page.press("link", "Partners").await?;
        add_partner(page).await?;
        earn(page).await?;

        page.press("link", "Partners").await?;
        page.press("button", "Actions for Pat Lee").await?;
        page.press("menuitem", "Pay Partner").await?;
        let dialog = page.within("dialog", "Pay Pat Lee");
        dialog.see("£4.17 is payable.").await?;
        page.fill("Amount", "4.18").await?;
        dialog.press("button", "Pay Partner").await?;
        dialog.see("£4.17").await?;
        page.fill("Amount", "4.00").await?;
        let money = page.money_before().await?;
        dialog.press("button", "Pay Partner").await?;
        page.see("£4.00 paid to Pat Lee in cash.").await?;
        money.moved(page, &[(DRAWER, -400)]).await?;
        page.row_ends_with("Pat Lee", &["0.17", "⋮"]).await?;

        // The ledger has both entries with the balance after each, the newest first.
        page.press("link", "Pat Lee").await?;
        page.find("heading", "Ledger of Pat Lee").await?;
        page.row_ends_with("Pays £4.00 to Pat Lee", &["–", "4.00", "–", "0.17", "⋮"]).await?;
        page.row_ends_with("AP-0001", &["4.17", "–", "–", "4.17"]).await?;
        let found = page.survey("partner-ledger").await?;
        ensure!(found.is_empty(), "{found:?}");

        // A payment by mistake is reversed: the money is back, and the commission is payable again.
        let before = page.entry_count().await?;
        let menu = page.within("table", "Ledger");
        let actions = menu.full_name("button", "Actions for ").await?;
        menu.press("button", &actions).await?;
        page.press("menuitem", "Reverse payment").await?;
        let dialog = page.within("dialog", "Reverse the payment of £4.00 to Pat Lee?");
        dialog.see("It was paid in cash. The money is back in Drawer A").await?;
        dialog.row_ends_with("Drawer A", &["46.00", "50.00"]).await?;
        dialog.row_ends_with("Commission payable to Pat Lee", &["0.17", "4.17"]).await?;
        dialog.press("button", "Reverse payment").await?;
        dialog.within("alert", "There is a problem").see("Enter the reason").await?;
        dialog.fill("Reason", "Wrong partner").await?;
        let money = page.money_before().await?;
        dialog.press_twice("button", "Reverse payment").await?;
        page.see("The payment of £4.00 to Pat Lee is reversed.").await?;
        ensure!(page.entry_count().await? == before + 1, "reversed once");
        money.moved(page, &[(DRAWER, 400)]).await?;
        page.row_ends_with("Takes a payment to Pat Lee back", &["–", "−4.00", "–", "4.17"]).await?;
        menu.lacks("button", &actions).await
    })
}
