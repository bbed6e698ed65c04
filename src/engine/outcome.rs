//! The outcome of a commit.

use crate::store::Fault;
use ledger::entry::Entry;
use ledger::id::Id;
use ledger::preview::Change;
use ledger::refusal::Refusal;
use ledger::view::customer::CustomerRow;

/// One recorded command, on the disk.
#[derive(Debug, Clone, PartialEq)]
pub struct Recorded {
    /// The id of the command's document.
    pub id: Id,
    /// Its number, such as `AP-0412`, if it has one.
    pub no: Option<String>,
    /// The entry that was written.
    pub entry: Entry,
    /// The customer's row before; `None` for acts of the shop, and for a command that adds the customer.
    pub before: Option<CustomerRow>,
    /// The customer's row after; `None` for acts of the shop.
    pub after: Option<CustomerRow>,
    /// What the whole press changed of money accounts, sales, tax and partners; on its first command, where it was asked
    /// for.
    pub changes: Vec<Change>,
    /// True when the identical act was already recorded, so that this commit wrote nothing.
    pub already: bool,
}

/// Why nothing was recorded.
#[derive(Debug, Clone, PartialEq)]
pub enum NotRecorded {
    /// A rule refuses the command.
    Refused(Refusal),
    /// The device failed.
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
