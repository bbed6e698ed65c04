//! The document numbers of an account: finds a number that was printed by two documents. That happens when two copies of
//! one counter go on separately.

use crate::account::raised::{OpenUntil, RaisedException};
use crate::account::state::Account;
use crate::entry::record::Entry;
use crate::exception::Kind;
use crate::money::Money;
use std::sync::Arc;

/// The highest number of every series. Numbers of a series rise in the order of the entries, so that other entries are
/// searched only for a number that does not.
#[derive(Debug, Clone, Default)]
pub struct Numbers {
    highest: Vec<Arc<Entry>>,
    /// Entries that do not count because their id exists, with a number that the entry with this id does not have.
    uncounted: Vec<Arc<Entry>>,
}

impl Numbers {
    /// Remembers the number of an entry that does not count because `counted` has its id.
    pub fn note_uncounted(&mut self, counted: &Entry, entry: &Arc<Entry>) {
        if entry.no.is_some() && entry.no != counted.no {
            self.uncounted.push(entry.clone());
        }
    }

    /// Notes the number of an entry; returns whether it is the highest of its series so far, and so is new.
    fn is_highest(&mut self, entry: &Arc<Entry>, number: &str) -> bool {
        let (series, count) = parts(number);
        let of_series = |other: &&mut Arc<Entry>| other.no.as_deref().is_some_and(|no| parts(no).0 == series);
        match self.highest.iter_mut().find(of_series) {
            Some(highest) if highest.no.as_deref().is_some_and(|no| count <= parts(no).1) => false,
            Some(highest) => {
                *highest = entry.clone();
                true
            }
            None => {
                self.highest.push(entry.clone());
                true
            }
        }
    }
}

/// The series of a number and its count; of two counts the longer is the higher.
fn parts(number: &str) -> (&str, (usize, &str)) {
    let (series, count) = number.rsplit_once('-').unwrap_or((number, ""));
    (series, (count.len(), count))
}

impl Account {
    /// Raises [`Kind::NumberTwice`] if an earlier entry with another id has the number of this entry.
    pub(crate) fn check_number(&mut self, entry: &Arc<Entry>) {
        let Some(number) = &entry.no else { return };
        if self.numbers.is_highest(entry, number) {
            return;
        }
        let printed = |other: &&Arc<Entry>| other.no.as_ref() == Some(number) && other.id != entry.id;
        let Some(other) = self.entries().chain(&self.numbers.uncounted).find(printed) else { return };
        let other = other.id.clone();
        self.raised.push(RaisedException {
            kind: Kind::NumberTwice,
            entry: entry.id.clone(),
            other: Some(other),
            about: Some(entry.id.clone()),
            missing: Money::ZERO,
            until: OpenUntil::Resolved,
        });
    }
}
