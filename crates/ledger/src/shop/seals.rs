//! Seals: what a sealed day covers, and which entries are late for it. This follows from the entries alone, not from
//! when they arrived.

use crate::date::Date;
use crate::entry::record::Place;
use crate::exception::Kind;
use crate::id::Id;
use crate::money::Money;
use crate::posting::Movement;
use crate::rules::exception::{Exception, resolve_manually};
use crate::shop::{Seal, Shop};

impl Seal {
    /// Whether the counter that sealed the day held the record.
    #[must_use]
    pub fn covers(&self, place: &Place) -> bool {
        let held = |covered: &crate::entry::day_sealed::Covered| {
            covered.device == place.device && covered.chain == place.chain && place.seq <= covered.seq
        };
        self.covers.iter().any(held)
    }
}

impl Shop {
    /// The seal that an entry is late for: the first seal of its day or a later day, if that seal does not cover it.
    #[must_use]
    pub fn late_for(&self, place: &Place, on: Date) -> Option<&Seal> {
        let first = self.seals.partition_point(|seal| seal.day < on);
        self.seals.get(first).filter(|seal| !seal.covers(place))
    }

    /// The day on which an entry counts in balances: its own date, or the day after the last of the seals from its
    /// date on that do not cover it.
    #[must_use]
    pub fn counts_on(&self, place: &Place, on: Date) -> Date {
        let first = self.seals.partition_point(|seal| seal.day < on);
        let missed = self.seals.iter().skip(first).take_while(|seal| !seal.covers(place));
        missed.last().map_or(on, |seal| seal.day.next())
    }

    /// The exception of a late entry, with the sum of its debits.
    pub(crate) fn lateness(
        &self,
        place: &Place,
        on: Date,
        entry: &Id,
        moved: &[Movement],
    ) -> Option<Exception> {
        let seal = self.late_for(place, on)?;
        let debits = moved.iter().map(|line| line.amount.or_zero());
        Some(Exception {
            kind: Kind::LateIntoSealedDay,
            entry: entry.clone(),
            other: Some(seal.entry.clone()),
            about: None,
            missing: debits.sum::<Money>(),
            stays: true,
            remedy: resolve_manually(Kind::LateIntoSealedDay, entry),
        })
    }
}
