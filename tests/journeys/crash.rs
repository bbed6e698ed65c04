//! The browser, or the tab, ends in the middle of twenty presses: what said “recorded” is there, and nothing twice.

use crate::steps;
use anyhow::{Result, ensure};
use tests::{Browser, Journey, WIDE, journey};

/// After how many payments it ends.
const ENDS: [usize; 4] = [1, 4, 9, 20];

#[test]
fn what_said_recorded_survives_a_killed_browser() -> Result<()> {
    survives("crash", async |page, account| {
        half_a_press(page, account).await?;
        page.kill().await?;
        page.come_back().await
    })
}

#[test]
fn what_said_recorded_survives_a_crashed_tab() -> Result<()> {
    survives("crash-tab", async |page, account| {
        let spare = page.tab().await?;
        page.new_tab().await?;
        half_a_press(page, account).await?;
        page.crash().await;
        page.show(&spare).await
    })
}

/// Presses and presses; what `ends` the page in the middle of a press leaves another to go on in.
fn survives(name: &str, mut ends: impl AsyncFnMut(&mut Journey, &str) -> Result<()>) -> Result<()> {
    journey(name, WIDE, async |page| {
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
            ends(page, &account).await?;
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
