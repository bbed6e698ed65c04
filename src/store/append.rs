//! The content of one commit, written in one transaction.

use super::StoredEntry;

/// The name of the meta value that holds the device's head, clock and numbers, and that [`Append`] compares.
pub const DEVICE: &str = "device";

/// The name of the meta value that holds the folded shop.
pub const SHOP: &str = "shop";

/// The name of the meta value that holds the format of the caches.
pub const CACHES: &str = "caches";

/// One commit. It is composed, hashed and encoded before the transaction opens, because awaiting anything else inside
/// an IndexedDB transaction would commit it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Append {
    /// The device's state as it was read; `None` for the first commit of a book.
    pub expected: Option<String>,
    /// The device's state after the commit.
    pub device: String,
    /// Whether rows, sums and waiting items are rebuilt: the stored ones are cleared first.
    pub rebuild: bool,
    /// Ids that the commit assumes unused.
    pub new_ids: Vec<String>,
    /// The new entries.
    pub entries: Vec<NewEntry>,
    /// Other values of the shop.
    pub meta: Vec<(String, String)>,
    /// The cached accounts that changed, by customer.
    pub accounts: Vec<(String, String)>,
    /// The amounts to add to sums.
    pub totals: Vec<Total>,
    /// Items that wait from now on, or whose content changed.
    pub waits: Vec<Waiting>,
    /// Items that no longer wait, by kind and id.
    pub done: Vec<(String, String)>,
}

/// A new entry and its search words: its number and its reference.
#[derive(Debug, Clone, PartialEq)]
pub struct NewEntry {
    /// The entry.
    pub stored: StoredEntry,
    /// Folded words; a search matches each from its beginning.
    pub words: Vec<String>,
}

/// An amount to add to a sum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Total {
    /// A code of the chart of accounts, or one of the app's own below 1000.
    pub code: u16,
    /// The code's party, or empty.
    pub party: String,
    /// The day, `YYYY-MM-DD`.
    pub day: String,
    /// Minor units or a count; may be negative.
    pub add: i64,
}

/// A waiting item of the queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// The kind of waiting, such as `awaiting`.
    pub kind: String,
    /// The document.
    pub id: String,
    /// The data that lists show, as JSON.
    pub value: String,
}
