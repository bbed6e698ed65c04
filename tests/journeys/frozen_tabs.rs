//! Frozen tabs: one that blocks the database, and one that is resumed after an hour.

use crate::steps;
use anyhow::{Context, Result, ensure};
use serde_json::json;
use tests::{Browser, WIDE, journey};

/// JavaScript that starts a database upgrade and keeps its transaction open with endless requests. Other tabs get no
/// `blocked` event, as they would from a tab that does not close its connection: their open requests wait in a queue.
const HOLD: &str = "(async () => {
    const [{name, version}] = await indexedDB.databases();
    const request = indexedDB.open(name, version + 1);
    request.onerror = event => event.preventDefault();
    await new Promise(started => {
        request.onupgradeneeded = () => {
            const held = request.transaction;
            const again = () => { held.objectStore('meta').count().onsuccess = again };
            again();
            window.release = () => { held.abort(); return true };
            started();
        };
    });
    return true })()";

/// JavaScript that records, in milliseconds since the page started, when the page first requests the database, shows
/// that the browser does not answer, and has opened the database.
const RECORD_TIMES: &str = "const at = window.at = {};
    const record = event => { at[event] ??= performance.now() };
    const open = indexedDB.open.bind(indexedDB);
    IDBFactory.prototype.open = (...args) => { record('requested'); return open(...args) };
    new MutationObserver(() => {
        const text = document.body?.textContent ?? '';
        if (text.includes('The browser did not open your data')) record('reported');
        if (text.includes('Mira Patel')) record('opened');
    }).observe(document, {subtree: true, childList: true, characterData: true});";

/// Within how many milliseconds of the request the page must report that the browser does not answer. From the start of
/// the page it may take twice as long: a start takes a quarter of a second, and longer on a busy machine, which is not
/// tested here.
const IN_TIME: f64 = 5_000.0;

#[test]
fn a_database_that_does_not_open_is_reported_in_time_and_opens_later() -> Result<()> {
    journey("hangs", WIDE, async |page| {
        steps::set_up(page).await?;
        steps::add_customer(page, "Mira Patel").await?;
        let waiting = page.tab().await?;
        let lines = page.entry_count().await?;
        let holding = page.new_tab().await?;
        page.go("/customers").await?;
        page.see("Mira Patel").await?;
        page.eval(HOLD).await?;
        freeze(page, true).await?;

        page.switch_to(&waiting).await?;
        page.cdp("Page.addScriptToEvaluateOnNewDocument", json!({"source": RECORD_TIMES})).await?;
        page.reload().await?;
        page.see("The browser did not open your data.").await?;
        page.see("Counterfoil opens by itself").await?;
        page.see("Counterfoil could not look at your data, and changed nothing in it.").await?;
        let (requested, reported) = (at(page, "requested").await?, at(page, "reported").await?);
        ensure!(
            reported - requested <= IN_TIME && reported <= 2.0 * IN_TIME,
            "requested at {requested} ms, reported at {reported} ms"
        );

        page.switch_to(&holding).await?;
        freeze(page, false).await?;
        page.eval("release()").await?;
        page.switch_to(&waiting).await?;
        page.find("heading", "Mira Patel").await?;
        ensure!(at(page, "reported").await? == reported, "the page was reloaded");
        ensure!(at(page, "opened").await? > reported, "the data was shown before the report");
        ensure!(page.entry_count().await? == lines, "something was lost or written");
        Ok(())
    })
}

/// JavaScript that stops messages to other tabs: a message may be lost, and a frozen tab receives none.
const NO_MESSAGES: &str = "(BroadcastChannel.prototype.postMessage = () => {}, true)";

/// JavaScript that advances the page's clock by an hour when the tab is frozen.
const FOR_AN_HOUR: &str = "(document.addEventListener('freeze', () => {
    const then = Date.now; Date.now = () => then() + 3_600_000 }), true)";

#[test]
fn a_tab_that_was_frozen_for_an_hour_is_locked_and_shows_new_entries_of_another_tab() -> Result<()> {
    journey("frozen", WIDE, async |page| {
        steps::set_up(page).await?;
        steps::add_customer(page, "Mira Patel").await?;
        let account = page.path().await?;
        steps::add_order(page).await?;
        page.go(&account).await?;
        page.see("Owes £120.00").await?;
        let frozen = page.tab().await?;
        page.eval(FOR_AN_HOUR).await?;
        freeze(page, true).await?;

        page.new_tab().await?;
        page.go(&account).await?;
        page.eval(NO_MESSAGES).await?;
        steps::pay_uncounted(page, "50.00").await?;

        page.switch_to(&frozen).await?;
        freeze(page, false).await?;
        let dialog = page.within("dialog", "Locked");
        dialog.fill("PIN", "4711").await?;
        dialog.press("button", "Unlock").await?;
        page.see("Owes £70.00").await?;
        steps::pay(page, "30.00").await?;
        page.see("Payment AP-0002").await?;
        page.go(&account).await?;
        page.see("Owes £40.00").await
    })
}

/// The recorded time of an event in the page, in milliseconds since the page started.
async fn at(page: &Browser, event: &str) -> Result<f64> {
    let time = page.eval(&format!("at.{event}")).await?;
    time.as_f64().with_context(|| format!("no time was recorded for {event}"))
}

/// Freezes or resumes the current tab.
async fn freeze(page: &Browser, frozen: bool) -> Result<()> {
    let state = if frozen { "frozen" } else { "active" };
    page.cdp("Page.setWebLifecycleState", json!({"state": state})).await
}
