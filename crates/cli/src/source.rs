//! Reads a file, or standard input for `-`.

use anyhow::{Context, Result};
use std::io::{BufRead, Read};
use std::path::Path;

/// The name for standard input.
pub const STANDARD_INPUT: &str = "-";

/// Reads all bytes.
///
/// # Errors
/// When it cannot be read.
pub fn read(path: &Path) -> Result<Vec<u8>> {
    if path.as_os_str() != STANDARD_INPUT {
        return std::fs::read(path).with_context(|| format!("cannot read {}", path.display()));
    }
    let mut bytes = Vec::new();
    std::io::stdin().read_to_end(&mut bytes).context("cannot read standard input")?;
    Ok(bytes)
}

/// The first byte of standard input, without consuming it.
///
/// # Errors
/// When it cannot be read.
pub fn peek_input() -> Result<Option<u8>> {
    let mut input = std::io::stdin().lock();
    Ok(input.fill_buf().context("cannot read standard input")?.first().copied())
}
