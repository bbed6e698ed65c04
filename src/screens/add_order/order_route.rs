//! The two routes of the order form.

use crate::route::{Link, Query, Route};
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
    pub fn done(self, customer: &Id, order: &Id) -> Link {
        match self {
            Self::Customer => links::add_order(customer).with(Query::Done, order),
            Self::Counter => Route::AddOrder.with(Query::Customer, customer).with(Query::Done, order),
        }
    }
}
