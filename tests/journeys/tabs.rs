//! Two tabs of one book.

use crate::steps;
use anyhow::Result;
use tests::{WIDE, journey};

#[test]
fn each_tab_sees_what_the_other_recorded() -> Result<()> {
    journey("tabs", WIDE, async |page| {
        steps::set_up(page).await?;
        steps::add_customer(page, "Mira Patel").await?;
        steps::add_order(page).await?;
        let first = page.tab().await?;
        let order = page.path().await?;

        let second = page.new_tab().await?;
        page.go(&order).await?;
        steps::pay(page, "50.00").await?;

        page.show(&first).await?;
        page.see("£70.00").await?;
        steps::pay(page, "30.00").await?;
        page.see("Payment AP-0002").await?;

        page.show(&second).await?;
        page.press("link", "Back to order AI-0001").await?;
        page.see("£40.00").await
    })
}
