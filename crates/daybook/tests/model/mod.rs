//! A slow and obvious second ledger, for comparison: lists of what happened and sums over them, no caches. It
//! reads the same records as the real one and shares nothing else with it.
#![allow(dead_code)]

pub mod ask;
mod fold;
mod order;

use fold::Fold;
use ledger::body::Body;
use ledger::entry::Record;
use std::collections::{BTreeMap, BTreeSet};

pub type Amount = i64;

/// What all records come to.
#[derive(Debug, Default, PartialEq)]
pub struct Figures {
    /// By code and party, debit positive, none zero.
    pub balances: BTreeMap<String, Amount>,
    pub owed: BTreeMap<String, Amount>,
    /// Amount and O/S of every lot that has an amount.
    pub lots: BTreeMap<String, (Amount, Amount)>,
    pub refundable: BTreeMap<String, Amount>,
    pub statuses: BTreeMap<String, String>,
    /// Kind and the entry that raised it.
    pub exceptions: BTreeSet<(String, String)>,
}

/// Folds every account from nothing.
pub fn figures(records: &[Record]) -> Figures {
    let mut sorted: Vec<&Record> = records.iter().collect();
    sorted.sort_by_key(|record| record.place.clone());
    let customers: BTreeSet<_> = sorted.iter().map(|record| record.entry.customer.clone()).collect();
    let mut figures = Figures::default();
    for customer in customers {
        let mut fold = Fold::default();
        for record in sorted.iter().filter(|record| record.entry.customer == customer) {
            let moved = fold.entry(&record.entry);
            if moved && is_late(&sorted, record) {
                fold.late(record.entry.id.as_str());
            }
        }
        fold.report(&mut figures);
    }
    figures.balances.retain(|_, balance| *balance != 0);
    figures.lots.retain(|_, lot| *lot != (0, 0));
    figures
}

/// Whether the first seal that closes the record's day was set by a counter that did not hold the record.
fn is_late(sorted: &[&Record], record: &Record) -> bool {
    let mut seals = BTreeMap::new();
    for other in sorted {
        if let Body::DaySealed(sealed) = &other.entry.body {
            seals.entry(sealed.day).or_insert(&sealed.covers);
        }
    }
    let place = &record.place;
    let first = seals.range(record.entry.on..).next();
    first.is_some_and(|(_, covers)| {
        !covers
            .iter()
            .any(|held| held.device == place.device && held.chain == place.chain && held.seq >= place.seq)
    })
}

/// Half away from zero.
pub fn round(numerator: i128, denominator: i128) -> Amount {
    let sign = if (numerator < 0) == (denominator < 0) { 1 } else { -1 };
    let (n, d) = (numerator.abs(), denominator.abs());
    i64::try_from(sign * ((2 * n + d) / (2 * d))).unwrap()
}
