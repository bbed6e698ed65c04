//! Opening and recording with and without the mirror and the verification, by turns in one browser: what they cost.

use crate::probe;
use crate::series::Series;
use crate::submit::ACCOUNT;
use anyhow::{Context, Result};
use serde_json::json;
use tests::{Browser, Journey, until};

pub const HEAD: &str = "| book | opening with and without, ms | durable with and without: median, ms | durable with and without: p95, ms |";

/// The number of turns, and of payments in each.
const TURNS: usize = 12;
const SUBMITS: usize = 6;

/// Makes the browser refuse its private file system, in visits for which this is set.
const REFUSE: &str = "if (sessionStorage.getItem('bench-without-mirror'))
    navigator.storage.getDirectory = () => Promise.reject(new DOMException('refused', 'SecurityError'))";

/// JavaScript for the record that all lines were verified today; null before they are.
const VERIFIED: &str = "(() => {
    const name = Object.keys(localStorage).find(name => name.endsWith('-verified'));
    const text = name && localStorage.getItem(name);
    return text && JSON.parse(text).done ? [name, text] : null })()";

/// Measures on the account of the first customer and returns a table row.
pub async fn row(page: &Journey, name: &str) -> Result<String> {
    page.cdp("Page.addScriptToEvaluateOnNewDocument", json!({"source": REFUSE})).await?;
    page.go("/customers").await?;
    probe::recorded(page, "readable").await?;
    let account = page.eval(ACCOUNT).await?;
    let account = account.as_str().context("there is no customer")?.to_owned();
    page.go("/counter").await?;
    let verified = until("all lines to be verified", async || {
        Ok(Some(page.eval(VERIFIED).await?).filter(|verified| !verified.is_null()))
    })
    .await?;
    let (mut opened, mut durable) = ([Vec::new(), Vec::new()], [Vec::new(), Vec::new()]);
    for turn in 0..2 * TURNS {
        let without = turn % 2;
        let set = if without == 1 {
            format!(
                "sessionStorage.setItem('bench-without-mirror', 'yes'); localStorage.setItem(...{verified})"
            )
        } else {
            format!(
                "sessionStorage.removeItem('bench-without-mirror'); localStorage.removeItem({verified}[0])"
            )
        };
        page.eval(&format!("(() => {{ {set}; return true }})()")).await?;
        let (opening, submits) = turn_on(page, &account).await?;
        // The first turns fill the browser's caches.
        if turn > 1 {
            opened.get_mut(without).context("two series")?.push(opening);
            durable.get_mut(without).context("two series")?.extend(submits);
        }
    }
    let series =
        |[with, without]: [Vec<f64>; 2]| Ok::<_, anyhow::Error>([Series::of(with)?, Series::of(without)?]);
    let ([opened_with, opened_without], [with, without]) = (series(opened)?, series(durable)?);
    let pair = |one: f64, other: f64| format!("{one:.1}, {other:.1}");
    Ok(format!(
        "| {name} | {} | {} | {} |",
        pair(opened_with.median(), opened_without.median()),
        pair(with.median(), without.median()),
        pair(with.percentile(95), without.percentile(95))
    ))
}

/// Opens the counter and records payments: milliseconds to readable figures, and to the disk.
async fn turn_on(page: &Browser, account: &str) -> Result<(f64, Vec<f64>)> {
    page.go("/counter").await?;
    let opened = probe::recorded(page, "readable").await?.as_f64().context("no time")?;
    page.go(account).await?;
    for _ in 0..SUBMITS {
        page.press("link", "Add Payment").await?;
        page.fill("Amount", "1.00").await?;
        page.eval("bench.submit()").await?;
        page.see("of £1.00 recorded").await?;
        page.back().await?;
    }
    let submits = probe::recorded(page, "submits").await?;
    let submits = submits.as_array().context("no submits")?;
    Ok((opened, submits.iter().filter_map(|each| each.get("durable")?.as_f64()).collect()))
}
