//! A set of numbers that mostly follow each other, as spans.

use std::collections::BTreeMap;

/// Numbers as spans, each from its first number to its last: nearly always one span.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Spans(BTreeMap<u64, u64>);

impl Spans {
    /// Adds a number. Returns false if it is already in the set.
    pub(super) fn insert(&mut self, number: u64) -> bool {
        let before = self.0.range(..=number).next_back().map(|(first, last)| (*first, *last));
        let first = match before {
            Some((_, last)) if last >= number => return false,
            Some((first, last)) if last.checked_add(1) == Some(number) => first,
            _ => number,
        };
        let last = number.checked_add(1).and_then(|next| self.0.remove(&next)).unwrap_or(number);
        self.0.insert(first, last);
        true
    }

    /// Whether a number is in the set.
    pub(super) fn contains(&self, number: u64) -> bool {
        self.0.range(..=number).next_back().is_some_and(|(_, last)| *last >= number)
    }

    /// The largest number.
    pub(super) fn last(&self) -> Option<u64> {
        self.0.last_key_value().map(|(_, last)| *last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_added_once_in_whatever_order_numbers_come() {
        for order in [[1, 2, 3, 4, 5], [5, 4, 3, 2, 1], [1, 5, 3, 2, 4], [3, 1, 5, 4, 2]] {
            let mut spans = Spans::default();
            for (count, number) in order.into_iter().enumerate() {
                assert!(!spans.contains(number));
                assert!(spans.insert(number));
                for held in order.iter().take(count + 1) {
                    assert!(spans.contains(*held) && !spans.insert(*held), "{order:?}");
                }
            }
            assert!(!spans.contains(0) && !spans.contains(6));
            assert_eq!(spans, Spans(BTreeMap::from([(1, 5)])), "{order:?}");
            assert_eq!(spans.last(), Some(5));
        }
    }

    #[test]
    fn the_largest_number_is_a_number_like_others() {
        let mut spans = Spans::default();
        assert!(spans.insert(u64::MAX) && spans.insert(u64::MAX - 1));
        assert!(!spans.insert(u64::MAX));
    }
}
