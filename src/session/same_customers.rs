//! Customers that are marked as duplicates: each is shown with the customer that is kept, with the figures of both.

use ledger::id::Id;
use ledger::shop::Shop;
use ledger::view::customer::CustomerRow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The duplicates, and the rows that are shown for them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SameCustomers {
    /// The customer that is shown for each duplicate.
    kept: BTreeMap<Id, Id>,
    /// The rows of the customers that are kept, with the figures of their duplicates. A customer that is not here has none:
    /// then the duplicates are shown as they are.
    rows: BTreeMap<Id, Arc<CustomerRow>>,
}

impl SameCustomers {
    /// Whether no customer is a duplicate.
    pub fn is_empty(&self) -> bool {
        self.kept.is_empty()
    }

    /// The number of duplicates.
    pub fn count(&self) -> usize {
        self.kept.len()
    }

    /// Takes over the marks of the shop. Whether anything changed; then the rows of all that are kept have to be put.
    pub fn mark(&mut self, shop: &Shop) -> bool {
        let kept = |duplicate: &Id| (duplicate.clone(), shop.kept(duplicate).clone());
        let kept: BTreeMap<Id, Id> = shop.duplicates.keys().map(kept).collect();
        let is_new = kept != self.kept;
        if is_new {
            *self = Self { kept, rows: BTreeMap::new() };
        }
        is_new
    }

    /// The customers that are kept; one with several duplicates several times.
    pub fn all_kept(&self) -> impl Iterator<Item = &Id> {
        self.kept.values()
    }

    /// The duplicates of a customer.
    pub fn duplicates_of<'a>(&'a self, customer: &'a Id) -> impl Iterator<Item = &'a Id> {
        self.kept.iter().filter(move |(_, kept)| *kept == customer).map(|(duplicate, _)| duplicate)
    }

    /// The customer with whose row this one is summed; `None` if it has no duplicate and is none.
    pub fn shown_with<'a>(&'a self, customer: &'a Id) -> Option<&'a Id> {
        self.kept.get(customer).or_else(|| self.rows.contains_key(customer).then_some(customer)).or_else(
            || {
                // Kept, and not here until now.
                self.kept.values().find(|kept| *kept == customer)
            },
        )
    }

    /// Puts the row of a customer that is kept, with the figures of its duplicates.
    pub fn put(&mut self, kept: &Id, row: Option<CustomerRow>) {
        match row {
            Some(row) => drop(self.rows.insert(kept.clone(), Arc::new(row))),
            None => drop(self.rows.remove(kept)),
        }
    }

    /// The customer that is shown for this one.
    pub fn kept<'a>(&'a self, customer: &'a Id) -> &'a Id {
        self.kept.get(customer).filter(|kept| self.rows.contains_key(*kept)).unwrap_or(customer)
    }

    /// Whether the customer is shown with another one.
    pub fn is_duplicate(&self, customer: &Id) -> bool {
        !self.is_empty() && self.kept(customer) != customer
    }

    /// The row that is shown for this one.
    pub fn shown<'a>(&'a self, row: &'a CustomerRow) -> &'a CustomerRow {
        if self.is_empty() {
            return row;
        }
        self.rows.get(self.kept(&row.id)).map_or(row, Arc::as_ref)
    }

    /// The rows that are shown for these, each once, in the same sequence.
    pub fn as_one<'a>(&'a self, rows: Vec<&'a CustomerRow>) -> Vec<&'a CustomerRow> {
        let mut seen = BTreeSet::new();
        let shown = rows.into_iter().map(|row| self.shown(row));
        shown.filter(|row| !self.rows.contains_key(&row.id) || seen.insert(&row.id)).collect()
    }
}
