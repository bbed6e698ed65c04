//! A plain file server, with the app below a path: deep links, reload, install, and a start without the server.

use crate::{steps, sync};
use anyhow::{Result, ensure};
use serde_json::json;
use std::process::Command;
use tests::{Browser, Driver, Server, Site, StaticHost, WIDE, books_dist, dist, workspace};

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

#[test]
fn counters_whose_page_a_plain_file_server_serves_exchange_with_an_endpoint_elsewhere() -> Result<()> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
        let (site, data) = (Site::copy()?, tempfile::tempdir()?);
        let host = StaticHost::start(site.folder().to_owned(), "/").await?;
        let (at, pages) = (data.path().to_owned(), host.address().to_owned());
        let server = Server::start_for(dist()?, Some(at), Some(pages)).await?;
        name_endpoint(&site, &server.address())?;
        let driver = Driver::start().await?;
        let profiles = [tempfile::tempdir()?, tempfile::tempdir()?];
        let till = Browser::open(&driver, profiles[0].path(), host.address(), WIDE).await?;
        let workshop = Browser::open(&driver, profiles[1].path(), host.address(), WIDE).await?;
        let exchanged = exchange(&till, &workshop, &server).await;
        for page in [till, workshop] {
            if exchanged.is_err() { page.quit().await? } else { page.close().await? }
        }
        exchanged
    })
}

/// Writes the address of the endpoint into the pages of a site.
pub fn name_endpoint(site: &Site, address: &str) -> Result<()> {
    let mut connect = Command::new("cargo");
    connect.args(["run", "--quiet", "--package", "xtask", "--", "connect", "--endpoint", address]);
    let connected = connect.arg("--dist").arg(site.folder()).current_dir(workspace()).status()?;
    ensure!(connected.success(), "{connect:?}");
    Ok(())
}

async fn exchange(till: &Browser, workshop: &Browser, server: &Server) -> Result<()> {
    steps::part_paid(till).await?;
    till.go("/settings/counters").await?;
    till.see(&server.address()).await?;
    till.fill("Set-up code", server.setup_code()?).await?;
    till.press("button", "Connect this shop").await?;
    till.see("Last exchange").await?;
    // The page of an invite is at the file server.
    let code = sync::invite(till).await?;
    // The host answers an unknown address with status 404 and the page; the browser logs the status.
    workshop.expect_console(&["/setup#"]);
    sync::join(workshop, &code, "B").await?;
    steps::find_customer(workshop, "Mira Patel").await?;
    workshop.see("Owes £70.00").await?;
    steps::pay_uncounted(workshop, "20.00").await?;
    steps::find_customer(till, "Mira Patel").await?;
    till.see("Owes £50.00").await?;
    // The page starts without the host, and the policy that names the endpoint is a part of what is cached.
    till.offline_ready().await
}
