//! Which lines a book holds, by device, chain, branch and number.

use super::spans::Spans;
use ledger::entry::{Covered, Place};
use ledger::id::Id;
use std::collections::BTreeMap;

/// The numbers that are held of each chain. In a chain with branches every line has its own branch.
#[derive(Debug, Clone, Default)]
pub(super) struct HeldLines(BTreeMap<(Id, u32), BTreeMap<u128, Spans>>);

impl HeldLines {
    /// Adds a line. Returns false if it is already held.
    pub(super) fn insert(&mut self, place: &Place) -> bool {
        let chain = self.0.entry((place.device.clone(), place.chain)).or_default();
        chain.entry(place.branch).or_default().insert(place.seq)
    }

    /// Whether a line is held.
    pub(super) fn contains(&self, place: &Place) -> bool {
        let spans =
            self.0.get(&(place.device.clone(), place.chain)).and_then(|chain| chain.get(&place.branch));
        spans.is_some_and(|spans| spans.contains(place.seq))
    }

    /// The last line of each chain.
    pub(super) fn last_of_chains(&self) -> impl Iterator<Item = Covered> {
        self.0.iter().filter_map(|((device, chain), branches)| {
            let seq = branches.values().filter_map(Spans::last).max()?;
            Some(Covered { device: device.clone(), chain: *chain, seq })
        })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn place(device: &str, seq: u64, branch: u128) -> Place {
        Place { order: (0, 0), device: Id::new(device).unwrap(), chain: 1, seq, branch }
    }

    #[test]
    fn lines_of_two_branches_are_two_lines_and_a_chain_has_one_last_line() {
        let mut lines = HeldLines::default();
        for (seq, branch) in [(1, 0), (2, 7), (2, 8), (3, 9)] {
            assert!(!lines.contains(&place("A", seq, branch)));
            assert!(lines.insert(&place("A", seq, branch)));
            assert!(lines.contains(&place("A", seq, branch)) && !lines.insert(&place("A", seq, branch)));
        }
        assert!(!lines.contains(&place("A", 3, 7)) && !lines.contains(&place("B", 1, 0)));
        assert!(lines.insert(&place("B", 1, 0)));
        let last: Vec<_> = lines.last_of_chains().map(|last| (last.device.to_string(), last.seq)).collect();
        assert_eq!(last, [("A".to_owned(), 3), ("B".to_owned(), 1)]);
    }
}
