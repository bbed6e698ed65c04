//! English texts for statements and exports.

use ledger::view::history::HistoryRow;

pub use reports::words::{kind, method};

/// The description of a row of a statement.
pub fn history_row(row: &HistoryRow) -> String {
    let mut text = kind(row.kind).to_owned();
    if let Some(method) = row.method {
        text.push_str(&format!(", {}", self::method(&method)));
    }
    if let Some(order) = row.order_no.as_ref() {
        text.push_str(&format!(", {order}"));
    }
    if let Some(reason) = row.reason.as_ref().or(row.note.as_ref()) {
        text.push_str(&format!(": {reason}"));
    }
    text
}
