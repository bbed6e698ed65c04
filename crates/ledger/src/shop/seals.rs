//! Seals: what a closed day covers, and what came too late for it. All of it follows from entries alone,
//! never from when they arrived.

use crate::date::Date;
use crate::entry::record::Place;
use crate::exception::Kind;
use crate::id::Id;
use crate::money::Money;
use crate::posting::Movement;
use crate::rules::exception::{Exception, resolve_manually};
use crate::shop::{Seal, Shop};

impl Seal {
    /// Whether whoever sealed held the record.
    #[must_use]
    pub fn covers(&self, place: &Place) -> bool {
        let held = |covered: &crate::entry::day_sealed::Covered| {
            covered.device == place.device && covered.chain == place.chain && place.seq <= covered.seq
        };
        self.covers.iter().any(held)
    }
}

impl Shop {
    /// The seal that an entry came too late for: the first of a day not before its own, when that does not
    /// cover it.
    #[must_use]
    pub fn late_for(&self, place: &Place, on: Date) -> Option<&Seal> {
        let first = self.seals.partition_point(|seal| seal.day < on);
        self.seals.get(first).filter(|seal| !seal.covers(place))
    }

    /// The day on which an entry counts in balances: its own, or the first after every seal that does not
    /// cover it.
    #[must_use]
    pub fn counts_on(&self, place: &Place, on: Date) -> Date {
        let first = self.seals.partition_point(|seal| seal.day < on);
        let missed = self.seals.iter().skip(first).take_while(|seal| !seal.covers(place));
        missed.last().map_or(on, |seal| seal.day.next())
    }

    /// The exception of an entry that came too late, with what it moved.
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
