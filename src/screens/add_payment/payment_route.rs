//! The two routes of the payment form.

use crate::route::{Link, Query, Route};
use crate::screens::links;
use crate::text::say;
use ledger::id::Id;

/// The route the form was opened with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PaymentRoute {
    /// *Add Payment*: `/customers/:c/pay`.
    Customer,
    /// *Enter a Payment*: `/pay`, then `/pay?customer=`.
    Counter,
}

impl PaymentRoute {
    pub fn title(self) -> String {
        match self {
            Self::Customer => say!(pay.add_payment),
            Self::Counter => say!(pay.enter_a_payment),
        }
    }

    /// The address of the confirmation. After a reload it shows the confirmation again instead of a new form.
    pub fn done(self, customer: &Id, payment: &Id) -> Link {
        match self {
            Self::Customer => links::pay(customer, None).with(Query::Done, payment),
            Self::Counter => Route::Pay.with(Query::Customer, customer).with(Query::Done, payment),
        }
    }
}
