//! Accounts as of a day of the posted journal.

use crate::account::order::Order;
use crate::account::state::Account;
use crate::date::Date;
use crate::fold::customer_book::CustomerBook;
use crate::id::Id;
use crate::money::Money;
use crate::shop::Seals;
use indexmap::IndexMap;

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
    /// What is owed in minor units, never zero. It can be below zero for some days if an entry is dated before an
    /// entry that it depends on.
    pub owed: Money,
}

impl CustomerBook {
    /// The open orders and lots at the end of a day of the posted journal; `None` means after all entries.
    #[must_use]
    pub fn as_of(&self, seals: &Seals, day: Option<Date>) -> AsOf {
        let account = self.account();
        let Some(day) = day else { return account.current_figures() };
        let rows = self.posted_journal(seals);
        if rows.iter().all(|row| row.day <= day) {
            return account.current_figures();
        }
        let (mut owed, mut outstanding) = (IndexMap::new(), IndexMap::new());
        for part in rows.iter().filter(|row| row.day <= day).flat_map(|row| row.parts.iter()) {
            add_up(&mut owed, &part.owed);
            add_up(&mut outstanding, &part.outstanding);
        }
        let outstanding = outstanding.into_iter().filter(|(_, os)| !os.is_zero());
        let lots: Vec<_> = outstanding.map(|(lot, os)| (lot.clone(), os)).collect();
        AsOf {
            orders: owed.into_iter().filter_map(|(order, owed)| account.open_at(order, owed)).collect(),
            credit: lots.iter().map(|(_, os)| os.or_zero()).sum(),
            to_repay: lots.iter().map(|(_, os)| (-*os).or_zero()).sum(),
            lots,
        }
    }
}

impl Account {
    fn current_figures(&self) -> AsOf {
        let open = |(order, found): (&Id, &Order)| self.open_at(order, found.owed());
        let orders = self.orders.iter().filter_map(open).collect();
        let lots = self.lots.iter().map(|(id, lot)| (id.clone(), lot.os()));
        let lots = lots.filter(|(_, os)| !os.is_zero()).collect();
        AsOf { orders, lots, credit: self.credit, to_repay: self.to_repay }
    }

    fn open_at(&self, order: &Id, owed: Money) -> Option<OpenOrder> {
        let found = self.orders.get(order).filter(|_| !owed.is_zero())?;
        let entry = found.entry.as_deref();
        let no = entry.and_then(|entry| entry.no.clone());
        Some(OpenOrder { order: order.clone(), no, on: entry.map(|entry| entry.on), due: found.due, owed })
    }
}

fn add_up<'a>(sums: &mut IndexMap<&'a Id, Money>, changes: &'a [(Id, Money)]) {
    for (id, amount) in changes {
        *sums.entry(id).or_default() += *amount;
    }
}
