//! Making the app one of the device's own: offered where the browser can, explained where somebody has to do it.

use crate::steps;
use anyhow::{Result, ensure};
use serde_json::json;
use tests::{Browser, NARROW, WIDE, journey};

const PHONE: &str = "Mozilla/5.0 (iPhone; CPU iPhone OS 26_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Mobile/15E148 Safari/604.1";
const TABLET: &str = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Safari/605.1.15";

/// Keeps what the real browser offers by itself, and when it likes, from the app.
async fn no_real_offer(page: &Browser) -> Result<()> {
    let source = "addEventListener('beforeinstallprompt', event => {
        if (event.isTrusted) event.stopImmediatePropagation() }, true)";
    page.cdp("Page.addScriptToEvaluateOnNewDocument", json!({"source": source})).await
}

/// Lets the tab in front say that it is another browser.
async fn pretend(page: &Browser, agent: &str, platform: &str) -> Result<()> {
    no_real_offer(page).await?;
    page.cdp("Emulation.setUserAgentOverride", json!({"userAgent": agent, "platform": platform})).await
}

#[test]
fn where_only_a_person_can_install_it_the_app_says_how() -> Result<()> {
    for (name, agent, platform) in [("phone", PHONE, "iPhone"), ("tablet", TABLET, "MacIntel")] {
        journey(&format!("install-{name}"), NARROW, async |page| {
            pretend(page, agent, platform).await?;
            page.go("/").await?;
            page.see("choose Add to Home Screen, and continue there").await?;
            let found = page.survey(&format!("install-{name}")).await?;
            ensure!(found.is_empty(), "{found:?}");
            steps::set_up(page).await?;
            page.go("/settings").await?;
            page.see("save a backup here first, and open it there").await?;
            // On the Home Screen there is nothing left to explain.
            let there = json!({"source": "Object.defineProperty(navigator, 'standalone', {value: true})"});
            page.cdp("Page.addScriptToEvaluateOnNewDocument", there).await?;
            page.reload().await?;
            page.find("button", "Save a backup").await?;
            page.see_no("Add to Home Screen").await
        })?;
    }
    Ok(())
}

/// A browser's offer; what it is asked for is noted.
const OFFER: &str = "(() => {
    const offer = new Event('beforeinstallprompt', {cancelable: true});
    offer.prompt = () => { window.asked = (window.asked ?? 0) + 1 };
    return !dispatchEvent(offer) })()";

#[test]
fn where_the_browser_can_install_it_a_button_asks_for_it() -> Result<()> {
    journey("install-offer", WIDE, async |page| {
        no_real_offer(page).await?;
        steps::set_up(page).await?;
        page.press("link", "Settings").await?;
        page.find("button", "Save a backup").await?;
        ensure!(!page.has("button", "Install Counterfoil").await?, "nothing was offered yet");
        ensure!(page.eval(OFFER).await? == true, "the browser would ask by itself");
        page.press("button", "Install Counterfoil").await?;
        ensure!(page.eval("window.asked").await? == 1, "the browser was not asked");
        page.eval("dispatchEvent(new Event('appinstalled'))").await?;
        page.lacks("button", "Install Counterfoil").await
    })
}
