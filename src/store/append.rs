//! What one commit writes, in one transaction.

use super::StoredEntry;

/// The meta value that holds the device's head, clock and numbers, and that [`Append`] compares.
pub const DEVICE: &str = "device";

/// The meta value that holds the shop as folded.
pub const SHOP: &str = "shop";

/// The meta value that says in which shape the caches are kept.
pub const CACHES: &str = "caches";

/// One commit. Composed, hashed and encoded before the transaction opens: any foreign wait would commit it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Append {
    /// The device's state as it was read; `None` for the first commit of a book.
    pub expected: Option<String>,
    /// The device's state after the commit.
    pub device: String,
    /// Whether rows, sums and what waits are rebuilt: what stands there is cleared first.
    pub rebuild: bool,
    /// Ids that stand nowhere in the book, as the commit takes it.
    pub new_ids: Vec<String>,
    /// The new entries.
    pub entries: Vec<NewEntry>,
    /// Other values of the shop.
    pub meta: Vec<(String, String)>,
    /// The cached accounts that changed, by customer.
    pub accounts: Vec<(String, String)>,
    /// What is added to sums.
    pub totals: Vec<Total>,
    /// What waits from now on, or waits in another shape.
    pub waits: Vec<Waiting>,
    /// What waits no longer, by kind and id.
    pub done: Vec<(String, String)>,
}

/// A new entry, and the words by which it is found: its number, its reference.
#[derive(Debug, Clone, PartialEq)]
pub struct NewEntry {
    /// The entry.
    pub stored: StoredEntry,
    /// Folded words, each matched from its beginning.
    pub words: Vec<String>,
}

/// An amount to be added to a sum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Total {
    /// A code of the chart, or one of the book's own below 1000.
    pub code: u16,
    /// The code's party, or empty.
    pub party: String,
    /// The day, `YYYY-MM-DD`.
    pub day: String,
    /// Minor units or a count; may be negative.
    pub add: i64,
}

/// Something that waits for somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// What it waits for, such as `awaiting`.
    pub kind: String,
    /// The document.
    pub id: String,
    /// What lists show of it, as JSON.
    pub value: String,
}
