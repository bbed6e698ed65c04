//! Reads a day book from a file.

use crate::source;
use anyhow::Result;
use daybook::Malformed;
use daybook::ast::DayBook;
use daybook::parse::parse;
use std::path::Path;

/// Reads and parses a day book; the inner error is that of a malformed line.
///
/// # Errors
/// When the file cannot be read.
pub fn read(path: &Path) -> Result<Result<DayBook, Malformed>> {
    let bytes = source::read(path)?;
    Ok(match std::str::from_utf8(&bytes) {
        Ok(text) => parse(text),
        Err(error) => Err(not_text(&bytes, error.valid_up_to())),
    })
}

/// The error for bytes that are not UTF-8.
fn not_text(bytes: &[u8], good: usize) -> Malformed {
    let text = String::from_utf8_lossy(bytes.get(..good).unwrap_or_default());
    let last = text.rsplit('\n').next().unwrap_or_default();
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let found = bytes.get(good).map(|byte| format!("byte 0x{byte:02x}")).unwrap_or_default();
    Malformed {
        line: count(text.matches('\n').count() + 1),
        column: count(last.chars().count() + 1),
        expected: "text in UTF-8".into(),
        found,
    }
}
