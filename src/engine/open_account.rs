//! The accounts in memory: the most recently used ones, folded.

use super::cached::Cached;
use super::waits::Waits;
use crate::store::Fault;
use indexmap::IndexMap;
use ledger::fold::CustomerBook;
use ledger::id::Id;

/// How many accounts stay in memory.
pub const MOST_OPEN: usize = 64;

/// One folded account.
#[derive(Debug, Clone)]
pub struct OpenAccount {
    /// Its records and their fold.
    pub book: CustomerBook,
    /// Its row of the caches.
    pub cached: Cached,
    /// The digest of its entries.
    pub digest: u128,
    /// Its contribution to the shop's queue.
    pub waits: Waits,
    /// Set when an entry cannot be read: the account is then shown without that entry, and commands on it are refused.
    pub trouble: Option<Fault>,
}

impl OpenAccount {
    /// Creates it from a fold, and the digest of the entries that were folded.
    pub fn new(mut book: CustomerBook, digest: u128, trouble: Option<Fault>) -> Self {
        book.compact();
        let (cached, waits) = (Cached::of(book.account(), digest), Waits::of(book.account()));
        Self { cached, waits, digest, book, trouble }
    }
}

/// Accounts in the order of their last use, the most recent last.
#[derive(Debug, Default)]
pub struct OpenAccounts(IndexMap<Id, OpenAccount>);

impl OpenAccounts {
    /// Returns the account if it is in memory.
    pub fn get(&self, customer: &Id) -> Option<&OpenAccount> {
        self.0.get(customer)
    }

    /// Whether the account is in memory; if so, marks it as the most recently used.
    pub fn mark_used(&mut self, customer: &Id) -> bool {
        let Some(at) = self.0.get_index_of(customer) else { return false };
        self.0.move_index(at, self.0.len() - 1);
        true
    }

    /// Drops the account: it is read again when it is needed.
    pub fn forget(&mut self, customer: &Id) {
        self.0.shift_remove(customer);
    }

    /// Adds an account, or replaces it with a newer fold. Drops the least recently used account when there are too
    /// many.
    pub fn put(&mut self, customer: Id, mut opened: OpenAccount) {
        self.0.shift_remove(&customer);
        // The older copy is dropped, so no copy shares the newer one's additions and they can be compacted.
        opened.book.compact();
        self.0.insert(customer, opened);
        if self.0.len() > MOST_OPEN {
            self.0.shift_remove_index(0);
        }
    }
}
