//! A backup opened in a browser that holds no book.

use crate::probe;
use anyhow::{Context, Result, ensure};
use std::path::Path;
use std::time::{Duration, Instant};
use tests::{Browser, Journey};

pub const HEAD: &str = "| entries | s | work, s | work an entry, us | pauses above 50 ms | longest, ms | Wasm memory afterwards, MB |";

/// How often to look whether it is done: seldom, because a look holds the page up.
const PAUSE: Duration = Duration::from_millis(100);

/// Receives it, and says what that took.
pub async fn row(page: &Journey, name: &str, book: &Path) -> Result<String> {
    probe::watch(page).await?;
    page.go("/").await?;
    page.find("button", "Set up this shop").await?;
    page.kept().await?;
    page.read("bench.pauses.length = 0").await?;
    let (begun, before) = (Instant::now(), probe::work(page).await?);
    page.upload("Open a backup", book).await?;
    until_received(page).await?;
    let took = begun.elapsed().as_secs_f64();
    let work = (probe::work(page).await? - before) / 1e3;
    let entries = page.lines().await? as f64;
    let pauses = page.read("[bench.pauses.length, Math.max(0, ...bench.pauses)]").await?;
    let (count, longest) = (pauses.get(0), pauses.get(1).and_then(serde_json::Value::as_f64));
    let (count, longest) = count.zip(longest).context("no pauses")?;
    let (wasm, _) = probe::memory(page).await?;
    let each = work * 1e6 / entries;
    Ok(format!("| {name} | {took:.1} | {work:.1} | {each:.0} | {count} | {longest:.0} | {wasm:.1} |"))
}

async fn until_received(page: &Browser) -> Result<()> {
    while !page.has("link", "Go to the counter").await? {
        let said = page.text().await?;
        ensure!(!said.contains("There is a problem"), "{said}");
        tokio::time::sleep(PAUSE).await;
    }
    Ok(())
}
