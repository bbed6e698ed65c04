//! The probe that records times in the page, and metrics from DevTools.

use anyhow::{Context, Result};
use serde_json::{Value, json};
use tests::{Browser, until};

/// Installs the probe in every document that this tab loads from now on.
pub async fn watch(page: &Browser) -> Result<()> {
    page.cdp("Performance.enable", json!({"timeDomain": "threadTicks"})).await?;
    let source = json!({"source": include_str!("probe.js")});
    page.cdp("Page.addScriptToEvaluateOnNewDocument", source).await
}

/// Waits until the probe has recorded a value with this name and returns it.
pub async fn recorded(page: &Browser, name: &str) -> Result<Value> {
    let what = format!("the probe to record {name}");
    until(&what, async || Ok(Some(page.eval(&format!("bench.{name}")).await?).filter(|it| !it.is_null())))
        .await
}

/// CPU time of the page's main thread so far, in milliseconds; time spent waiting for a CPU does not count.
pub async fn work(page: &Browser) -> Result<f64> {
    Ok(metric(page, "TaskDuration").await? * 1e3)
}

async fn metric(page: &Browser, name: &str) -> Result<f64> {
    let all = page.cdp_value("Performance.getMetrics", json!({})).await?;
    let all = all.get("metrics").and_then(Value::as_array).context("no metrics")?;
    let found = all.iter().find(|each| each.get("name").is_some_and(|it| it == name));
    found.and_then(|each| each.get("value")?.as_f64()).with_context(|| format!("no metric {name}"))
}

/// The memory of Wasm and of the JavaScript heap after a garbage collection, in megabytes.
pub async fn memory(page: &Browser) -> Result<(f64, f64)> {
    page.cdp("HeapProfiler.collectGarbage", json!({})).await?;
    let wasm = page.eval("bench.memory.buffer.byteLength").await?.as_f64().context("no Wasm memory")?;
    Ok((wasm / 1e6, metric(page, "JSHeapUsedSize").await? / 1e6))
}
