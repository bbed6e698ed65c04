//! What may go wrong with the store, by name; its words live in the text files.

/// Why the device could not do it. Nothing was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// Another tab holds the book open in an older version and does not let go.
    Blocked,
    /// The browser did not answer within the time given.
    OpenTimeout,
    /// The book was written by a newer version of the app.
    Newer,
    /// The device has no room left.
    Full,
    /// An entry of that number already exists.
    EntryExists,
    /// The store holds a book already, and another one was to be received into it.
    BookExists,
    /// An id assumed unused already exists.
    IdExists,
    /// The browser closed the store, or another tab took it over for a newer version.
    Closed,
    /// The head was moved by another tab since it was read.
    Conflict,
    /// What is stored cannot be read: which record, and why.
    Corrupt {
        /// The record, such as `entry 12 of chain 1`.
        what: String,
        /// What is wrong with it.
        why: String,
    },
    /// No store, or no lock, in this browser.
    Unsupported(String),
    /// The browser was told to keep nothing for this site.
    Forbidden,
    /// There was a book in this browser, and its store is empty now.
    Emptied,
    /// The store went back to an earlier state: so many entries that were recorded here are missing.
    RolledBack(u64),
    /// An entry would be longer than a line of the journal may be.
    TooLong,
    /// The second part of the program, in which this is done, could not be fetched.
    NotFetched,
    /// Anything else, in the browser's own words.
    Other(String),
}

impl Fault {
    /// A line that stands in the store and cannot be read.
    #[must_use]
    pub fn corrupt(what: impl Into<String>, why: impl ToString) -> Self {
        Self::Corrupt { what: what.into(), why: why.to_string() }
    }
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Debug::fmt(self, f)
    }
}

impl std::error::Error for Fault {}
