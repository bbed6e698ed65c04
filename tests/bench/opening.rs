//! The time from navigation to readable figures: in a browser that was just started (cold), and after a reload (warm).

use crate::probe;
use crate::series::Series;
use anyhow::{Context, Result};
use tests::{Browser, Journey};

pub const HEAD: &str = "| entries | screen | cold, ms | warm, ms | fastest warm, ms | work warm, ms | Wasm memory, MB | JavaScript heap, MB |";

const COLD: usize = 5;
const WARM: usize = 9;

/// The screens that show what customers owe.
const SCREENS: [(&str, &str); 2] = [("Counter", "/counter"), ("Customers", "/customers")];

/// Returns one table row per screen.
pub async fn rows(page: &mut Journey, name: &str) -> Result<Vec<String>> {
    let mut rows = Vec::new();
    for (screen, path) in SCREENS {
        rows.push(row(page, name, screen, path).await?);
    }
    Ok(rows)
}

/// Opens one screen repeatedly and returns its table row.
pub async fn row(page: &mut Journey, name: &str, screen: &str, path: &str) -> Result<String> {
    let mut cold = Vec::new();
    for _ in 0..COLD {
        page.close_browser().await?;
        page.reopen().await?;
        probe::watch(page).await?;
        page.go(path).await?;
        cold.push(readable(page).await?);
    }
    let (mut warm, mut work) = (Vec::new(), Vec::new());
    for _ in 0..WARM {
        page.reload().await?;
        warm.push(readable(page).await?);
        work.push(probe::work(page).await?);
    }
    let (cold, warm, work) = (Series::of(cold)?, Series::of(warm)?, Series::of(work)?.median());
    let (wasm, script) = probe::memory(page).await?;
    let (first, again, fastest) = (cold.median(), warm.median(), warm.percentile(0));
    let times = format!("{first:.0} | {again:.0} | {fastest:.0} | {work:.0}");
    Ok(format!("| {name} | {screen} | {times} | {wasm:.1} | {script:.1} |"))
}

async fn readable(page: &Browser) -> Result<f64> {
    probe::recorded(page, "readable").await?.as_f64().context("the probe stored no time")
}
