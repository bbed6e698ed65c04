//! The example shop: a day book that comes with the app, its dates shifted so that the last is today.

use crate::store::Fault;
use ledger::date::Date;

/// Its journal.
pub fn lines(today: Date) -> Result<Vec<String>, Fault> {
    let _ = today;
    Err(Fault::Unsupported("example".into()))
}
