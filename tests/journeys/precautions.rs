//! What the app does before something is lost: it asks for the date, for the file of a backup, and for a folder.

use crate::damage::see_mirrored;
use crate::{lock, steps};
use anyhow::{Result, ensure};
use serde_json::json;
use tests::{Browser, WIDE, journey, until};

/// Runs a script in every document that is loaded from now on.
async fn in_every_document(page: &Browser, source: &str) -> Result<()> {
    page.cdp("Page.addScriptToEvaluateOnNewDocument", json!({"source": source})).await
}

#[test]
fn a_clock_that_jumps_is_asked_about_before_anything_is_recorded() -> Result<()> {
    journey("clock", WIDE, async |page| {
        steps::part_paid(page).await?;
        let order = page.path().await?;
        let days =
            |days: i64| format!("{{ const then = Date.now; Date.now = () => then() + {days} * 86400000 }}");
        in_every_document(page, &days(3)).await?;
        page.go(&order).await?;
        lock::unlock(page, "4711").await?;
        page.see("The last entry was recorded at quite another time").await?;
        page.act("Add Payment").await?;
        page.fill("Amount", "10.00").await?;
        page.choose("Payment Type", "Cash").await?;
        page.press("button", "Apply Payment").await?;
        page.see("First answer the question at the top of this page").await?;
        let found = page.survey("clock").await?;
        ensure!(found.is_empty(), "{found:?}");
        page.press("button", "Yes, that is today").await?;
        page.press("button", "Apply Payment").await?;
        page.see("Payment AP-0002 of £10.00 recorded").await?;
        // The clock is put right: it is before the last entry now, and a new chain begins.
        in_every_document(page, &days(-3)).await?;
        page.go(&order).await?;
        page.press("button", "Yes, that is today").await?;
        page.see_no("at quite another time").await?;
        page.act("Add Payment").await?;
        page.fill("Amount", "5.00").await?;
        page.choose("Payment Type", "Cash").await?;
        page.press("button", "Apply Payment").await?;
        crate::backup::see_drawn_number(page).await?;
        page.go(&order).await?;
        page.see_no("at quite another time").await
    })
}

#[test]
fn a_backup_that_was_not_written_is_none() -> Result<()> {
    journey("denied-download", WIDE, async |page| {
        steps::set_up(page).await?;
        page.cdp("Browser.setDownloadBehavior", json!({"behavior": "deny"})).await?;
        page.go("/settings/backup").await?;
        page.press("button", "Save a backup").await?;
        page.see("was offered to your downloads. Is it there?").await?;
        page.see("No backup has been saved on this device yet.").await?;
        page.press("button", "It is not there").await?;
        page.see("Then there is no backup.").await?;
        page.see("No backup has been saved on this device yet.").await
    })
}

/// A folder that the browser lets a test choose.
const CHOOSE: &str = "window.showDirectoryPicker = async () =>
    (await navigator.storage.getDirectory()).getDirectoryHandle('cloud', {create: true})";

/// JavaScript that returns the number of lines of all files in that folder.
const WRITTEN: &str = "(async () => {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('cloud');
    let lines = 0;
    for await (const file of folder.values()) lines += (await (await file.getFile()).text()).split('\\n').length - 1;
    return lines })()";

#[test]
fn a_backup_is_written_into_the_chosen_folder() -> Result<()> {
    journey("folder", WIDE, async |page| {
        steps::part_paid(page).await?;
        in_every_document(page, CHOOSE).await?;
        page.go("/settings/backup").await?;
        page.press("button", "Choose a folder").await?;
        page.see("A backup is saved in the folder “cloud” each day").await?;
        page.see("Last backup saved today.").await?;
        let entries = page.entry_count().await?;
        until("the whole backup", async || Ok((page.eval(WRITTEN).await? == entries).then_some(()))).await?;
        let found = page.survey("folder").await?;
        ensure!(found.is_empty(), "{found:?}");
        page.press("button", "Do not save there any more").await?;
        page.see("Counterfoil can save a backup by itself").await?;
        see_mirrored(page).await
    })
}

#[test]
fn a_server_that_goes_away_in_the_first_visit_is_told_and_tried_again() -> Result<()> {
    journey("server-gone", WIDE, async |page| {
        page.expect_console(&["ERR_BLOCKED_BY_CLIENT", "Failed to fetch", "dynamically imported module"]);
        page.cdp("Network.enable", json!({})).await?;
        let blocked = json!({"urls": ["*counterfoil-app*"]});
        page.cdp("Network.setBlockedURLs", blocked).await?;
        page.go("/").await?;
        page.see("because the server does not answer").await?;
        page.cdp("Network.setBlockedURLs", json!({"urls": []})).await?;
        page.find("button", "Set up this shop").await.map(drop)
    })
}
