//! Copies of an account's records.

use ledger::entry::{Entry, Place, Record, Verdict};
use ledger::fold::CustomerBook;
use std::sync::Arc;

/// Copies of an account's records, in order.
pub fn records(book: &CustomerBook) -> Vec<Record> {
    let record = |(place, verdict, entry): (&Place, Verdict, &Arc<Entry>)| Record {
        place: place.clone(),
        verdict,
        entry: Entry::clone(entry),
    };
    book.records().map(record).collect()
}
