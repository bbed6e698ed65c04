//! Faults of the store, by name; their sentences are in `locales/`.

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
    /// The store was emptied while this browser had it open.
    Cleared,
    /// The store was rolled back to an earlier state: entries that were recorded here are missing.
    RolledBack {
        /// The letter of the counter that recorded them.
        letter: String,
        /// The number of the first one in its chain.
        first: u64,
        /// The number of the last one.
        last: u64,
        /// The clock of the entry before them, in milliseconds since 1970; `None` if there is none.
        since: Option<u64>,
        /// The clock of the last one.
        until: u64,
    },
    /// Entries in the store are not as they were recorded.
    Damaged {
        /// The letters of the counter that recorded them.
        letter: String,
        /// The document number of a changed entry, if it has one.
        no: Option<String>,
        /// The number of the changed entry in its chain, or of the first missing one.
        first: u64,
        /// The number of the last missing entry.
        last: u64,
        /// Whether entries are missing.
        missing: bool,
    },
    /// The date of the device was not confirmed.
    ClockDoubted,
    /// It is not known at which drawer this device stands.
    DrawerAsked,
    /// Another copy of this browser's data has recorded on the same chain, and an endpoint has its entries.
    Copied,
    /// The entry would be longer than the limit of a journal line.
    TooLong,
    /// More entries than one press may have.
    TooMany,
    /// A part of the program could not be fetched.
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
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Blocked => f.write_str("another tab has the book open in an older version"),
            Self::OpenTimeout => f.write_str("the browser did not open the store in time"),
            Self::Newer => f.write_str("the book was written by a newer version"),
            Self::Full => f.write_str("the device has no room left"),
            Self::EntryExists => f.write_str("an entry with this number already exists"),
            Self::BookExists => f.write_str("the store already holds a book"),
            Self::IdExists => f.write_str("an id assumed unused already exists"),
            Self::Closed => f.write_str("the store was closed"),
            Self::Conflict => f.write_str("another tab has committed first"),
            Self::Corrupt { what, why } => write!(f, "{what} cannot be read: {why}"),
            Self::Unsupported(what) => write!(f, "this browser has no {what}"),
            Self::Forbidden => f.write_str("the browser stores nothing for this site"),
            Self::Emptied => f.write_str("the store is empty, although it held a book"),
            Self::Cleared => f.write_str("the store was emptied while it was open"),
            Self::RolledBack { letter, first, last, .. } => {
                write!(f, "entries {first} to {last} of counter {letter} are missing")
            }
            Self::Damaged { letter, first, .. } => {
                write!(f, "entry {first} of counter {letter} is not as it was recorded")
            }
            Self::ClockDoubted => f.write_str("the date of the device was not confirmed"),
            Self::DrawerAsked => f.write_str("the drawer of the device is not known"),
            Self::Copied => f.write_str("another copy of this store has recorded on the same chain"),
            Self::TooMany => f.write_str("more entries than one press may have"),
            Self::TooLong => f.write_str("the entry is longer than a journal line may be"),
            Self::NotFetched => f.write_str("a part of the program could not be fetched"),
            Self::Other(what) => f.write_str(what),
        }
    }
}

impl std::error::Error for Fault {}
