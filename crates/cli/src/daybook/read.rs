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
        Err(error) => {
            let good = error.valid_up_to();
            let before = bytes.get(..good).unwrap_or_default();
            let start = memchr::memrchr(b'\n', before).map_or(0, |end| end + 1);
            let number = memchr::memchr_iter(b'\n', before).count() + 1;
            let line = bytes.get(start..).unwrap_or_default();
            Err(not_text(line, u32::try_from(number).unwrap_or(u32::MAX), good - start))
        }
    })
}

/// The error for a line that is not UTF-8 from a byte on.
pub fn not_text(line: &[u8], number: u32, good: usize) -> Malformed {
    let text = String::from_utf8_lossy(line.get(..good).unwrap_or_default());
    let found = line.get(good).map(|byte| format!("byte 0x{byte:02x}")).unwrap_or_default();
    let column = u32::try_from(text.chars().count() + 1).unwrap_or(u32::MAX);
    Malformed { line: number, column, expected: "text in UTF-8".into(), found }
}
