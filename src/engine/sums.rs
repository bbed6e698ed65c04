//! What all customers owe in total, updated row by row.

use super::cached::Cached;
use super::day::Day;
use super::figures::Figures;
use ledger::date::Date;
use ledger::money::Money;
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
        let mut by_age = [Money::ZERO; 5];
        for (due, owed) in &self.by_due {
            if let Some(bucket) = by_age.get_mut(bucket(*due, today)) {
                *bucket += *owed;
            }
        }
        Figures {
            taken: day.taken(),
            taken_by: day.taken_by(),
            given_back: day.given(),
            refunds: day.refunds(),
            owed: self.owed,
            owing: self.owing,
            credit: self.credit,
            by_age,
        }
    }
}

/// The age group of an amount: not due, 1–30, 31–60, 61–90, over 90 days after the due date.
fn bucket(due: Date, today: Date) -> usize {
    match due.days_until(today) {
        ..=0 => 0,
        1..=30 => 1,
        31..=60 => 2,
        61..=90 => 3,
        _ => 4,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    #[test]
    fn an_amount_is_late_from_the_day_after_its_due_date() {
        let due = date("2026-01-31");
        let days = [
            "2026-01-01",
            "2026-01-31",
            "2026-02-01",
            "2026-03-02",
            "2026-03-03",
            "2026-04-01",
            "2026-05-01",
        ];
        assert_eq!(days.map(|today| bucket(due, date(today))), [0, 0, 1, 1, 2, 2, 3]);
        assert_eq!(bucket(due, date("2026-05-02")), 4);
        assert_eq!(bucket(due, date("2031-01-01")), 4);
    }
}
