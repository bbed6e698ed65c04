//! The day book: the entries of a period with their postings, by date.

use crate::entry::record::Entry;
use crate::fold::customer_book::Posted;
use crate::posting::Posting;
use crate::view::span::Span;
use std::sync::Arc;

/// An entry and its postings.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct DayBookRow {
    pub entry: Arc<Entry>,
    pub postings: Vec<Posting>,
}

/// The entries of a span that posted something, by date; entries of the same date keep their order.
#[must_use]
pub fn day_book<'a>(posted: impl IntoIterator<Item = &'a Posted>, span: Span) -> Vec<DayBookRow> {
    let within = |posted: &&Posted| span.holds(posted.entry.on) && !posted.moved.is_empty();
    let rows = posted.into_iter().filter(within).map(|posted| DayBookRow {
        entry: posted.entry.clone(),
        postings: posted.moved.iter().map(Posting::from).collect(),
    });
    let mut rows: Vec<_> = rows.collect();
    rows.sort_by_key(|row| row.entry.on);
    rows
}
