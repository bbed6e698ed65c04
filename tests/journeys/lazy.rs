//! The part of the program that a first visit does not wait for.

use anyhow::{Result, ensure};
use serde_json::{Value, json};
use tests::{Browser, WIDE, journey};

/// Whether the program was built in parts; a development build is one.
const PARTED: &str = "document.querySelector('link[href*=counterfoil-lazy-]') !== null";

#[test]
fn a_part_that_did_not_come_says_so_and_comes_when_asked_again() -> Result<()> {
    journey("lazy", WIDE, async |page| {
        page.cdp("Network.enable", json!({})).await?;
        block(page, &["*counterfoil-lazy-*.wasm"]).await?;
        page.provokes(&["counterfoil-lazy-", "TypeError"]);
        page.go("/").await?;
        if page.read(PARTED).await? == Value::Bool(false) {
            return Ok(());
        }
        page.press("button", "Try the example shop").await?;
        page.see("Nothing was recorded. This part of the app could not be fetched").await?;

        block(page, &[]).await?;
        page.press("button", "Try the example shop").await?;
        page.see("EXAMPLE").await?;
        page.press("link", "Customers").await?;
        page.see("This part of the app could not be fetched").await?;
        let found = page.survey("lazy").await?;
        ensure!(found.is_empty(), "{found:?}");
        page.press("button", "Try again").await?;
        page.find("heading", "Customers").await.map(drop)
    })
}

async fn block(page: &Browser, addresses: &[&str]) -> Result<()> {
    page.cdp("Network.setBlockedURLs", json!({"urls": addresses})).await
}
