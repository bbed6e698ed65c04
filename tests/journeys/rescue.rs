//! When the program itself is broken: the page says that the book is safe, and saves it without the app.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use tests::{Browser, WIDE, journey, until};

/// Puts nonsense in the place of the kept program, as a failing disk would.
const BREAK: &str = "(async () => {
    const [name] = await caches.keys();
    const cache = await caches.open(name);
    const program = (await cache.keys()).find(each => /counterfoil-app-.*\\.wasm$/.test(each.url));
    await cache.put(program, new Response('broken', {headers: {'content-type': 'application/wasm'}}));
    return true })()";

#[test]
fn a_broken_program_still_hands_out_the_book() -> Result<()> {
    journey("rescue", WIDE, async |page| {
        set_up(page).await?;
        page.offline_ready().await?;
        let lines = page.entry_count().await?;
        ensure!(lines > 0, "a shop that is set up has entries");
        page.server.stop().await?;
        page.eval(BREAK).await?;
        page.reload().await?;

        page.find("heading", "Counterfoil could not start").await?;
        page.see("Your book is safe").await?;
        // The console must not hide the cause.
        page.wait_for_console(&["CompileError"]).await?;
        let found = page.survey("rescue").await?;
        ensure!(found.is_empty(), "{found:?}");

        let downloads = tempfile::tempdir()?;
        let wanted = json!({"behavior": "allow", "downloadPath": downloads.path()});
        page.cdp("Browser.setDownloadBehavior", wanted).await?;
        page.press("button", "Save a backup").await?;
        page.see(&format!("Saved {lines} entries to your downloads.")).await?;
        let saved = until("the backup", async || saved(downloads.path())).await?;
        ensure!(saved.len() as u64 == lines, "{} of {lines} lines", saved.len());
        let first = saved.first().context("an empty backup")?;
        ensure!(first.to_string().contains("chain.opened"), "{first}");
        Ok(())
    })
}

#[test]
fn an_app_that_stops_says_so_and_goes_on_after_a_reload() -> Result<()> {
    journey("stopped", WIDE, async |page| {
        set_up(page).await?;
        page.eval("counterfoil.rescue('stop', 'a panic, as a test tells it')").await?;
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

/// The lines of the one finished download, or none while it is on its way.
fn saved(folder: &Path) -> Result<Option<Vec<Value>>> {
    let files: Vec<_> = fs::read_dir(folder)?.collect::<Result<_, _>>()?;
    let Some(file) = files.first().map(fs::DirEntry::path) else { return Ok(None) };
    if file.extension().is_none_or(|kind| kind != "jsonl") {
        return Ok(None);
    }
    let lines = fs::read_to_string(file)?.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    Ok(Some(lines))
}
