//! The two addresses of the form.

use crate::screens::links;
use crate::text::say;
use ledger::id::Id;

/// From which route the form was opened.
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

    /// The address that shows what was recorded, so that a reload shows it again instead of a fresh form.
    pub fn done(self, customer: &Id, payment: &Id) -> String {
        match self {
            Self::Customer => format!("{}?done={payment}", links::pay(customer, None)),
            Self::Counter => format!("/pay?customer={customer}&done={payment}"),
        }
    }
}
