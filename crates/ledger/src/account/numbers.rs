//! The document numbers of an account.

use crate::entry::record::Entry;
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

    /// The entries that do not count and have a number of their own.
    pub fn uncounted(&self) -> &[Arc<Entry>] {
        &self.uncounted
    }

    /// Notes the number of an entry; returns whether it is the highest of its series so far, and so is new.
    pub fn is_highest(&mut self, entry: &Arc<Entry>, number: &str) -> bool {
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
