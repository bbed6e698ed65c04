//! Faults of the store, by name; their sentences are in `locales/`.

use super::ChainPosition;

/// Why the device failed. Nothing was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// Another tab has the book open in an older version and does not close it.
    Blocked,
    /// The browser did not answer before the timeout.
    OpenTimeout,
    /// The book was written by a newer version of the app.
    Newer,
    /// The device has no room left.
    Full,
    /// An entry of that number already exists.
    EntryExists,
    /// A backup was to be received as a new book, but the store already holds a book.
    BookExists,
    /// An id assumed unused already exists.
    IdExists,
    /// The browser closed the store, or another tab upgraded it for a newer version.
    Closed,
    /// Another tab has changed the head since it was read.
    Conflict,
    /// A stored record cannot be read.
    Corrupt {
        /// The record, such as `entry 12 of chain 1`.
        what: String,
        /// What is wrong with it.
        why: String,
    },
    /// This browser has no IndexedDB or no locks, as named.
    Unsupported(String),
    /// The browser is set to store nothing for this site.
    Forbidden,
    /// This browser held a book, and its store is empty now.
    Emptied,
    /// The store was rolled back to an earlier state: this many entries that were recorded here are missing.
    RolledBack(u64),
    /// The entry would be longer than the limit of a journal line.
    TooLong,
    /// The second part of the program, which contains the code, could not be fetched.
    NotFetched,
    /// Any other error, in the browser's own words.
    Other(String),
}

impl Fault {
    /// A stored line that cannot be read.
    #[must_use]
    pub fn corrupt(what: impl Into<String>, why: impl ToString) -> Self {
        Self::Corrupt { what: what.into(), why: why.to_string() }
    }

    /// An entry that should be stored and is not.
    pub(super) fn not_stored(at: &ChainPosition) -> Self {
        Self::corrupt(format!("entry {} of chain {}", at.seq, at.chain), "not stored")
    }
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Debug::fmt(self, f)
    }
}

impl std::error::Error for Fault {}
