//! What notes times in the page, and what DevTools know of it.

use anyhow::{Context, Result};
use serde_json::{Value, json};
use tests::{Browser, until};

/// Puts the probe into every document that this tab loads from now on.
pub async fn watch(page: &Browser) -> Result<()> {
    page.cdp("Performance.enable", json!({"timeDomain": "threadTicks"})).await?;
    let source = json!({"source": include_str!("probe.js")});
    page.cdp("Page.addScriptToEvaluateOnNewDocument", source).await
}

/// What the probe noted under a name, as soon as there is something.
pub async fn noted(page: &Browser, name: &str) -> Result<Value> {
    let what = format!("the probe to note {name}");
    until(&what, async || Ok(Some(page.read(&format!("bench.{name}")).await?).filter(|it| !it.is_null())))
        .await
}

/// Milliseconds that the page's thread was on a processor so far: waiting for one does not count.
pub async fn work(page: &Browser) -> Result<f64> {
    Ok(metric(page, "TaskDuration").await? * 1e3)
}

async fn metric(page: &Browser, name: &str) -> Result<f64> {
    let all = page.ask("Performance.getMetrics", json!({})).await?;
    let all = all.get("metrics").and_then(Value::as_array).context("no metrics")?;
    let found = all.iter().find(|each| each.get("name").is_some_and(|it| it == name));
    found.and_then(|each| each.get("value")?.as_f64()).with_context(|| format!("no metric {name}"))
}

/// Megabytes that Wasm and JavaScript hold, after what nobody holds any more was swept away.
pub async fn memory(page: &Browser) -> Result<(f64, f64)> {
    page.cdp("HeapProfiler.collectGarbage", json!({})).await?;
    let wasm = page.read("bench.memory.buffer.byteLength").await?.as_f64().context("no Wasm memory")?;
    Ok((wasm / 1e6, metric(page, "JSHeapUsedSize").await? / 1e6))
}
