//! Checks the dependencies between crates against the allowed ones.

use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::process::Command;

use super::finding::Finding;
use crate::place;

/// Each crate of the workspace, and the crates of the workspace that it may depend on (docs/architecture.md).
const MAY_KNOW: [(&str, &[&str]); 12] = [
    ("ledger", &[]),
    ("journal", &[]),
    ("codec", &["journal", "ledger"]),
    ("reports", &["ledger"]),
    ("texts", &[]),
    ("daybook", &["codec", "journal", "ledger"]),
    ("sync", &["journal"]),
    ("endpoint", &["codec", "journal", "ledger", "sync"]),
    ("cli", &["codec", "daybook", "endpoint", "journal", "ledger", "reports", "sync"]),
    ("counterfoil-app", &["codec", "journal", "ledger", "reports", "sync", "texts"]),
    ("tests", &["codec", "daybook", "journal", "ledger"]),
    ("xtask", &["texts"]),
];

/// Tests may depend on the day-book notation and on an endpoint even where the program may not.
const TESTS_MAY_KNOW: [&str; 2] = ["daybook", "endpoint"];

/// Finds dependencies that are not allowed.
pub fn arrows() -> Result<Vec<Finding>> {
    let answer = Command::new("cargo")
        .args(["metadata", "--no-deps", "--offline", "--format-version", "1"])
        .current_dir(place::at(""))
        .output()
        .context("cargo metadata does not run")?;
    if !answer.status.success() {
        bail!("cargo metadata: {}", String::from_utf8_lossy(&answer.stderr));
    }
    let metadata: Value = serde_json::from_slice(&answer.stdout)?;
    Ok(findings(&metadata))
}

fn findings(metadata: &Value) -> Vec<Finding> {
    let packages = || list(metadata, "packages");
    let workspace: Vec<&str> = packages().map(|package| text(package, "name")).collect();
    let edges = packages().flat_map(|package| list(package, "dependencies").map(move |to| (package, to)));
    let edges = edges
        .filter(|(_, to)| text(to, "kind") != "dev" || !TESTS_MAY_KNOW.contains(&text(to, "name")))
        .map(|(package, to)| (text(package, "name"), text(to, "name")))
        .filter(|(_, to)| workspace.contains(to));
    edges.filter_map(|(from, to)| finding(from, to)).collect()
}

fn finding(from: &str, to: &str) -> Option<Finding> {
    let allowed = MAY_KNOW.iter().find(|(name, _)| *name == from).map(|(_, allowed)| *allowed);
    let what = match allowed {
        Some(allowed) if allowed.contains(&to) => return None,
        Some(_) => format!("`{from}` may not know `{to}` (docs/architecture.md)"),
        None => format!("`{from}` is new: say in xtask/src/tidy/arrows.rs what it may know"),
    };
    Some(Finding::in_file("Cargo.toml", what))
}

fn list<'a>(value: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> {
    value.get(name).and_then(Value::as_array).into_iter().flatten()
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_dependency_that_is_not_allowed_is_found() {
        let metadata = json!({"packages": [
            {"name": "ledger", "dependencies": [{"name": "serde"}, {"name": "journal"}]},
            {"name": "journal", "dependencies": []},
            {"name": "codec", "dependencies": [{"name": "journal"}, {"name": "daybook", "kind": "dev"}]},
            {"name": "daybook", "dependencies": [{"name": "codec", "kind": null}]},
            {"name": "counterfoil-app", "dependencies": [{"name": "daybook", "kind": null}]},
            {"name": "novel", "dependencies": [{"name": "codec"}]},
        ]});
        let found: Vec<String> = findings(&metadata).iter().map(ToString::to_string).collect();
        assert_eq!(found.len(), 3, "{found:?}");
        assert!(
            found.iter().any(|each| each.contains("`counterfoil-app` may not know `daybook`")),
            "{found:?}"
        );
        assert!(found.iter().any(|each| each.contains("`ledger` may not know `journal`")), "{found:?}");
        assert!(found.iter().any(|each| each.contains("`novel` is new")), "{found:?}");
    }
}
