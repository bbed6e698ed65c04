//! Which document numbers the records of a book have. A million records have a million numbers, but they count without gaps.

use super::spans::Spans;
use journal::Number;
use std::collections::{BTreeMap, BTreeSet};

/// The numbers of documents.
#[derive(Debug, Clone, Default)]
pub(super) struct UsedNumbers {
    /// By counter and series.
    counts: BTreeMap<(String, char), Spans>,
    /// Texts that are no document number; a line of another program may have one.
    others: BTreeSet<String>,
}

impl UsedNumbers {
    /// Adds a number. Returns false if it was used already.
    pub(super) fn insert(&mut self, number: &str) -> bool {
        match Number::parse(number) {
            Some(Number { counter, series, count }) => {
                self.counts.entry((counter.to_owned(), series)).or_default().insert(count)
            }
            None => self.others.insert(number.to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_new_once() {
        let mut numbers = UsedNumbers::default();
        let all = ["AI-0001", "AI-0002", "AP-0001", "AAI-0001", "AI-00001", "92", "AI-10000", ""];
        assert!(all.iter().all(|number| numbers.insert(number)));
        assert!(all.iter().all(|number| !numbers.insert(number)));
    }
}
