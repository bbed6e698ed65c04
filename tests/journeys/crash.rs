//! The browser ends in the middle of twenty presses: what said “recorded” is there, and nothing twice.

use crate::steps;
use anyhow::{Result, ensure};
use tests::{Browser, WIDE, journey};

/// After how many payments the browser is ended.
const ENDS: [usize; 4] = [1, 4, 9, 20];

#[test]
fn what_said_recorded_survives_a_killed_browser() -> Result<()> {
    journey("crash", WIDE, async |page| {
        steps::set_up(page).await?;
        steps::add_customer(page, "Mira Patel").await?;
        let account = page.path().await?;
        let mut recorded = 0;
        for end in ENDS {
            while recorded < end {
                recorded += 1;
                page.go(&format!("{account}/pay")).await?;
                page.fill("Amount", "1.00").await?;
                page.press("button", "Apply Payment").await?;
                page.see(&format!("Payment AP-{recorded:04} of £1.00 recorded")).await?;
            }
            let lines = page.lines().await?;
            half_a_press(page, &account).await?;
            page.kill().await?;
            page.come_back().await?;
            page.go(&account).await?;
            page.see("Available credit").await?;
            let after = page.lines().await?;
            ensure!(after == lines || after == lines + 1, "{lines} lines before, {after} after");
            recorded += usize::try_from(after - lines)?;
            page.see(&format!("Available credit £{recorded}.00")).await?;
        }
        Ok(())
    })
}

/// Presses and does not wait.
async fn half_a_press(page: &Browser, account: &str) -> Result<()> {
    page.go(&format!("{account}/pay")).await?;
    page.fill("Amount", "1.00").await?;
    page.press("button", "Apply Payment").await
}
