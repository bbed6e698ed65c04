//! A plain file server, with the app below a path: deep links, reload, install, and a start without the server.

use anyhow::{Result, ensure};
use serde_json::json;
use tests::{Browser, Driver, StaticHost, WIDE, books_dist};

const DEEP: &str = "/books/customers/01990000-0000-7000-8000-000000000000";
const NOT_THERE: &str = "01990000-0000-7000-8000-000000000000 - Failed to load resource: the server responded with a status of 404";

#[test]
fn a_plain_file_server_below_a_path_is_enough() -> Result<()> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
        let mut host = StaticHost::start(books_dist()?, "/books/").await?;
        let driver = Driver::start().await?;
        let profile = tempfile::tempdir()?;
        let page = Browser::open(&driver, profile.path(), host.address(), WIDE).await?;
        let walked = walk(&page, &mut host).await;
        if walked.is_err() { page.quit().await.and(walked) } else { page.close().await }
    })
}

#[allow(clippy::indexing_slicing, reason = "a JSON value that lacks the index reads as null")]
async fn walk(page: &Browser, host: &mut StaticHost) -> Result<()> {
    // The host answers an unknown address with status 404 and the page; the browser logs the status.
    page.expect_console(&[NOT_THERE]);
    page.go(DEEP).await?;
    page.find("button", "Set up this shop").await?;
    page.offline_ready().await?;

    page.go("/books/").await?;
    page.find("button", "Set up this shop").await?;
    let manifest = page.cdp_value("Page.getAppManifest", json!({})).await?;
    ensure!(manifest["errors"] == json!([]), "{manifest}");
    ensure!(manifest["manifest"]["id"].as_str().is_some_and(|id| id.ends_with("/books/")), "{manifest}");
    let errors = page.cdp_value("Page.getInstallabilityErrors", json!({})).await?;
    ensure!(errors["installabilityErrors"] == json!([]), "{errors}");

    host.stop().await;
    for path in ["/books/", DEEP, "/books/orders/new"] {
        page.go(path).await?;
        page.find("button", "Set up this shop").await?;
        ensure!(
            page.path().await?.starts_with("/books/"),
            "left the path of the app: {}",
            page.path().await?
        );
        ensure!(
            page.eval("[...document.links].every(link => link.pathname.startsWith('/books/'))").await?
                == true
        );
    }
    Ok(())
}
