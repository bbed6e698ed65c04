//! One customer's account: a fold of that customer's records, in order, and of nothing else.

use crate::date::Date;
use crate::entry::Record;
use crate::id::Id;
use crate::posting::Moved;
use crate::shop::Shop;
use crate::view::account::AccountView;
use crate::view::customer::CustomerRow;
use crate::view::order::OrderView;

/// What the records of one customer come to.
#[derive(Debug, Clone, Default)]
pub struct Account {}

impl Account {
    /// The row for lists and for the cache.
    #[must_use]
    pub fn row(&self) -> CustomerRow {
        todo!()
    }

    /// The customer screen.
    #[must_use]
    pub fn view(&self, shop: &Shop) -> AccountView {
        let _ = shop;
        todo!()
    }

    /// One order whole; `None` when it is not here.
    #[must_use]
    pub fn order(&self, order: &Id, shop: &Shop) -> Option<OrderView> {
        let _ = (order, shop);
        todo!()
    }
}

/// One customer's records in order, and what they fold to.
#[derive(Debug, Clone)]
pub struct CustomerBook {}

impl CustomerBook {
    /// Sorts and folds.
    #[must_use]
    pub fn new(customer: Id, records: Vec<Record>) -> Self {
        let _ = (customer, records);
        todo!()
    }

    /// What they fold to.
    #[must_use]
    pub fn account(&self) -> &Account {
        todo!()
    }

    /// Takes one more record, wherever it belongs in the order; total. Returns what changed in the sums:
    /// the difference between the fold without it and the fold with it.
    pub fn add(&mut self, record: Record) -> Vec<Moved> {
        let _ = record;
        todo!()
    }

    /// Every posting's sum by account and day, for rebuilding totals.
    #[must_use]
    pub fn moved(&self) -> Vec<Moved> {
        todo!()
    }

    /// The day up to which anything is dated.
    #[must_use]
    pub fn last(&self) -> Option<Date> {
        todo!()
    }
}
