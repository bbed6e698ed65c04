//! The books to measure with, which `cargo xtask bench app` made.

use anyhow::{Context, Result, ensure};
use std::path::PathBuf;

/// A book by its name.
pub fn named(name: &str) -> Result<PathBuf> {
    let folder = std::env::var_os("COUNTERFOIL_BENCH").context("run this by `cargo xtask bench app`")?;
    let book = PathBuf::from(folder).join(format!("{name}.jsonl"));
    ensure!(book.exists(), "there is no {}", book.display());
    Ok(book)
}
