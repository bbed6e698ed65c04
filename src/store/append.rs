//! The content of one commit, written in one transaction.

use super::{ChainPosition, Fault, StoredEntry};
use journal::{Clock, Line, SideVerdict};

/// The name of the meta value that holds the device's head, clock and numbers, and that [`Append`] compares.
pub const DEVICE: &str = "device";

/// The name of the meta value that holds the folded shop.
pub const SHOP: &str = "shop";

/// The name of the meta value that holds the catalogue: the large parts of the shop, which change rarely.
pub const CATALOGUE: &str = "catalogue";

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
    /// Search words that it assumes unused.
    pub new_words: Vec<String>,
    /// The new entries.
    pub entries: Vec<NewEntry>,
    /// Other values of the shop.
    pub meta: Vec<(String, String)>,
    /// What an endpoint says about entries that are stored already.
    pub judged: Vec<Judged>,
    /// The pages of cached accounts that changed, by number.
    pub pages: Vec<(u32, Vec<u8>)>,
    /// The amounts to add to sums.
    pub totals: Vec<Total>,
    /// Items that wait from now on, or whose content changed.
    pub waits: Vec<Waiting>,
    /// Items that no longer wait, by account and id.
    pub done: Vec<(String, String)>,
    /// Orders whose rows in the list of all orders are new or changed.
    pub orders: Vec<Waiting>,
    /// Orders that the list no longer has, by account and id.
    pub orders_gone: Vec<(String, String)>,
}

/// Cached values that are written into a store before it holds a book.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Documents {
    /// Pages of cached accounts, by number.
    pub pages: Vec<(u32, Vec<u8>)>,
    /// Items that wait.
    pub waits: Vec<Waiting>,
    /// Orders.
    pub orders: Vec<Waiting>,
    /// The amounts to add to sums.
    pub totals: Vec<Total>,
}

/// A new entry, with what keys and indexes need of its line.
#[derive(Debug, Clone, PartialEq)]
pub struct NewEntry {
    /// The entry.
    pub stored: StoredEntry,
    /// Its place.
    pub at: ChainPosition,
    /// The customer; empty for an entry of the shop.
    pub account: String,
    /// Its id; empty where a run of keys has it.
    pub id: String,
    /// Folded words, its number and its reference; a search matches each from its beginning.
    pub words: Vec<String>,
}

impl NewEntry {
    /// Takes the fields from a parsed line.
    #[must_use]
    pub fn of_line(line: &Line<'_>, stored: StoredEntry, words: Vec<String>) -> Self {
        let branch = stored.branch.clone();
        Self {
            at: ChainPosition { branch, ..ChainPosition::new(line.device, line.chain, line.seq) },
            account: line.account.unwrap_or_default().to_owned(),
            id: line.id.to_owned(),
            stored,
            words,
        }
    }

    /// Parses the line of an entry without search words.
    ///
    /// # Errors
    ///
    /// [`Fault::Corrupt`] when the bytes are not a line.
    pub fn parse(stored: StoredEntry) -> Result<Self, Fault> {
        let bytes = stored.bytes.clone();
        let line = Line::parse(bytes.as_bytes()).map_err(|e| Fault::corrupt("a new entry", e))?;
        Ok(Self::of_line(&line, stored, Vec::new()))
    }
}

/// What an endpoint says about an entry that is stored already. If its order or verdict changes, the store gives the entry a
/// new arrival number, so that readers by arrival read it again; else only what stands beside the line is replaced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    /// The entry.
    pub at: ChainPosition,
    /// The clock that orders the fold.
    pub order: Clock,
    /// Whether it counts.
    pub verdict: SideVerdict,
    /// Its number in the shop's log.
    pub lseq: Option<u64>,
    /// The signature of its hash, if the endpoint has passed it on; without one, the stored signature stays.
    pub signature: Option<String>,
}

impl Judged {
    /// Puts this beside the line. Whether the order or the verdict has changed.
    pub(super) fn put_beside(&self, stored: &mut StoredEntry) -> bool {
        let changes = (stored.order, stored.verdict) != (self.order, self.verdict);
        (stored.order, stored.verdict, stored.lseq) = (self.order, self.verdict, self.lseq);
        if self.signature.is_some() {
            stored.signature.clone_from(&self.signature);
        }
        changes
    }
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

/// A cached document of an account: a waiting item of the queue, or an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// The account that it belongs to.
    pub account: String,
    /// The document.
    pub id: String,
    /// The data that lists show, as JSON.
    pub value: String,
}
