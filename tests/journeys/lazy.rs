//! The Wasm parts that are loaded after the first screen.

use anyhow::{Result, ensure};
use serde_json::{Value, json};
use tests::{Browser, WIDE, journey};

/// JavaScript that is true when the Wasm was split; a development build is not.
const IS_SPLIT: &str = "document.querySelector('link[href*=counterfoil-lazy-]') !== null";

#[test]
fn a_part_that_fails_to_load_is_reported_and_loads_on_try_again() -> Result<()> {
    journey("lazy", WIDE, async |page| {
        page.cdp("Network.enable", json!({})).await?;
        block(page, &["*counterfoil-lazy-*.wasm"]).await?;
        page.expect_console(&["counterfoil-lazy-", "TypeError"]);
        page.go("/").await?;
        if page.eval(IS_SPLIT).await? == Value::Bool(false) {
            return Ok(());
        }
        page.press("button", "Try the example shop").await?;
        page.see("Nothing was recorded. This part of the app could not be loaded").await?;

        block(page, &[]).await?;
        page.press("button", "Try the example shop").await?;
        page.see("EXAMPLE").await?;

        // The part that opens the book is there, the one with the other screens is not.
        page.cdp("Network.setBypassServiceWorker", json!({"bypass": true})).await?;
        page.cdp("Network.clearBrowserCache", json!({})).await?;
        block(page, &["*counterfoil-lazy-rest-*.wasm"]).await?;
        page.reload().await?;
        page.see("EXAMPLE").await?;
        page.press("link", "Customers").await?;
        page.see("This part of the app could not be loaded").await?;
        let found = page.survey("lazy").await?;
        ensure!(found.is_empty(), "{found:?}");
        block(page, &[]).await?;
        page.press("button", "Try again").await?;
        page.find("heading", "Customers").await.map(drop)
    })
}

async fn block(page: &Browser, addresses: &[&str]) -> Result<()> {
    page.cdp("Network.setBlockedURLs", json!({"urls": addresses})).await
}
