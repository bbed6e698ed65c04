//! Seal a day: the covered records and the trial balance. A claim.

use crate::date::Date;
use crate::entry::day_sealed::{Balance, Covered, DaySealed};
use crate::entry::record::Place;
use crate::entry::{Body, EntryKind};
use crate::id::Id;
use crate::money::Money;
use crate::refusal::Refusal;
use crate::rules::asked::Asked;
use crate::rules::case::Case;
use crate::shop::{Seal, Shop};
use std::sync::Arc;

/// A day to seal.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct SealDay {
    pub day: Date,
    /// The last seal that counts, from the records of the shop; `None` for the first.
    pub after: Option<Id>,
    /// What that seal covers; empty for the first.
    pub after_covers: Vec<Covered>,
    /// The last number that this counter holds of each chain, from the journal.
    pub covers: Vec<Covered>,
    /// The trial balance up to the day, from the totals.
    pub balances: Vec<Balance>,
}

impl SealDay {
    /// The first chain of which the seal before covers more than this counter holds.
    fn not_here(&self) -> Option<&Covered> {
        let is_held = |needed: &&Covered| {
            let same = |held: &&Covered| (&held.device, held.chain) == (&needed.device, needed.chain);
            self.covers.iter().find(same).is_some_and(|held| held.seq >= needed.seq)
        };
        self.after_covers.iter().find(|needed| !is_held(needed))
    }
}

impl Case<'_> {
    /// Refusals in order: NotPermitted, FutureDate (after the real today, whatever is sealed), AlreadySealed,
    /// NotAllHere (the seal before covers entries that this counter does not hold).
    pub(crate) fn seal_day(&self, asked: &SealDay) -> Result<Body, Refusal> {
        self.permitted(EntryKind::DaySealed, Money::ZERO)?;
        if asked.day > self.cx.today {
            return Err(Refusal::FutureDate { on: asked.day, today: self.cx.today });
        }
        if let Some(sealed) = self.cx.shop.sealed.filter(|sealed| asked.day <= *sealed) {
            return Err(Refusal::AlreadySealed { day: asked.day, sealed });
        }
        if let Some(Covered { device, chain, seq }) = asked.not_here().cloned() {
            return Err(Refusal::NotAllHere { device, chain, seq });
        }
        let (after, covers, balances) = (asked.after.clone(), asked.covers.clone(), asked.balances.clone());
        Ok(Body::DaySealed(DaySealed { day: asked.day, after, covers, balances }))
    }
}

/// Whether a body has the content that is asked for.
pub(crate) fn is_same(_: &Case<'_>, asked: &SealDay, body: &Body) -> bool {
    let Body::DaySealed(written) = body else { return false };
    asked.day == written.day
}

impl Asked for SealDay {}

impl Shop {
    /// Adds a seal.
    pub(crate) fn seal(&mut self, place: &Place, id: &Id, sealed: &DaySealed) {
        let seals = Arc::make_mut(&mut self.seals);
        seals.add(Seal {
            entry: id.clone(),
            place: place.clone(),
            day: sealed.day,
            after: sealed.after.clone(),
            covers: sealed.covers.clone(),
        });
        self.sealed = seals.last().map(|last| last.day).or(self.sealed);
    }
}
