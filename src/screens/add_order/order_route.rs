//! The two addresses of the form.

use crate::screens::links;
use ledger::id::Id;

/// From which route the form was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OrderRoute {
    /// `/customers/:c/orders/new`.
    Customer,
    /// `/orders/new`, then `/orders/new?customer=`.
    Counter,
}

impl OrderRoute {
    /// The address that shows what was recorded, so that a reload shows it again instead of a fresh form.
    pub fn done(self, customer: &Id, order: &Id) -> String {
        match self {
            Self::Customer => format!("{}?done={order}", links::add_order(customer)),
            Self::Counter => format!("/orders/new?customer={customer}&done={order}"),
        }
    }
}
