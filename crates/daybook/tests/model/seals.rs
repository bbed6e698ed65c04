//! Seals of the model: which count, and which entries are late for them.

use super::{Amount, Figures, Fold, Raised};
use ledger::date::Date;
use ledger::entry::{Body, Covered, DaySealed, Place, Record};
use std::collections::BTreeSet;

/// A seal of the records.
#[derive(Clone, Copy)]
pub struct Seal<'a> {
    id: &'a str,
    place: &'a Place,
    sealed: &'a DaySealed,
}

impl Seal<'_> {
    fn covers(&self, place: &Place) -> bool {
        let held = |held: &Covered| {
            held.device == place.device && held.chain == place.chain && held.seq >= place.seq
        };
        self.sealed.covers.iter().any(held)
    }
}

/// The longest branch of seals; of equals, the one whose last seal is first in order.
pub fn counting<'a>(sorted: &[&'a Record]) -> Vec<Seal<'a>> {
    let mut branches: Vec<Vec<Seal<'a>>> = Vec::new();
    for record in first(sorted) {
        if let Body::DayUnsealed(unsealed) = &record.entry.body {
            branches.retain(|branch| branch.iter().all(|seal| seal.id != unsealed.seal.as_str()));
        }
        let Some(seal) = seal(record) else { continue };
        let before = match &seal.sealed.after {
            None => Some(Vec::new()),
            Some(after) => {
                branches.iter().find(|branch| branch.last().unwrap().id == after.as_str()).cloned()
            }
        };
        let Some(mut branch) = before else { continue };
        if branch.last().is_none_or(|last| last.sealed.day < seal.sealed.day) {
            branch.push(seal);
            branches.push(branch);
        }
    }
    let longest = branches.iter().map(Vec::len).max().unwrap_or_default();
    branches.into_iter().find(|branch| branch.len() == longest).unwrap_or_default()
}

/// The records that are the first with their id.
fn first<'a>(sorted: &[&'a Record]) -> Vec<&'a Record> {
    let mut seen = BTreeSet::new();
    sorted.iter().filter(|record| seen.insert(record.entry.id.clone())).copied().collect()
}

fn seal(record: &Record) -> Option<Seal<'_>> {
    let Body::DaySealed(sealed) = &record.entry.body else { return None };
    Some(Seal { id: record.entry.id.as_str(), place: &record.place, sealed })
}

/// The last day of the seals that count.
pub fn last_day(sorted: &[&Record]) -> Option<Date> {
    counting(sorted).last().map(|seal| seal.sealed.day)
}

/// Seals that do not count although nobody unsealed them.
pub fn void(sorted: &[&Record]) -> Vec<Raised> {
    let counting = counting(sorted);
    let is_unsealed = |seal: &Seal<'_>| {
        let unseals = |record: &&Record| match &record.entry.body {
            Body::DayUnsealed(unsealed) => unsealed.seal.as_str() == seal.id,
            _ => false,
        };
        sorted.iter().copied().any(|record| unseals(&record))
    };
    let is_void =
        |seal: &Seal<'_>| counting.iter().all(|other| other.place != seal.place) && !is_unsealed(seal);
    first(sorted)
        .into_iter()
        .filter_map(seal)
        .filter(is_void)
        .map(|seal| {
            let later = counting.iter().find(|other| other.sealed.day >= seal.sealed.day);
            let other = later.or(counting.last()).map(|other| other.id.to_owned());
            Raised { kind: "SealVoid".into(), entry: seal.id.into(), other, about: None, missing: 0 }
        })
        .collect()
}

fn stage(counting: &[Seal<'_>], place: &Place) -> usize {
    counting.iter().position(|seal| seal.covers(place)).unwrap_or(counting.len())
}

/// The seal that a record is late for, and the sum of the debits by which the record changes the balances of its stage
/// and the earlier ones.
pub fn late(counting: &[Seal<'_>], sorted: &[&Record], record: &Record) -> Option<(String, Amount)> {
    let own = stage(counting, &record.place);
    let first = counting.iter().position(|seal| seal.sealed.day >= record.entry.on)?;
    let seal = counting.get(first).filter(|_| first < own)?;
    let held = |with: bool| {
        let mut fold = Fold::default();
        let of_account = sorted.iter().filter(|other| other.entry.customer == record.entry.customer);
        for other in of_account {
            let is_before = (stage(counting, &other.place), &other.place) < (own, &record.place);
            if is_before || (with && other.place == record.place) {
                fold.entry(&other.entry);
            }
        }
        let mut figures = Figures::default();
        fold.report(&mut figures);
        figures.balances
    };
    let (before, mut after) = (held(false), held(true));
    before.iter().for_each(|(account, balance)| *after.entry(account.clone()).or_default() -= balance);
    let missing = after.values().map(|change| (*change).max(0)).sum();
    (missing > 0).then(|| (seal.id.to_owned(), missing))
}
