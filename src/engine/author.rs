//! Who records a command, and when.

use ledger::date::Date;
use ledger::id::Id;

/// The member of staff who records a command, with the business date and the time.
#[derive(Debug, Clone, PartialEq)]
pub struct Author {
    /// The member of staff.
    pub actor: Id,
    /// The shop's current business date.
    pub today: Date,
    /// The wall clock, in milliseconds since 1970.
    pub now: u64,
}
