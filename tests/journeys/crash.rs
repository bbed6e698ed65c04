//! The browser, or the tab, ends in the middle of twenty presses, or with the word “recorded”: what said so is there, and
//! nothing twice.

use crate::steps;
use anyhow::{Result, ensure};
use serde_json::json;
use tests::{Browser, Journey, WIDE, journey};

/// After how many payments it ends.
const ENDS: [usize; 4] = [1, 4, 9, 20];

#[test]
fn what_said_recorded_survives_a_killed_browser() -> Result<()> {
    survives("crash", async |page, account| {
        half_a_press(page, account).await?;
        page.kill().await?;
        page.reopen().await
    })
}

#[test]
fn what_said_recorded_survives_a_crashed_tab() -> Result<()> {
    survives("crash-tab", async |page, account| {
        let spare = page.tab().await?;
        page.new_tab().await?;
        half_a_press(page, account).await?;
        page.crash_tab().await;
        page.switch_to(&spare).await
    })
}

/// Presses and presses; what `ends` the page in the middle of a press leaves another to go on in.
fn survives(name: &str, mut ends: impl AsyncFnMut(&mut Journey, &str) -> Result<()>) -> Result<()> {
    journey(name, WIDE, async |page| {
        steps::set_up(page).await?;
        steps::add_customer(page, "Mira Patel").await?;
        let account = page.path().await?;
        // Asked again before the end, the store would answer behind the press, and the press would be safe.
        let start = page.entry_count().await?;
        let mut recorded = 0;
        for end in ENDS {
            while recorded < end {
                recorded += 1;
                page.go(&format!("{account}/pay")).await?;
                page.fill("Amount", "1.00").await?;
                page.press("button", "Apply Payment").await?;
                page.see(&format!("Payment AP-{recorded:04} of £1.00 recorded")).await?;
            }
            ends(page, &account).await?;
            page.go(&account).await?;
            page.see("Available credit").await?;
            let after = usize::try_from(page.entry_count().await? - start)?;
            ensure!(after == recorded || after == recorded + 1, "{recorded} recorded before, {after} after");
            recorded = after;
            page.see(&format!("Available credit £{recorded}.00")).await?;
        }
        Ok(())
    })
}

/// Makes a page press when it is told to, and stop for good with the word “recorded”: nothing that it would do afterwards
/// helps. Its last word is what it said, how many writing transactions it had completed since it was told, how many
/// were not complete, and whether each was to be on the disk before it completes.
const STOP_AT_THE_WORD: &str = "(() => {
    const channel = new BroadcastChannel('crash');
    const begun = [];
    const begin = IDBDatabase.prototype.transaction;
    IDBDatabase.prototype.transaction = function (...asked) {
        const tx = begin.apply(this, asked);
        if (tx.mode === 'readwrite') {
            begun.push(tx);
            tx.addEventListener('complete', () => { tx.isComplete = true });
        }
        return tx;
    };
    new MutationObserver(() => {
        const said = document.body.innerText.match(/Payment AP-\\d+ of \\S+ recorded/)?.[0];
        if (!said) return;
        const complete = begun.filter(tx => tx.isComplete).length;
        const strict = begun.every(tx => tx.durability === 'strict');
        channel.postMessage({said, complete, open: begun.length - complete, strict});
        for (;;);
    }).observe(document, {subtree: true, childList: true, characterData: true});
    channel.onmessage = () => {
        [...document.querySelectorAll('button')].find(each => each.innerText.includes('Apply Payment')).click() };
    return true })()";

/// Tells it to press, and waits for its last word.
const LAST_WORD: &str = "new Promise(heard => {
    const channel = new BroadcastChannel('crash');
    channel.onmessage = ({data}) => heard(data);
    channel.postMessage('press') })";

#[test]
fn what_said_recorded_is_on_the_disk_with_the_word() -> Result<()> {
    journey("crash-word", WIDE, async |page| {
        steps::set_up(page).await?;
        steps::add_customer(page, "Mira Patel").await?;
        let account = page.path().await?;
        for recorded in 1..=5 {
            page.go("/icon.svg").await?;
            let hears = page.tab().await?;
            page.new_tab().await?;
            page.go(&format!("{account}/pay")).await?;
            page.fill("Amount", "1.00").await?;
            page.eval(STOP_AT_THE_WORD).await?;
            page.switch_to(&hears).await?;
            let last = page.eval(LAST_WORD).await?;
            page.kill().await?;
            let word = format!("Payment AP-{recorded:04} of £1.00 recorded");
            ensure!(last == json!({"said": word, "complete": 1, "open": 0, "strict": true}), "{last}");
            page.reopen().await?;
            page.go(&account).await?;
            page.see(&format!("Available credit £{recorded}.00")).await?;
        }
        Ok(())
    })
}

/// Presses and does not wait.
async fn half_a_press(page: &Browser, account: &str) -> Result<()> {
    page.go(&format!("{account}/pay")).await?;
    page.fill("Amount", "1.00").await?;
    page.press("button", "Apply Payment").await
}
