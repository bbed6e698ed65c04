//! A new version waits until the user applies it, and a broken upload never becomes active.

use crate::steps;
use anyhow::{Result, ensure};
use tests::{Browser, Site, WIDE, journey_on, until};

#[test]
fn a_new_version_is_applied_only_in_the_tab_that_requested_it() -> Result<()> {
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
        check_for_update(page).await?;
        page.find("button", "Update ready").await?;
        page.reload().await?;
        ensure!(cached_versions(page).await?.len() == 2, "a plain reload applied the new version");
        page.press("button", "Update ready").await?;
        until("only the new version in the cache", async || {
            Ok((cached_versions(page).await? == ["counterfoil / the next one"]).then_some(()))
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
fn a_broken_upload_leaves_the_old_version_active() -> Result<()> {
    let site = Site::copy()?;
    journey_on(site.folder(), "update-broken", WIDE, async |page| {
        steps::set_up(page).await?;
        page.offline_ready().await?;
        let old = cached_versions(page).await?;
        let truncated = site.truncate_wasm()?;
        // The browser logs the file whose hash is wrong.
        page.expect_console(&["integrity"]);
        site.publish("a broken one")?;
        check_for_update(page).await?;
        until("the broken version to be refused", async || {
            let left = page.eval(&registered("!r.installing && !r.waiting")).await?;
            Ok((left == true).then_some(()))
        })
        .await?;
        ensure!(cached_versions(page).await? == old, "the files of the old version changed");
        page.reload().await?;
        page.see("Harbour Cycles").await?;

        truncated.restore()?;
        check_for_update(page).await?;
        page.see("Update ready").await
    })
}

/// Makes the worker check for a new version, as it does by itself every hour.
pub async fn check_for_update(page: &Browser) -> Result<()> {
    page.eval(&registered("r.update().then(() => true, () => false)")).await.map(drop)
}

fn registered(then: &str) -> String {
    format!("navigator.serviceWorker.getRegistration().then(r => {then})")
}

/// The versions whose files are cached on this device.
async fn cached_versions(page: &Browser) -> Result<Vec<String>> {
    let names = page.eval("caches.keys()").await?;
    let names = names.as_array().map(Vec::as_slice).unwrap_or_default();
    Ok(names.iter().filter_map(|name| name.as_str().map(str::to_owned)).collect())
}
