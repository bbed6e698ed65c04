//! What is due between two days, customer by customer, from the cached accounts.

use super::open::Engine;
use crate::sort::sort_by;
use crate::store::Store;
use ledger::date::Date;
use ledger::id::Id;
use ledger::money::Money;

/// What one customer owes that is due on one day: orders with that due date, and instalments of planned ones.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct DueRow {
    pub customer: Id,
    pub name: String,
    pub on: Date,
    pub amount: Money,
}

impl<S: Store> Engine<S> {
    /// What is due from the first to the last day, both included, by day and name.
    pub fn due(&self, first: Date, last: Date) -> Vec<DueRow> {
        let state = self.state.borrow();
        let mut due = Vec::new();
        for cached in state.rows.all().values() {
            for (on, amount) in cached.owing.iter().filter(|(on, _)| (first..=last).contains(on)) {
                let (customer, name) = (cached.row.id.clone(), cached.row.name.clone());
                due.push(DueRow { customer, name, on: *on, amount: *amount });
            }
        }
        sort_by(&mut due, |one, other| (one.on, &one.name).cmp(&(other.on, &other.name)));
        due
    }
}
