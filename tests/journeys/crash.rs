//! The browser or the tab crashes during twenty payments, or as soon as the page says “recorded”: each payment that was
//! confirmed is stored, and none is stored twice.

use crate::steps;
use anyhow::{Result, ensure};
use serde_json::json;
use tests::{Browser, DRAWER, Journey, Said, WIDE, journey};

/// The numbers of payments after which it crashes.
const CRASHES: [usize; 4] = [1, 4, 9, 20];

#[test]
fn confirmed_payments_survive_a_killed_browser() -> Result<()> {
    survives("crash", async |page, account| {
        submit_without_waiting(page, account).await?;
        page.kill().await?;
        page.reopen().await
    })
}

#[test]
fn confirmed_payments_survive_a_crashed_tab() -> Result<()> {
    survives("crash-tab", async |page, account| {
        let spare = page.tab().await?;
        page.new_tab().await?;
        submit_without_waiting(page, account).await?;
        page.crash_tab().await;
        page.switch_to(&spare).await
    })
}

/// Records payments; `crash` ends the page during a payment and leaves another page as the current one.
fn survives(name: &str, mut crash: impl AsyncFnMut(&mut Journey, &str) -> Result<()>) -> Result<()> {
    journey(name, WIDE, async |page| {
        steps::set_up(page).await?;
        steps::add_customer(page, "Mira Patel").await?;
        let account = page.path().await?;
        // Not counted again before the crash: the store would answer after the payment was written, which makes the crash
        // harmless.
        let start = page.entry_count().await?;
        let money = page.money_before().await?;
        let mut recorded = 0;
        for end in CRASHES {
            while recorded < end {
                recorded += 1;
                page.go(&format!("{account}/pay")).await?;
                page.fill("Amount", "1.00").await?;
                page.press("button", "Apply Payment").await?;
                page.see(&format!("Payment AP-{recorded:04} of £1.00 recorded")).await?;
            }
            crash(page, &account).await?;
            page.go(&account).await?;
            page.see("Available credit").await?;
            let after = usize::try_from(page.entry_count().await? - start)?;
            ensure!(after == recorded || after == recorded + 1, "{recorded} recorded before, {after} after");
            recorded = after;
            page.see(&format!("Available credit £{recorded}.00")).await?;
        }
        money.adds_up(page, Said::Take(DRAWER, &format!("{recorded}.00"))).await
    })
}

/// JavaScript that makes the page submit on a message, and then block for ever as soon as it says “recorded”, so that
/// nothing it does later can help. Its last message contains the confirmation, how many write transactions were complete
/// and how many were not, and whether all of them had strict durability.
const STOP_AT_CONFIRMATION: &str = "(() => {
    const channel = new BroadcastChannel('crash');
    const begun = [];
    const begin = IDBDatabase.prototype.transaction;
    IDBDatabase.prototype.transaction = function (...args) {
        const tx = begin.apply(this, args);
        if (tx.mode === 'readwrite') {
            begun.push(tx);
            tx.addEventListener('complete', () => { tx.isComplete = true });
        }
        return tx;
    };
    new MutationObserver(() => {
        const confirmation = document.body.innerText.match(/Payment AP-\\d+ of \\S+ recorded/)?.[0];
        if (!confirmation) return;
        const complete = begun.filter(tx => tx.isComplete).length;
        const strict = begun.every(tx => tx.durability === 'strict');
        channel.postMessage({confirmation, complete, open: begun.length - complete, strict});
        for (;;);
    }).observe(document, {subtree: true, childList: true, characterData: true});
    channel.onmessage = () => {
        [...document.querySelectorAll('button')].find(each => each.innerText.includes('Apply Payment')).click() };
    return true })()";

/// JavaScript that makes the other page submit, and resolves to its last message.
const LAST_MESSAGE: &str = "new Promise(resolve => {
    const channel = new BroadcastChannel('crash');
    channel.onmessage = ({data}) => resolve(data);
    channel.postMessage('submit') })";

#[test]
fn a_payment_is_on_disk_when_the_page_says_recorded() -> Result<()> {
    journey("crash-word", WIDE, async |page| {
        steps::set_up(page).await?;
        steps::add_customer(page, "Mira Patel").await?;
        let account = page.path().await?;
        let money = page.money_before().await?;
        for recorded in 1..=5 {
            page.go("/icon.svg").await?;
            let observer = page.tab().await?;
            page.new_tab().await?;
            page.go(&format!("{account}/pay")).await?;
            page.fill("Amount", "1.00").await?;
            page.eval(STOP_AT_CONFIRMATION).await?;
            page.switch_to(&observer).await?;
            let last = page.eval(LAST_MESSAGE).await?;
            page.kill().await?;
            let confirmation = format!("Payment AP-{recorded:04} of £1.00 recorded");
            ensure!(
                last == json!({"confirmation": confirmation, "complete": 1, "open": 0, "strict": true}),
                "{last}"
            );
            page.reopen().await?;
            page.go(&account).await?;
            page.see(&format!("Available credit £{recorded}.00")).await?;
        }
        money.adds_up(page, Said::Take(DRAWER, "5.00")).await
    })
}

/// Submits a payment and does not wait.
async fn submit_without_waiting(page: &Browser, account: &str) -> Result<()> {
    page.go(&format!("{account}/pay")).await?;
    page.fill("Amount", "1.00").await?;
    page.press("button", "Apply Payment").await
}
