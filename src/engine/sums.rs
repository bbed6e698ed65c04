//! What all customers owe in total, updated row by row.

use super::cached::Cached;
use super::day::Day;
use super::figures::Figures;
use ledger::date::Date;
use ledger::money::Money;
use ledger::view::ageing::{Age, AgeingSums};
use std::collections::BTreeMap;

/// Sums over all cached accounts.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sums {
    owed: Money,
    owing: u64,
    credit: Money,
    by_due: BTreeMap<Date, Money>,
}

impl Sums {
    /// Adds a row.
    pub fn add(&mut self, cached: &Cached) {
        self.owed += cached.row.owed;
        self.credit += cached.row.credit;
        self.owing += u64::from(cached.row.owed.is_positive());
        cached.owing.iter().for_each(|(due, owed)| *self.by_due.entry(*due).or_default() += *owed);
    }

    /// Subtracts a row.
    pub fn remove(&mut self, cached: &Cached) {
        self.owed -= cached.row.owed;
        self.credit -= cached.row.credit;
        self.owing -= u64::from(cached.row.owed.is_positive());
        cached.owing.iter().for_each(|(due, owed)| *self.by_due.entry(*due).or_default() -= *owed);
        self.by_due.retain(|_, owed| !owed.is_zero());
    }

    /// The figures of a day.
    pub fn figures(&self, day: &Day, today: Date) -> Figures {
        let mut ages = AgeingSums::default();
        self.by_due.iter().for_each(|(due, owed)| ages.put(Age::at(*due, today), *owed));
        Figures {
            taken: day.taken(),
            taken_by: day.taken_by(),
            given_back: day.given(),
            refunds: day.refunds(),
            owed: self.owed,
            owing: self.owing,
            credit: self.credit,
            by_age: ages.owed,
        }
    }
}
