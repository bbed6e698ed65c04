//! The fuzzing steps: arbitrary bytes for every parser, a few seconds each.

use std::fs;
use std::path::PathBuf;

use anyhow::Result;

use super::step::Step;
use crate::place;
use crate::tools::Tools;

/// The name of each step, and its target in `fuzz/`.
const TARGETS: [(&str, &str); 6] = [
    ("fuzz (day books)", "daybook_parse"),
    ("fuzz (amounts)", "amount_parse"),
    ("fuzz (entries)", "entry_decode"),
    ("fuzz (exchange)", "exchange"),
    ("fuzz (files)", "intake"),
    ("fuzz (webhooks)", "webhook_verify"),
];

/// Long enough to find errors near the samples; a longer run is `cargo fuzz run -s none TARGET`.
const SECONDS: u32 = 5;

/// The lints of the targets, then one step a target.
pub fn steps(tools: &Tools) -> Result<Vec<Step>> {
    let targets = TARGETS.iter().map(|(name, target)| step(tools, name, target));
    std::iter::once(lints(tools)).chain(targets).collect()
}

/// Separate from the other lints because the targets need a C++ compiler.
fn lints(tools: &Tools) -> Result<Step> {
    let mut clippy = tools.command("cargo")?;
    clippy
        .args(["clippy", "--manifest-path", "fuzz/Cargo.toml", "--all-targets", "--target-dir"])
        .arg(built())
        .args(["--", "-D", "warnings"])
        .env("CARGO_TERM_COLOR", "never");
    Ok(Step::new("clippy (fuzz)", clippy))
}

fn built() -> PathBuf {
    place::target().join("fuzz")
}

fn step(tools: &Tools, name: &'static str, target: &str) -> Result<Step> {
    let built = built();
    // New inputs are written here; the samples are only read.
    let found = built.join("corpus").join(target);
    fs::create_dir_all(&found)?;
    let mut fuzz = tools.command("cargo")?;
    // Without a sanitizer, so that a stable toolchain suffices.
    fuzz.args(["fuzz", "run", "--sanitizer", "none", "--target-dir"])
        .arg(&built)
        .arg(target)
        .arg(found)
        .arg(place::at("fuzz/corpus").join(target))
        .arg("--")
        .args([format!("-max_total_time={SECONDS}"), "-timeout=10".into(), "-max_len=4096".into()])
        .env("CARGO_TERM_COLOR", "never");
    Ok(Step::new(name, fuzz))
}
