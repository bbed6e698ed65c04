//! Lines that come back with a refund or a credit note.

use crate::line_parser::LineParser;
use crate::malformed::Malformed;
use ledger::limits::MAX_LINES;
use ledger::rules::{LineName, ReturnAsked};

/// The list after `return`: `1 x "Chair", 2 x line 3`.
pub fn returned(p: &mut LineParser<'_>) -> Result<Vec<ReturnAsked>, Malformed> {
    let mut seen = Vec::new();
    p.list(MAX_LINES, |p| {
        let qty = p.quantity()?;
        p.keyword("x")?;
        let position = p.position();
        let line = line_name(p)?;
        if seen.contains(&line) {
            return Err(p.expected_at(position, "each line only once"));
        }
        seen.push(line.clone());
        Ok(ReturnAsked { line, qty })
    })
}

/// A line of an order: its text in quotes, or `line` and its number.
pub fn line_name(p: &mut LineParser<'_>) -> Result<LineName, Malformed> {
    if p.take_keyword("line") {
        return p.line_number().map(LineName::Number);
    }
    p.text("`line` and a number, or the text of a line").map(LineName::Text)
}
