//! The account as its entries of a day and before leave it: what a report *as of* that day shows.

use crate::account::state::Account;
use crate::date::Date;
use crate::entry::record::{Place, Record};
use crate::fold::customer_book::CustomerBook;
use crate::fold::sequence;
use crate::id::Id;
use crate::money::Money;
use std::collections::BTreeMap;

/// What stood open on one account at the end of a day.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AsOf {
    /// Orders that owe something, in the order in which they were placed.
    pub orders: Vec<OpenOrder>,
    /// Lots that something is outstanding of, with how much; below zero where more was spent than there was.
    pub lots: Vec<(Id, Money)>,
    /// Lots above zero, in minor units.
    pub credit: Money,
    /// Lots below zero, as a positive amount.
    pub to_repay: Money,
}

/// What one order owes.
#[derive(Debug, Clone, PartialEq)]
pub struct OpenOrder {
    /// The order.
    pub order: Id,
    /// Its number.
    pub no: Option<String>,
    /// When it was placed; `None` for an order that is named and not here.
    pub on: Option<Date>,
    /// When payment is due, else when it was placed.
    pub due: Date,
    /// In minor units, never zero. An act dated before what it corrects can take it below zero for a while.
    pub owed: Money,
}

impl CustomerBook {
    /// What stands open after all entries with this business date or an earlier one; `None`: after all. The whole
    /// account is folded, whatever the day: a later entry may have cut an earlier one.
    #[must_use]
    pub fn as_of(&self, day: Option<Date>) -> AsOf {
        let past = day.filter(|day| self.last().is_some_and(|last| last > *day));
        past.map_or_else(|| self.account().now(), |day| self.then(day))
    }

    /// The book as it was known: of its records those to keep, folded for themselves.
    #[must_use]
    pub fn filtered(&self, keep: impl Fn(&Place) -> bool) -> Self {
        let kept = self.records().filter(|(place, ..)| keep(place)).map(|(place, verdict, entry)| Record {
            place: place.clone(),
            verdict,
            entry: entry.as_ref().clone(),
        });
        Self::new(self.customer().clone(), kept.collect())
    }

    fn then(&self, day: Date) -> AsOf {
        let mut account = Account::default();
        let (mut owed, mut outstanding) = (BTreeMap::new(), BTreeMap::new());
        for posted in self.posted() {
            let Some(lines) = sequence::take(&mut account, &posted.entry) else { continue };
            if posted.entry.on <= day {
                add_up(&mut owed, &lines.owed);
                add_up(&mut outstanding, &lines.outstanding);
            }
        }
        let open = |(place, owed): (usize, Money)| account.open_at(place, owed);
        let lot = |(place, os): (&usize, &Money)| Some((account.lots.get_index(*place)?.0.clone(), *os));
        AsOf {
            orders: owed.into_iter().filter_map(open).collect(),
            lots: outstanding.iter().filter(|(_, os)| !os.is_zero()).filter_map(lot).collect(),
            credit: outstanding.values().map(|os| os.or_zero()).sum(),
            to_repay: outstanding.values().map(|os| (-*os).or_zero()).sum(),
        }
    }
}

impl Account {
    fn now(&self) -> AsOf {
        let owed = self.orders.values().map(crate::account::order::Order::owed).enumerate();
        let orders = owed.filter_map(|(place, owed)| self.open_at(place, owed)).collect();
        let lots = self.lots.iter().map(|(id, lot)| (id.clone(), lot.os()));
        let lots = lots.filter(|(_, os)| !os.is_zero()).collect();
        AsOf { orders, lots, credit: self.credit, to_repay: self.to_repay }
    }

    fn open_at(&self, place: usize, owed: Money) -> Option<OpenOrder> {
        let (id, order) = self.orders.get_index(place).filter(|_| !owed.is_zero())?;
        let entry = order.entry.as_deref();
        let no = entry.and_then(|entry| entry.no.clone());
        Some(OpenOrder { order: id.clone(), no, on: entry.map(|entry| entry.on), due: order.due, owed })
    }
}

fn add_up(sums: &mut BTreeMap<usize, Money>, moved: &[(usize, Money)]) {
    for (place, amount) in moved {
        *sums.entry(*place).or_default() += *amount;
    }
}
