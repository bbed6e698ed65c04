//! Accounts as of a day of the posted journal.

use crate::account::order::{Dues, Order, dues};
use crate::account::state::{Account, EntryState};
use crate::date::Date;
use crate::entry::Body;
use crate::entry::order_planned::Instalment;
use crate::fold::customer_book::CustomerBook;
use crate::id::Id;
use crate::money::Money;
use crate::shop::Seals;
use indexmap::IndexMap;
use std::collections::HashMap;

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
    /// What of it is due on which day; without a plan, on the due date, or the order date if there is none.
    pub dues: Dues,
    /// What is owed in minor units, never zero. It can be below zero for some days if an entry is dated before an
    /// entry that it depends on.
    pub owed: Money,
}

impl CustomerBook {
    /// The open orders and lots at the end of a day of the posted journal; `None` means after all entries.
    #[must_use]
    pub fn as_of(&self, seals: &Seals, day: Option<Date>) -> AsOf {
        let account = self.account();
        let Some(day) = day else { return account.current_figures(None) };
        let plans = account.plans_at(day);
        let rows = self.posted_journal(seals);
        if rows.iter().all(|row| row.day <= day) {
            return account.current_figures(Some(&plans));
        }
        let (mut owed, mut outstanding) = (IndexMap::new(), IndexMap::new());
        for part in rows.iter().filter(|row| row.day <= day).flat_map(|row| row.parts.iter()) {
            add_up(&mut owed, &part.owed);
            add_up(&mut outstanding, &part.outstanding);
        }
        let outstanding = outstanding.into_iter().filter(|(_, os)| !os.is_zero());
        let lots: Vec<_> = outstanding.map(|(lot, os)| (lot.clone(), os)).collect();
        AsOf {
            orders: owed
                .into_iter()
                .filter_map(|(order, owed)| account.open_at(order, owed, Some(&plans)))
                .collect(),
            credit: lots.iter().map(|(_, os)| os.or_zero()).sum(),
            to_repay: lots.iter().map(|(_, os)| (-*os).or_zero()).sum(),
            lots,
        }
    }
}

/// The plan of each order at the end of a day.
type Plans<'a> = HashMap<&'a Id, &'a [Instalment]>;

impl Account {
    /// The plans at the end of a day: the last in order of those that were recorded up to it.
    fn plans_at(&self, day: Date) -> Plans<'_> {
        let counts = self.entries.values().filter(|found| found.state == EntryState::Counts);
        let plan = counts.filter(|found| found.entry.on <= day).filter_map(|found| {
            let Body::OrderPlanned(planned) = &found.entry.body else { return None };
            Some((&planned.order, &planned.instalments[..]))
        });
        plan.collect()
    }

    fn current_figures(&self, plans: Option<&Plans<'_>>) -> AsOf {
        let open = |(order, found): (&Id, &Order)| self.open_at(order, found.owed(), plans);
        let orders = self.orders.iter().filter_map(open).collect();
        let lots = self.lots.iter().map(|(id, lot)| (id.clone(), lot.os()));
        let lots = lots.filter(|(_, os)| !os.is_zero()).collect();
        AsOf { orders, lots, credit: self.credit, to_repay: self.to_repay }
    }

    /// What an order owes; `plans` are those of an earlier day, `None` means the last ones.
    fn open_at(&self, order: &Id, owed: Money, plans: Option<&Plans<'_>>) -> Option<OpenOrder> {
        let found = self.orders.get(order).filter(|_| !owed.is_zero())?;
        let entry = found.entry.as_deref();
        let no = entry.and_then(|entry| entry.no.clone());
        let plan = plans.map_or(&found.plan[..], |plans| plans.get(order).copied().unwrap_or_default());
        let mut dues = dues(plan, found.due, owed);
        dues.retain(|(_, open)| !open.is_zero());
        Some(OpenOrder { order: order.clone(), no, on: entry.map(|entry| entry.on), dues, owed })
    }
}

fn add_up<'a>(sums: &mut IndexMap<&'a Id, Money>, changes: &'a [(Id, Money)]) {
    for (id, amount) in changes {
        *sums.entry(id).or_default() += *amount;
    }
}
