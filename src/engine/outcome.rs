//! What comes of a commit.

use crate::store::Fault;
use ledger::entry::Entry;
use ledger::id::Id;
use ledger::refusal::Refusal;
use ledger::view::customer::CustomerRow;

/// One act, on the disk.
#[derive(Debug, Clone, PartialEq)]
pub struct Recorded {
    /// The id of the document or act.
    pub id: Id,
    /// Its number, such as `AP-0412`, where it has one.
    pub no: Option<String>,
    /// What was written.
    pub entry: Entry,
    /// The customer before; `None` for acts of the shop, and when a customer was added.
    pub before: Option<CustomerRow>,
    /// The customer after; `None` for acts of the shop.
    pub after: Option<CustomerRow>,
    /// True when the very same act stood in the book already: a second commit wrote nothing.
    pub already: bool,
}

/// Why nothing was recorded.
#[derive(Debug, Clone, PartialEq)]
pub enum NotRecorded {
    /// The rules say no.
    Refused(Refusal),
    /// The device could not.
    Fault(Fault),
}

impl From<Refusal> for NotRecorded {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<Fault> for NotRecorded {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}
