//! The two routes of the order form.

use crate::screens::links;
use ledger::id::Id;

/// The route the form was opened with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OrderRoute {
    /// `/customers/:c/orders/new`.
    Customer,
    /// `/orders/new`, then `/orders/new?customer=`.
    Counter,
}

impl OrderRoute {
    /// The address of the confirmation. After a reload it shows the confirmation again instead of a new form.
    pub fn done(self, customer: &Id, order: &Id) -> String {
        match self {
            Self::Customer => format!("{}?done={order}", links::add_order(customer)),
            Self::Counter => format!("/orders/new?customer={customer}&done={order}"),
        }
    }
}
