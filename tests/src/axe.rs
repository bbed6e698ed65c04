//! Runs axe-core on the current page: WCAG 2.0, 2.1 and 2.2, levels A and AA.

use crate::browser::Browser;
use crate::paths;
use anyhow::{Context, Result, bail};
use serde_json::Value;

const RUN: &str = "
    const done = arguments[arguments.length - 1];
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
    axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']}).then(
        ({violations}) => done(violations.map(v => ({
            rule: v.id, help: v.help,
            nodes: v.nodes.map(n => n.target.join(' ') + ' ' + (n.any[0]?.message ?? n.failureSummary ?? '')),
        }))),
        error => done(String(error)));";

/// The violations that axe finds, one sentence each.
pub async fn run(browser: &Browser) -> Result<Vec<String>> {
    let driver = &browser.driver;
    if driver.execute("return typeof axe", vec![]).await?.json() == "undefined" {
        let source = std::fs::read_to_string(paths::axe()?)?;
        driver.execute(source, vec![]).await.context("axe-core does not load")?;
    }
    let answer = driver.execute_async(RUN, vec![]).await?;
    match answer.json() {
        Value::Array(violations) => Ok(violations.iter().map(sentence).collect()),
        other => bail!("axe failed: {other}"),
    }
}

fn sentence(violation: &Value) -> String {
    let nodes = violation["nodes"].as_array().map(Vec::as_slice).unwrap_or_default();
    let nodes: Vec<_> = nodes.iter().filter_map(Value::as_str).collect();
    format!("{}: {} [{}]", text(&violation["rule"]), text(&violation["help"]), nodes.join(" | "))
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
