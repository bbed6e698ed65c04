//! Ageing: what is owed, by order and age; credit is shown separately and never subtracted.

use crate::date::Date;
use crate::fold::customer_book::CustomerBook;
use crate::id::Id;
use crate::money::Money;
use crate::shop::{Seals, Shop};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::AddAssign;

/// The age of what is owed, in days after the due date of the order or instalment (or the order date if there is none).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Age {
    /// Not due yet, or due today.
    Current,
    To30,
    To60,
    To90,
    Over90,
}

impl Age {
    /// All ages, youngest first.
    pub const ALL: [Self; 5] = [Self::Current, Self::To30, Self::To60, Self::To90, Self::Over90];

    /// The age at the end of `day` of an amount due on `due`.
    #[must_use]
    pub fn at(due: Date, day: Date) -> Self {
        match days_after(due, day) {
            ..=0 => Self::Current,
            1..=30 => Self::To30,
            31..=60 => Self::To60,
            61..=90 => Self::To90,
            _ => Self::Over90,
        }
    }
}

/// Sums by age, and credit in separate columns, in minor units.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct AgeingSums {
    /// What is owed by [`Age`], youngest first.
    pub owed: [Money; 5],
    /// Available credit: lots above zero.
    pub credit: Money,
    /// Credit to be repaid: lots below zero, as a positive amount. −2100 is `credit` less this.
    pub to_repay: Money,
}

impl AgeingSums {
    /// The sum of all ages, which equals 1100.
    #[must_use]
    pub fn total(&self) -> Money {
        self.owed.iter().copied().sum()
    }

    /// Whether all sums are zero.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Adds an amount owed of this age.
    pub fn put(&mut self, age: Age, owed: Money) {
        let column = Age::ALL.iter().zip(&mut self.owed).find(|(each, _)| **each == age);
        column.into_iter().for_each(|(_, sum)| *sum += owed);
    }
}

impl AddAssign<&Self> for AgeingSums {
    fn add_assign(&mut self, other: &Self) {
        self.owed.iter_mut().zip(other.owed).for_each(|(sum, more)| *sum += more);
        self.credit += other.credit;
        self.to_repay += other.to_repay;
    }
}

/// What one order, or one of its instalments, owes, and its age.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct AgedOrder {
    pub order: Id,
    pub no: Option<String>,
    pub due: Date,
    /// The days after `due`; negative before it.
    pub days: i32,
    pub age: Age,
    pub owed: Money,
}

/// The open orders of one customer by age.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct AgedCustomer {
    pub customer: Id,
    pub name: String,
    pub orders: Vec<AgedOrder>,
    pub sums: AgeingSums,
}

impl AgedCustomer {
    /// Adds a duplicate, which is shown with this customer.
    fn add(&mut self, duplicate: Self) {
        self.orders.extend(duplicate.orders);
        self.sums += &duplicate.sums;
    }
}

/// The customers as reports show them: the orders and sums of a duplicate are among those of the customer that is kept. A
/// duplicate whose kept customer is not among them stays as it is.
#[must_use]
pub fn aged_as_one(aged: Vec<AgedCustomer>, shop: &Shop) -> Vec<AgedCustomer> {
    let mut shown: BTreeMap<Id, AgedCustomer> = BTreeMap::new();
    let ids: BTreeSet<Id> = aged.iter().map(|one| one.customer.clone()).collect();
    let of = |one: &AgedCustomer| Some(shop.kept(&one.customer)).filter(|kept| ids.contains(*kept)).cloned();
    let (kept, duplicates): (Vec<_>, Vec<_>) =
        aged.into_iter().partition(|one| of(one).is_none_or(|kept| kept == one.customer));
    shown.extend(kept.into_iter().map(|one| (one.customer.clone(), one)));
    for duplicate in duplicates {
        if let Some(kept) = shown.get_mut(shop.kept(&duplicate.customer)) {
            kept.add(duplicate);
        }
    }
    shown.into_values().collect()
}

impl CustomerBook {
    /// What is owed at the end of a day, by age. The sums equal 1100 and 2100 of this customer as of that day.
    #[must_use]
    pub fn ageing(&self, seals: &Seals, day: Date) -> AgedCustomer {
        let as_of = self.as_of(seals, Some(day));
        let mut sums = AgeingSums { credit: as_of.credit, to_repay: as_of.to_repay, ..AgeingSums::default() };
        let orders = as_of.orders.iter().flat_map(|open| open.dues.iter().map(move |due| (open, *due)));
        let orders = orders.map(|(open, (due, owed))| {
            let age = Age::at(due, day);
            sums.put(age, owed);
            let (order, no, days) = (open.order.clone(), open.no.clone(), days_after(due, day));
            AgedOrder { order, no, due, days, age, owed }
        });
        let orders = orders.collect();
        AgedCustomer { customer: self.customer().clone(), name: self.account().row().name, orders, sums }
    }
}

fn days_after(due: Date, day: Date) -> i32 {
    due.days_until(day)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use crate::date::Date;
    use crate::view::ageing::Age;

    #[test]
    fn ages_change_on_the_days_that_bookkeepers_expect() {
        let due = Date::parse("2026-01-01").unwrap();
        for (day, age) in [
            ("2025-12-01", Age::Current),
            ("2026-01-01", Age::Current),
            ("2026-01-02", Age::To30),
            ("2026-01-31", Age::To30),
            ("2026-02-01", Age::To60),
            ("2026-03-02", Age::To60),
            ("2026-03-03", Age::To90),
            ("2026-04-01", Age::To90),
            ("2026-04-02", Age::Over90),
            ("2036-04-02", Age::Over90),
        ] {
            assert_eq!(Age::at(due, Date::parse(day).unwrap()), age, "{day}");
        }
    }
}
