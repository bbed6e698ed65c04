//! Accounts as of a day: the figures of the entries with this or an earlier business date.

use crate::account::state::Account;
use crate::date::Date;
use crate::entry::record::{Place, Record};
use crate::fold::customer_book::CustomerBook;
use crate::fold::sequence;
use crate::id::Id;
use crate::money::Money;
use std::collections::BTreeMap;

/// The open orders and lots of an account at the end of a day.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AsOf {
    /// The orders that owe something, in the order in which they were placed.
    pub orders: Vec<OpenOrder>,
    /// The lots with something outstanding, and how much in minor units; below zero if more was spent than the lot
    /// had.
    pub lots: Vec<(Id, Money)>,
    /// The sum of the lots above zero, in minor units.
    pub credit: Money,
    /// The sum of the lots below zero, as a positive amount.
    pub to_repay: Money,
}

/// What one order owes.
#[derive(Debug, Clone, PartialEq)]
pub struct OpenOrder {
    /// The order.
    pub order: Id,
    /// The document number.
    pub no: Option<String>,
    /// The date when it was placed; `None` for an order that has not arrived.
    pub on: Option<Date>,
    /// The due date, or the order date if there is none.
    pub due: Date,
    /// What is owed in minor units, never zero. It can be below zero for some days if a correction is dated before
    /// the entry that it corrects.
    pub owed: Money,
}

impl CustomerBook {
    /// The open orders and lots after all entries with this or an earlier business date; `None` means after all
    /// entries. The whole account is folded for any day, because a later entry may have cut an earlier one.
    #[must_use]
    pub fn as_of(&self, day: Option<Date>) -> AsOf {
        let past = day.filter(|day| self.last().is_some_and(|last| last > *day));
        past.map_or_else(|| self.account().current_figures(), |day| self.figures_as_of(day))
    }

    /// A book with only the records whose place `keep` accepts, folded separately.
    #[must_use]
    pub fn filtered(&self, keep: impl Fn(&Place) -> bool) -> Self {
        let kept = self.records().filter(|(place, ..)| keep(place)).map(|(place, verdict, entry)| Record {
            place: place.clone(),
            verdict,
            entry: entry.as_ref().clone(),
        });
        Self::new(self.customer().clone(), kept.collect())
    }

    fn figures_as_of(&self, day: Date) -> AsOf {
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
    fn current_figures(&self) -> AsOf {
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
