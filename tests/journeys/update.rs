//! A new version waits until it is asked for, and a broken one never takes over.

use crate::steps;
use anyhow::{Result, ensure};
use tests::{Browser, Site, WIDE, journey_on, until};

#[test]
fn a_new_version_waits_for_the_open_form_and_moves_only_the_tab_that_asked() -> Result<()> {
    let site = Site::copy()?;
    journey_on(site.folder(), "update", WIDE, async |page| {
        steps::set_up(page).await?;
        page.offline_ready().await?;
        page.go("/customers/new").await?;
        page.fill("Name", "Mira Patel").await?;
        let form = page.tab().await?;
        page.new_tab().await?;
        page.go("/counter").await?;

        site.publish("the next one")?;
        look_for_news(page).await?;
        page.find("button", "Update ready").await?;
        page.reload().await?;
        ensure!(running(page).await?.len() == 2, "a plain reload moves nobody");
        page.press("button", "Update ready").await?;
        until("the new version alone", async || {
            Ok((running(page).await? == ["counterfoil / the next one"]).then_some(()))
        })
        .await?;
        page.see("Harbour Cycles").await?;

        page.switch_to(&form).await?;
        page.holds("Name", "Mira Patel").await?;
        page.see("Update ready").await?;
        page.press("button", "Add Customer").await?;
        page.find("heading", "Mira Patel").await.map(drop)
    })
}

#[test]
fn a_broken_upload_leaves_the_old_version_in_charge() -> Result<()> {
    let site = Site::copy()?;
    journey_on(site.folder(), "update-broken", WIDE, async |page| {
        steps::set_up(page).await?;
        page.offline_ready().await?;
        let old = running(page).await?;
        let truncated = site.truncate_wasm()?;
        // The browser itself tells of the file whose hash is wrong.
        page.expect_console(&["integrity"]);
        site.publish("a broken one")?;
        look_for_news(page).await?;
        until("the broken version to be refused", async || {
            let left = page.eval(&registered("!r.installing && !r.waiting")).await?;
            Ok((left == true).then_some(()))
        })
        .await?;
        ensure!(running(page).await? == old, "the old files were touched");
        page.reload().await?;
        page.see("Harbour Cycles").await?;

        truncated.restore()?;
        look_for_news(page).await?;
        page.see("Update ready").await
    })
}

/// Asks the worker to look for a new version, as it does by itself every hour.
async fn look_for_news(page: &Browser) -> Result<()> {
    page.eval(&registered("r.update().then(() => true, () => false)")).await.map(drop)
}

fn registered(then: &str) -> String {
    format!("navigator.serviceWorker.getRegistration().then(r => {then})")
}

/// The versions whose files are on this device.
async fn running(page: &Browser) -> Result<Vec<String>> {
    let names = page.eval("caches.keys()").await?;
    let names = names.as_array().map(Vec::as_slice).unwrap_or_default();
    Ok(names.iter().filter_map(|name| name.as_str().map(str::to_owned)).collect())
}
