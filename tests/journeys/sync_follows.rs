//! The owner moves the shop to a second endpoint of another address. The pages are on another host, whose operator then names the new
//! endpoint: every counter follows with what it could not send, and a copy of the book says where the shop is.

use crate::hosting::name_endpoint;
use crate::sync::{exchanged, invite, invite_reader, join, sorted_lines};
use crate::sync_devices::counterfoil_says;
use crate::update::check_for_update;
use crate::{backup, steps};
use anyhow::{Context, Result, ensure};
use std::fs;
use std::path::Path;
use std::process::Command;
use tests::{Browser, Driver, Server, Site, StaticHost, WIDE, counterfoil, dist};

#[test]
fn counters_follow_a_shop_to_an_endpoint_of_another_address_and_go_on() -> Result<()> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
        let (site, data) = (Site::copy()?, tempfile::tempdir()?);
        let host = StaticHost::start(site.folder().to_owned(), "/").await?;
        let [from, to] = ["old", "new"].map(|name| data.path().join(name));
        let pages = Some(host.address().to_owned());
        let old = Server::start_for(dist()?, Some(from.clone()), pages.clone()).await?;
        let new = Server::start_for(dist()?, Some(to.clone()), pages).await?;
        name_endpoint(&site, &old.address())?;
        let driver = Driver::start().await?;
        let profiles = [tempfile::tempdir()?, tempfile::tempdir()?];
        let till = Browser::open(&driver, profiles[0].path(), host.address(), WIDE).await?;
        let workshop = Browser::open(&driver, profiles[1].path(), host.address(), WIDE).await?;
        for page in [&till, &workshop] {
            // The host answers an unknown address with status 404 and the page; the old endpoint takes no more entries.
            page.expect_console(&["404 (Not Found)", "410 (Gone)", "ERR_INCOMPLETE_CHUNKED_ENCODING"]);
            page.expect_console(&["ERR_CONNECTION_REFUSED", "ERR_CONNECTION_RESET", "401 (Unauthorized)"]);
        }
        let mut places = Places { site, old, new, from, to };
        let outcome = moves(&till, &workshop, &mut places).await;
        for page in [till, workshop] {
            if outcome.is_err() { page.quit().await? } else { page.close().await? }
        }
        outcome
    })
}

/// The pages, and two endpoints with the folders of their data.
struct Places {
    site: Site,
    old: Server,
    new: Server,
    from: std::path::PathBuf,
    to: std::path::PathBuf,
}

async fn moves(till: &Browser, workshop: &Browser, places: &mut Places) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let book = folder.path().join("book.jsonl");
    steps::part_paid(till).await?;
    till.go("/settings/counters").await?;
    till.fill("Set-up code", places.old.setup_code()?).await?;
    till.press("button", "Connect this shop").await?;
    till.see("Last exchange").await?;
    join(workshop, &invite(till).await?, "B").await?;
    counterfoil_says(&["journal", "pull", "--invite", &invite_reader(till).await?], &book)?;
    for page in [till, workshop] {
        page.offline_ready().await?;
        exchanged(page).await?;
    }

    let address = places.new.address();
    let said = format!("The owner has moved this shop to {address}.");
    till.go("/settings/counters").await?;
    till.fill("Address of the new server", &address).await?;
    till.press("button", "Move to this server").await?;
    till.within("dialog", "Move the shop to another server?").press("button", "Move to this server").await?;
    for page in [till, workshop] {
        page.see(&said).await?;
    }
    // It stays here until the new server has the shop.
    pays(workshop, "10.00").await?;
    workshop.go("/settings/counters").await?;
    workshop.see("Moved to another server · 1 to send").await?;
    let told = Command::new(counterfoil()?).args(["journal", "pull"]).arg(&book).output()?;
    let error = String::from_utf8(told.stderr)?;
    ensure!(told.status.code() == Some(1) && error.contains(&address), "{:?} {error}", told.status);

    carried_over(places, &book).await?;
    for page in [till, workshop] {
        check_for_update(page).await?;
        page.press("button", "Update ready").await?;
        // The page is another one then, which names the new server.
        page.see("Last exchange").await?;
    }
    pays(till, "20.00").await?;
    for page in [till, workshop] {
        exchanged(page).await?;
        steps::find_customer(page, "Mira Patel").await?;
        page.see("Owes £40.00").await?;
    }
    let copied = folder.path().join("new.jsonl");
    counterfoil_says(&["journal", "pull", "--invite", &invite_reader(till).await?], &copied)?;
    counterfoil_says(&["journal", "verify"], &copied)?;
    let saved = sorted_lines(&backup::save(till, folder.path()).await?)?;
    ensure!(saved == sorted_lines(&copied)?, "the copy differs from the backup");
    Ok(())
}

/// The operators copy the shop, start the new endpoint, and name it in the pages.
async fn carried_over(places: &mut Places, book: &Path) -> Result<()> {
    let text = fs::read_to_string(book)?;
    let (_, rest) = text.split_once("\"shop\":\"").context("a line")?;
    let shop = rest.split('"').next().context("the id of a shop")?;
    places.old.stop().await?;
    places.new.stop().await?;
    let mut copy = Command::new(counterfoil()?);
    copy.args(["serve", "move", "--shop", shop, "--from"]).arg(&places.from).arg("--to").arg(&places.to);
    let copied = copy.output()?;
    ensure!(copied.status.success(), "{}", String::from_utf8_lossy(&copied.stderr));
    places.new.resume().await?;
    name_endpoint(&places.site, &places.new.address())
}

async fn pays(page: &Browser, amount: &str) -> Result<()> {
    steps::find_customer(page, "Mira Patel").await?;
    steps::pay_uncounted(page, amount).await
}
