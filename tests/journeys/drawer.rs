//! *Drawer and banks*: what should be in the drawer, a count that differs and one that agrees, money taken to the bank and a
//! float brought back.

use crate::steps;
use anyhow::Result;
use tests::{BANK, DRAWER, WIDE, journey};

#[test]
fn the_drawer_is_counted_and_money_is_taken_to_the_bank() -> Result<()> {
    journey("drawer", WIDE, async |page| {
        steps::part_paid(page).await?;
        page.press("link", "Drawer and banks").await?;
        page.row_ends_with("Drawer A", &["50.00"]).await?;

        // 2.00 are missing.
        page.press("button", "Record the count").await?;
        page.see("Enter the amount, like 12.50").await?;
        page.fill("Cash counted", "£48.00").await?;
        page.see("Drawer A 50.00 → 48.00").await?;
        let money = page.money_before().await?;
        page.press_twice("button", "Record the count").await?;
        page.see("£48.00 counted: £2.00 less than recorded.").await?;
        money.moved(page, &[(DRAWER, -200)]).await?;

        // What was counted is what is expected now.
        page.fill("Cash counted", "48").await?;
        let money = page.money_before().await?;
        page.press("button", "Record the count").await?;
        page.see("£48.00 counted. It agrees.").await?;
        money.moved(page, &[]).await?;

        // To the bank, which takes a fee.
        page.choose("To", "Drawer A").await?;
        page.press("button", "Move money").await?;
        page.see("Choose another account").await?;
        page.choose("To", "Bank").await?;
        page.fill("Amount", "40").await?;
        page.fill("Bank fee", "1.50").await?;
        page.see("Drawer A 48.00 → 6.50").await?;
        let money = page.money_before().await?;
        page.press("button", "Move money").await?;
        page.see("£40.00 moved from Drawer A to Bank.").await?;
        money.moved(page, &[(DRAWER, -4_150), (BANK, 4_000)]).await?;

        // More than there is: a warning, and no refusal, because the drawer knows better.
        page.fill("Amount", "6.51").await?;
        page.see("Drawer A would hold less than nothing.").await?;

        // A float comes back.
        page.choose("From", "Bank").await?;
        page.choose("To", "Drawer A").await?;
        page.fill("Amount", "30.00").await?;
        let money = page.money_before().await?;
        page.press("button", "Move money").await?;
        page.see("£30.00 moved from Bank to Drawer A.").await?;
        money.moved(page, &[(DRAWER, 3_000), (BANK, -3_000)]).await?;
        page.row_ends_with("Bank", &["10.00"]).await?;

        // A refund of more cash than there is warns, too.
        steps::find_customer(page, "Mira Patel").await?;
        page.press("link", "AI-0001").await?;
        steps::fill_refund_step_one(page).await?;
        page.press("button", "Same as now").await?;
        page.row_ends_with("Drawer A", &["36.50", "−13.50"]).await?;
        page.see("Drawer A would hold less than nothing.").await
    })
}
