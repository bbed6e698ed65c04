//! One result of a search for documents.

use ledger::entry::EntryKind;
use ledger::id::Id;

/// A document whose number or reference matches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The customer on whose account it is.
    pub customer: Id,
    /// That customer's name.
    pub name: String,
    /// The document's id.
    pub id: Id,
    /// Its printed number.
    pub no: Option<String>,
    /// The kind of its entry.
    pub kind: EntryKind,
}
