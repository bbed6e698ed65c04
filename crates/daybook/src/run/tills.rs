//! The counters and their books. Counters that are online hold the same entries, so they share one book.

use codec::memory::Book;
use ledger::entry::{Entry, Place, Record, Verdict};
use ledger::id::Id;
use std::collections::{BTreeMap, BTreeSet};

/// Every counter of a day book.
#[derive(Default)]
pub struct Tills {
    online: BTreeSet<Id>,
    shared: Book,
    offline: BTreeMap<Id, Book>,
    /// The number of the last line in each counter's chain.
    last: BTreeMap<Id, u64>,
}

impl Tills {
    /// Adds a counter at its first mention; it starts with the shared book.
    pub fn mention(&mut self, till: &Id) {
        if !self.offline.contains_key(till) {
            self.online.insert(till.clone());
        }
    }

    /// The book of a counter.
    pub fn book(&self, till: &Id) -> &Book {
        self.offline.get(till).unwrap_or(&self.shared)
    }

    /// The book of a counter, to change it.
    pub fn book_mut(&mut self, till: &Id) -> &mut Book {
        self.offline.get_mut(till).unwrap_or(&mut self.shared)
    }

    /// Takes a counter offline: it no longer exchanges entries.
    pub fn go_offline(&mut self, till: &Id) {
        self.mention(till);
        if !self.online.remove(till) {
            return;
        }
        let is_last = self.online.is_empty();
        let book = if is_last { std::mem::take(&mut self.shared) } else { self.shared.clone() };
        self.offline.insert(till.clone(), book);
    }

    /// Takes a counter online: it and all online counters then hold the union of their entries.
    pub fn go_online(&mut self, till: &Id) {
        self.mention(till);
        let Some(book) = self.offline.remove(till) else { return };
        if self.online.is_empty() {
            self.shared = book;
        } else {
            self.shared.merge(&book);
        }
        self.online.insert(till.clone());
    }

    /// Returns the book of a counter, at the end of the day book.
    pub fn take(mut self, till: &Id) -> Book {
        self.offline.remove(till).unwrap_or(self.shared)
    }

    /// Appends the entries of one act to a counter's chain, with this clock.
    pub fn record(&mut self, till: &Id, clock: u64, entries: &[Entry]) {
        // Number 1 of a chain is the line that opens it.
        let last = self.last.entry(till.clone()).or_insert(1);
        for (count, entry) in (0..).zip(entries) {
            *last += 1;
            let (order, device) = ((clock, count), till.clone());
            let place = Place { order, device, chain: 1, seq: *last, branch: 0 };
            let book = self.offline.get_mut(till).unwrap_or(&mut self.shared);
            book.add(Record { place, verdict: Verdict::Ok, entry: entry.clone() });
        }
    }
}
