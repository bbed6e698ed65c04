//! Counters and what each of them holds. Those that are online hold the same, so they share one book.

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
    /// The last number in each counter's chain.
    last: BTreeMap<Id, u64>,
}

impl Tills {
    /// A counter exists from its first mention and starts with what the online ones hold.
    pub fn mention(&mut self, till: &Id) {
        if !self.offline.contains_key(till) {
            self.online.insert(till.clone());
        }
    }

    /// What a counter holds.
    pub fn book(&self, till: &Id) -> &Book {
        self.offline.get(till).unwrap_or(&self.shared)
    }

    /// The counter keeps what it holds to itself from now on.
    pub fn go_offline(&mut self, till: &Id) {
        self.mention(till);
        if !self.online.remove(till) {
            return;
        }
        let alone = self.online.is_empty();
        let book = if alone { std::mem::take(&mut self.shared) } else { self.shared.clone() };
        self.offline.insert(till.clone(), book);
    }

    /// The union of what the counter holds and what the online ones hold is what all of them hold.
    pub fn go_online(&mut self, till: &Id) {
        self.mention(till);
        let Some(book) = self.offline.remove(till) else { return };
        if self.online.is_empty() {
            self.shared = book;
        } else {
            for record in book.records() {
                self.shared.add(record);
            }
        }
        self.online.insert(till.clone());
    }

    /// Hands out what a counter holds, at the end of everything.
    pub fn take(mut self, till: &Id) -> Book {
        self.offline.remove(till).unwrap_or(self.shared)
    }

    /// Appends an entry to the counter's chain, at this clock.
    pub fn record(&mut self, till: &Id, clock: u64, entry: Entry) {
        // The first of a chain is the line that opens it.
        let last = self.last.entry(till.clone()).or_insert(1);
        *last += 1;
        let place = Place { order: (clock, 0), device: till.clone(), chain: 1, seq: *last };
        let book = self.offline.get_mut(till).unwrap_or(&mut self.shared);
        book.add(Record { place, verdict: Verdict::Ok, entry });
    }
}
