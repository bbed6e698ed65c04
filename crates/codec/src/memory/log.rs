//! The records of a book in the order of their arrival, without their entries, which their accounts have. A book of a million
//! records has a million rows, so a row is small.

use ledger::date::Date;
use ledger::entry::{Place, Verdict};
use ledger::id::Id;
use std::collections::HashMap;

/// The records.
#[derive(Debug, Clone, Default)]
pub(super) struct RecordLog {
    rows: Vec<LogRow>,
    /// Device, chain and branch: few, because only the lines of a chain with branches have one of their own.
    chains: Vec<Chain>,
    /// The index of each in `chains`.
    indexes: HashMap<Chain, u32>,
}

type Chain = (Id, u32, u128);

/// A record without its entry.
#[derive(Debug, Clone)]
struct LogRow {
    /// The clock of its line.
    time: u64,
    count: u32,
    /// The index of its device, chain and branch.
    chain: u32,
    seq: u64,
    owner: Owner,
    /// The position of its entry among those of its owner.
    at: u32,
    on: Date,
    verdict: Verdict,
}

/// To what an entry belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Owner {
    Shop,
    /// The account with this index.
    Account(u32),
}

impl RecordLog {
    /// The number of records.
    pub(super) const fn len(&self) -> usize {
        self.rows.len()
    }

    /// The indexes of all records.
    pub(super) fn rows(&self) -> std::ops::Range<u32> {
        0..self.rows.len() as u32
    }

    /// Adds a record; its entry has a business date and a position among those of its owner.
    pub(super) fn push(&mut self, place: &Place, verdict: Verdict, on: Date, (owner, at): (Owner, usize)) {
        let Place { order: (time, count), device, chain, seq, branch } = place;
        let key = (device.clone(), *chain, *branch);
        let new = self.chains.len() as u32;
        let chain = *self.indexes.entry(key.clone()).or_insert(new);
        if chain == new {
            self.chains.push(key);
        }
        let (time, count, seq, at) = (*time, *count, *seq, at as u32);
        self.rows.push(LogRow { time, count, chain, seq, owner, at, on, verdict });
    }

    /// The place and the verdict of a record.
    pub(super) fn record(&self, row: u32) -> Option<(Place, Verdict)> {
        let LogRow { time, count, chain, seq, verdict, .. } = *self.rows.get(row as usize)?;
        let (device, chain, branch) = self.chains.get(chain as usize)?.clone();
        Some((Place { order: (time, count), device, chain, seq, branch }, verdict))
    }

    /// The place of a record.
    pub(super) fn place(&self, row: u32) -> Option<Place> {
        self.record(row).map(|(place, _)| place)
    }

    /// The business date of a record's entry.
    pub(super) fn on(&self, row: u32) -> Option<Date> {
        self.rows.get(row as usize).map(|row| row.on)
    }

    /// The owner of a record's entry, and the entry's position among those of the owner.
    pub(super) fn owner(&self, row: u32) -> Option<(Owner, usize)> {
        self.rows.get(row as usize).map(|row| (row.owner, row.at as usize))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_record_has_the_place_it_was_added_with() {
        let on = Date::parse("2026-03-02").unwrap();
        let place = |device: &str, seq, branch| Place {
            order: (7, 1),
            device: Id::new(device).unwrap(),
            chain: 2,
            seq,
            branch,
        };
        let places =
            [place("A", 2, 0), place("B", 2, 0), place("A", 3, 5), place("A", 3, 6), place("A", 4, 0)];
        let mut log = RecordLog::default();
        for (at, place) in places.iter().enumerate() {
            log.push(place, Verdict::Refused, on, (Owner::Account(9), at));
        }
        for (row, place) in (0..).zip(&places) {
            assert_eq!(log.record(row), Some((place.clone(), Verdict::Refused)));
            assert_eq!((log.on(row), log.owner(row)), (Some(on), Some((Owner::Account(9), row as usize))));
        }
        assert_eq!((log.len(), log.rows(), log.chains.len()), (5, 0..5, 4));
        assert!(size_of::<LogRow>() <= 48);
    }
}
