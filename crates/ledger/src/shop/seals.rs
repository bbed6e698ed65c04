//! Seals: which of them count, in which stage of the posted journal each record is, and which records are late.
//! All of it follows from the entries alone, not from when they arrived.

use crate::account::map::FastHasher;
use crate::date::Date;
use crate::entry::day_sealed::Covered;
use crate::entry::record::Place;
use crate::id::Id;
use std::collections::HashMap;
use std::hash::BuildHasherDefault;

/// A sealed day.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Seal {
    pub entry: Id,
    pub place: Place,
    pub day: Date,
    /// The seal before it, as the entry names it; `None` for a first seal and for entries of version 1.
    pub after: Option<Id>,
    pub covers: Vec<Covered>,
}

/// All seals of a shop. They form a tree, because counters can seal while they are offline; the longest branch counts.
/// Of two that are equally long the one whose last seal comes first in order counts.
///
/// The seals that count divide the records into stages: stage 0 is what the first of them covers, stage 1 what the
/// second covers beyond it, and so on. Records that no seal covers are in the last stage, which is open.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Seals {
    all: Vec<Branch>,
    /// The indexes in `all` of the seals that count, by day.
    counting: Vec<usize>,
    /// By device and chain: the last number of each stage that covers more of it than the stages before.
    ends: HashMap<(Id, u32), Vec<StageEnd>, BuildHasherDefault<FastHasher>>,
}

/// A seal and its place in the tree.
#[derive(Debug, Clone, PartialEq)]
struct Branch {
    seal: Seal,
    /// The index of the seal before it.
    before: Option<usize>,
    /// The number of seals from the first to this one; 0 for a seal that can never count, because the seal that it
    /// names is unknown or is of the same or a later day.
    length: usize,
    /// Whether an entry unsealed it.
    unsealed: bool,
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct StageEnd {
    seq: u64,
    stage: usize,
}

impl Seals {
    /// Adds a seal. Seals are added in the order of their places. The cost is that of what the seal covers, unless
    /// another branch becomes the longest.
    pub(crate) fn add(&mut self, seal: Seal) {
        let before = match &seal.after {
            Some(after) => self.all.iter().position(|other| other.seal.entry == *after),
            // A seal of version 1 does not name the seal before it, which is the last that its counter held.
            None => self.counting.iter().copied().rfind(|at| self.is_held(*at, &seal)),
        };
        // The first seal always begins a branch: a cached shop does not have the seals before it.
        if before.is_none() && seal.after.is_some() && !self.all.is_empty() {
            return self.add_branch(seal, None, 0);
        }
        let length = match before.and_then(|at| self.all.get(at)) {
            Some(before) if before.seal.day >= seal.day || before.length == 0 => 0,
            Some(before) => before.length + 1,
            None => 1,
        };
        self.add_branch(seal, before, length);
    }

    fn add_branch(&mut self, seal: Seal, before: Option<usize>, length: usize) {
        let at = self.all.len();
        self.all.push(Branch { seal, before, length, unsealed: false });
        if length <= self.counting.len() {
            return;
        }
        if before == self.counting.last().copied() {
            self.count(at);
            return;
        }
        self.counting.clear();
        self.ends.clear();
        self.branch_to(at).into_iter().for_each(|at| self.count(at));
    }

    /// Makes a seal void; those that continue it can no longer count either. Returns whether it is among the seals.
    pub(crate) fn unseal(&mut self, seal: &Id) -> bool {
        let Some(named) = self.all.iter().position(|branch| branch.seal.entry == *seal) else { return false };
        let ends: Vec<usize> =
            (0..self.all.len()).filter(|at| self.branch_to(*at).contains(&named)).collect();
        for (at, branch) in self.all.iter_mut().enumerate() {
            branch.unsealed |= at == named;
            branch.length = if ends.contains(&at) { 0 } else { branch.length };
        }
        self.counting.clear();
        self.ends.clear();
        // Of several longest branches the one whose last seal is first in order.
        let length = self.all.iter().map(|branch| branch.length).max().filter(|length| *length > 0);
        let longest = self.all.iter().position(|branch| Some(branch.length) == length);
        let counting = longest.map(|last| self.branch_to(last)).unwrap_or_default();
        counting.into_iter().for_each(|at| self.count(at));
        true
    }

    /// The seals from the first to this one.
    fn branch_to(&self, last: usize) -> Vec<usize> {
        let mut branch = vec![last];
        while let Some(before) = branch.last().and_then(|at| self.all.get(*at)?.before) {
            branch.push(before);
        }
        branch.reverse();
        branch
    }

    /// Appends a seal to those that count.
    fn count(&mut self, at: usize) {
        let Some(branch) = self.all.get(at) else { return };
        let stage = self.counting.len();
        for Covered { device, chain, seq } in &branch.seal.covers {
            let ends = self.ends.entry((device.clone(), *chain)).or_default();
            if ends.last().is_none_or(|end| end.seq < *seq) {
                ends.push(StageEnd { seq: *seq, stage });
            }
        }
        self.counting.push(at);
    }

    /// Whether the counter of a seal held an earlier one when it sealed.
    fn is_held(&self, at: usize, by: &Seal) -> bool {
        self.all.get(at).is_some_and(|Branch { seal: Seal { day, place, .. }, .. }| {
            let covered = |held: &Covered| {
                (&held.device, held.chain) == (&place.device, place.chain) && place.seq <= held.seq
            };
            *day < by.day && by.covers.iter().any(covered)
        })
    }

    fn day_of(&self, at: usize) -> Option<Date> {
        self.all.get(at).map(|branch| branch.seal.day)
    }

    /// Whether no seal counts.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.counting.is_empty()
    }

    /// The seals that count, by day.
    pub fn counting(&self) -> impl DoubleEndedIterator<Item = &Seal> {
        self.counting.iter().filter_map(|at| Some(&self.all.get(*at)?.seal))
    }

    /// The last seal that counts.
    #[must_use]
    pub fn last(&self) -> Option<&Seal> {
        self.counting().next_back()
    }

    /// The seals that do not count although nobody unsealed them, in order.
    pub fn void(&self) -> impl Iterator<Item = &Seal> {
        let is_void = |(at, branch): &(usize, &Branch)| !self.counting.contains(at) && !branch.unsealed;
        self.all.iter().enumerate().filter(is_void).map(|(_, branch)| &branch.seal)
    }

    /// The stage of a record: the number of seals that count and do not cover it, up to the first that does.
    #[must_use]
    pub fn stage(&self, place: &Place) -> usize {
        if self.is_empty() {
            return 0;
        }
        let ends = self.ends.get(&(place.device.clone(), place.chain)).map_or(&[][..], Vec::as_slice);
        let first = ends.partition_point(|end| end.seq < place.seq);
        ends.get(first).map_or(self.counting.len(), |end| end.stage)
    }

    /// The day on which a record counts in the posted journal: its business date, or the day after the seal before
    /// its stage if that is later.
    #[must_use]
    pub fn posting_day(&self, place: &Place, on: Date) -> Date {
        self.opens(self.stage(place)).map_or(on, |opens| on.max(opens))
    }

    /// The first day of a stage: the day after the seal before it; `None` for the first stage.
    #[must_use]
    pub fn opens(&self, stage: usize) -> Option<Date> {
        let before = self.counting.get(stage.checked_sub(1)?)?;
        self.day_of(*before).map(Date::next)
    }

    /// The seal that a record is late for: the first seal of its business date or a later day, if neither that seal
    /// nor one before it covers the record.
    #[must_use]
    pub fn late_for(&self, place: &Place, on: Date) -> Option<&Seal> {
        let first = self.counting.partition_point(|at| self.day_of(*at) < Some(on));
        let seal = self.all.get(*self.counting.get(first)?).map(|branch| &branch.seal)?;
        (first < self.stage(place)).then_some(seal)
    }
}
