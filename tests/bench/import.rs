//! A backup opened in a browser without a book.

use crate::probe;
use anyhow::{Context, Result, ensure};
use std::path::Path;
use std::time::{Duration, Instant};
use tests::{Browser, Journey};

pub const HEAD: &str = "| entries | s | work, s | work an entry, us | pauses above 50 ms | longest, ms | Wasm memory afterwards, MB |";

/// The interval between checks for the end of the import: long, because each check delays the page.
const PAUSE: Duration = Duration::from_millis(100);

/// Imports the backup and returns a table row with the times.
pub async fn row(page: &Journey, name: &str, book: &Path) -> Result<String> {
    probe::watch(page).await?;
    page.go("/").await?;
    page.find("button", "Set up this shop").await?;
    page.offline_ready().await?;
    page.eval("bench.pauses.length = 0").await?;
    let (begun, before) = (Instant::now(), probe::work(page).await?);
    page.upload("Open a backup", book).await?;
    wait_until_imported(page).await?;
    let elapsed = begun.elapsed().as_secs_f64();
    let work = (probe::work(page).await? - before) / 1e3;
    let entries = page.entry_count().await? as f64;
    let pauses = page.eval("[bench.pauses.length, Math.max(0, ...bench.pauses)]").await?;
    let (count, longest) = (pauses.get(0), pauses.get(1).and_then(serde_json::Value::as_f64));
    let (count, longest) = count.zip(longest).context("no pauses were measured")?;
    let (wasm, _) = probe::memory(page).await?;
    let each = work * 1e6 / entries;
    // Nothing is recorded before it is known where this device stands.
    page.go("/counter").await?;
    page.press("button", "A drawer of its own").await?;
    Ok(format!("| {name} | {elapsed:.1} | {work:.1} | {each:.0} | {count} | {longest:.0} | {wasm:.1} |"))
}

async fn wait_until_imported(page: &Browser) -> Result<()> {
    while !page.has("link", "Go to the counter").await? {
        let text = page.text().await?;
        ensure!(!text.contains("There is a problem"), "{text}");
        tokio::time::sleep(PAUSE).await;
    }
    Ok(())
}
