//! The accounts read so far: the most recent few, folded.

use super::cached::Cached;
use super::tally::Tally;
use crate::store::Fault;
use indexmap::IndexMap;
use ledger::fold::CustomerBook;
use ledger::id::Id;

/// How many accounts stay in memory.
pub const MOST_OPEN: usize = 64;

/// One account, folded.
#[derive(Debug, Clone)]
pub struct OpenAccount {
    /// Its records and what they come to.
    pub book: CustomerBook,
    /// Its row in the caches.
    pub cached: Cached,
    /// What it contributes to the shop's caches, as far as that may still change.
    pub tally: Tally,
    /// An entry that cannot be read: the account is shown without it, and nothing more is recorded on it.
    pub trouble: Option<Fault>,
}

impl OpenAccount {
    /// From a fold.
    pub fn new(mut book: CustomerBook, trouble: Option<Fault>) -> Self {
        book.compact();
        Self { cached: Cached::of(book.account()), tally: Tally::of(book.account()), book, trouble }
    }
}

/// Accounts in the order of their use, the most recent last.
#[derive(Debug, Default)]
pub struct OpenAccounts(IndexMap<Id, OpenAccount>);

impl OpenAccounts {
    /// An account that was read.
    pub fn get(&self, customer: &Id) -> Option<&OpenAccount> {
        self.0.get(customer)
    }

    /// Whether it was read; if so it counts as used just now.
    pub fn mark_used(&mut self, customer: &Id) -> bool {
        let Some(at) = self.0.get_index_of(customer) else { return false };
        self.0.move_index(at, self.0.len() - 1);
        true
    }

    /// Takes an account in, or a newer fold of it; the one used longest ago goes.
    pub fn put(&mut self, customer: Id, mut opened: OpenAccount) {
        self.0.shift_remove(&customer);
        // The older copy is gone, so what the newer one adds can be laid down.
        opened.book.compact();
        self.0.insert(customer, opened);
        if self.0.len() > MOST_OPEN {
            self.0.shift_remove_index(0);
        }
    }
}
