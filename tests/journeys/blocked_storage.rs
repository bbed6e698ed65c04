//! A browser that stores nothing for this site: the app says so, instead of seeming to work.

use anyhow::{Result, ensure};
use serde_json::json;
use std::fs;
use std::path::Path;
use tests::{Browser, Driver, Server, WIDE};

/// Writes browser settings that block all site data.
fn block_site_data(profile: &Path) -> Result<()> {
    let blocked = json!({"profile": {"default_content_setting_values": {"cookies": 2}}});
    fs::create_dir_all(profile.join("Default"))?;
    Ok(fs::write(profile.join("Default").join("Preferences"), blocked.to_string())?)
}

#[test]
fn a_browser_that_blocks_all_site_data_gets_an_explanation() -> Result<()> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
        let (driver, server) = (Driver::start().await?, Server::start(tests::dist()?).await?);
        let profile = tempfile::tempdir()?;
        block_site_data(profile.path())?;
        let page = Browser::open(&driver, profile.path(), &server.address(), WIDE).await?;
        let walked = walk(&page).await;
        if walked.is_err() { page.quit().await.and(walked) } else { page.close().await }
    })
}

async fn walk(page: &Browser) -> Result<()> {
    // The worker is refused too, and the page reports that in the console.
    page.expect_console(&["The user denied permission to use Service Worker"]);
    page.go("/").await?;
    page.see("Allow cookies and site data for this site in the browser’s settings").await?;
    page.see_no("changed nothing in it").await?;
    let found = page.survey("forbidden").await?;
    ensure!(found.is_empty(), "{found:?}");
    page.press("button", "Try again").await?;
    page.see("Allow cookies and site data for this site in the browser’s settings").await
}
