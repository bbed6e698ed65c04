//! A damaged Wasm file: the page says that the data is safe, and saves a backup without the app.

use crate::damage::see_mirrored;
use crate::{backup, steps};
use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use tests::{Browser, WIDE, journey, until};

/// JavaScript that replaces the cached Wasm file with invalid content, like a failing disk.
const BREAK_WASM: &str = "(async () => {
    const [name] = await caches.keys();
    const cache = await caches.open(name);
    const wasm = (await cache.keys()).find(each => /counterfoil-app-.*\\.wasm$/.test(each.url));
    await cache.put(wasm, new Response('broken', {headers: {'content-type': 'application/wasm'}}));
    return true })()";

#[test]
fn a_backup_can_be_saved_when_the_app_does_not_start() -> Result<()> {
    journey("rescue", WIDE, async |page| {
        set_up(page).await?;
        page.offline_ready().await?;
        let lines = page.entry_count().await?;
        ensure!(lines > 0, "a shop that is set up has entries");
        page.server.stop().await?;
        page.eval(BREAK_WASM).await?;
        page.reload().await?;

        page.find("heading", "Counterfoil could not start").await?;
        page.see("This page changes nothing in your data").await?;
        // The cause must be in the console.
        page.wait_for_console(&["CompileError"]).await?;
        let found = page.survey("rescue").await?;
        ensure!(found.is_empty(), "{found:?}");

        let downloads = tempfile::tempdir()?;
        let wanted = json!({"behavior": "allow", "downloadPath": downloads.path()});
        page.cdp("Browser.setDownloadBehavior", wanted).await?;
        page.press("button", "Save a backup").await?;
        page.see(&format!("A file with {lines} entries was offered to your downloads.")).await?;
        let saved = until("the backup", async || saved(downloads.path())).await?;
        ensure!(saved.len() as u64 == lines, "{} of {lines} lines", saved.len());
        let first = saved.first().context("an empty backup")?;
        ensure!(first.to_string().contains("chain.opened"), "{first}");
        Ok(())
    })
}

/// JavaScript after which no database of the page answers.
const HANGING: &str = "IDBFactory.prototype.open = () => new EventTarget()";

#[test]
fn a_database_that_never_answers_is_saved_from_the_second_copy() -> Result<()> {
    journey("rescue-hanging", WIDE, async |page| {
        steps::part_paid(page).await?;
        see_mirrored(page).await?;
        let lines = page.entry_count().await?;
        page.cdp("Page.addScriptToEvaluateOnNewDocument", json!({"source": HANGING})).await?;
        page.go("/counter").await?;
        page.see("Counterfoil could not look at your data, and changed nothing in it.").await?;
        page.press("button", "Save what can be read").await?;
        page.find("heading", "Save what can be read").await?;
        let folder = tempfile::tempdir()?;
        let saved = backup::offered(page, folder.path()).await?;
        page.see("Not everything could be read. The database: the browser does not answer").await?;
        let saved = fs::read_to_string(saved)?;
        ensure!(saved.lines().count() as u64 == lines, "{} of {lines} lines", saved.lines().count());
        Ok(())
    })
}

#[test]
fn an_app_that_stops_says_so_and_works_again_after_a_reload() -> Result<()> {
    journey("stopped", WIDE, async |page| {
        set_up(page).await?;
        page.eval("counterfoil.rescue('stop', 'a panic, simulated by a test')").await?;
        page.find("heading", "Counterfoil had to stop").await?;
        page.press("button", "Try again").await?;
        page.find("link", "Add Order").await.map(drop)
    })
}

async fn set_up(page: &Browser) -> Result<()> {
    page.go("/").await?;
    page.press("button", "Try the example shop").await?;
    page.find("link", "Add Order").await.map(drop)
}

/// The entries of the finished download; `None` while it is not finished.
fn saved(folder: &Path) -> Result<Option<Vec<Value>>> {
    let files: Vec<_> = fs::read_dir(folder)?.collect::<Result<_, _>>()?;
    let Some(file) = files.first().map(fs::DirEntry::path) else { return Ok(None) };
    if file.extension().is_none_or(|kind| kind != "jsonl") {
        return Ok(None);
    }
    let lines: Vec<_> =
        fs::read_to_string(file)?.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    Ok(Some(lines).filter(|lines| !lines.is_empty()))
}
