//! What a search for documents finds.

use ledger::id::Id;

/// A document whose number or reference fits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Whose account it stands on.
    pub customer: Id,
    /// That customer's name.
    pub name: String,
    /// The document's id.
    pub id: Id,
    /// Its number.
    pub no: Option<String>,
    /// The kind of its entry, such as `order.placed`.
    pub kind: String,
}
