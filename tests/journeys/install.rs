//! Installing the app: offered where the browser supports it, explained where the user must use a menu.

use crate::steps;
use anyhow::{Result, ensure};
use serde_json::json;
use tests::{Browser, NARROW, WIDE, journey};

const PHONE: &str = "Mozilla/5.0 (iPhone; CPU iPhone OS 26_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Mobile/15E148 Safari/604.1";
const TABLET: &str = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Safari/605.1.15";

/// Blocks the real browser's install events, whose timing is not known.
async fn block_real_offers(page: &Browser) -> Result<()> {
    let source = "addEventListener('beforeinstallprompt', event => {
        if (event.isTrusted) event.stopImmediatePropagation() }, true)";
    page.cdp("Page.addScriptToEvaluateOnNewDocument", json!({"source": source})).await
}

/// Makes the current tab identify as another browser.
async fn imitate(page: &Browser, agent: &str, platform: &str) -> Result<()> {
    block_real_offers(page).await?;
    page.cdp("Emulation.setUserAgentOverride", json!({"userAgent": agent, "platform": platform})).await
}

#[test]
fn the_app_explains_how_to_install_it_from_the_share_menu() -> Result<()> {
    for (name, agent, platform) in [("phone", PHONE, "iPhone"), ("tablet", TABLET, "MacIntel")] {
        journey(&format!("install-{name}"), NARROW, async |page| {
            imitate(page, agent, platform).await?;
            page.go("/").await?;
            page.see("choose Add to Home Screen, and continue there").await?;
            let found = page.survey(&format!("install-{name}")).await?;
            ensure!(found.is_empty(), "{found:?}");
            steps::set_up(page).await?;
            page.go("/settings/backup").await?;
            page.see("save a backup here first, and open it there").await?;
            // The installed app shows no instructions.
            let there = json!({"source": "Object.defineProperty(navigator, 'standalone', {value: true})"});
            page.cdp("Page.addScriptToEvaluateOnNewDocument", there).await?;
            page.reload().await?;
            page.find("button", "Save a backup").await?;
            page.see_no("Add to Home Screen").await
        })?;
    }
    Ok(())
}

/// JavaScript that fires an install event and counts the calls of its prompt.
const OFFER: &str = "(() => {
    const offer = new Event('beforeinstallprompt', {cancelable: true});
    offer.prompt = () => { window.prompted = (window.prompted ?? 0) + 1 };
    return !dispatchEvent(offer) })()";

#[test]
fn a_button_installs_the_app_where_the_browser_supports_it() -> Result<()> {
    journey("install-offer", WIDE, async |page| {
        block_real_offers(page).await?;
        steps::set_up(page).await?;
        page.press("link", "Settings").await?;
        page.press("link", "Backup").await?;
        page.find("button", "Save a backup").await?;
        ensure!(!page.has("button", "Install Counterfoil").await?, "the button is shown before the offer");
        ensure!(page.eval(OFFER).await? == true, "the browser would show its own prompt");
        page.press("button", "Install Counterfoil").await?;
        ensure!(page.eval("window.prompted").await? == 1, "the browser's prompt was not called");
        page.eval("dispatchEvent(new Event('appinstalled'))").await?;
        page.lacks("button", "Install Counterfoil").await
    })
}
