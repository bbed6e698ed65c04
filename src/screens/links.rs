//! The links to what a customer has: routes, some with parameters. `at` makes them addresses, with the base.

use crate::route::{Link, Query, Route};
use ledger::id::Id;

/// A customer.
#[must_use]
pub fn customer(customer: &Id) -> Route {
    Route::Customer(customer.clone())
}

/// *Edit* of a customer.
#[must_use]
pub fn edit_customer(customer: &Id) -> Route {
    Route::EditCustomer(customer.clone())
}

/// A tab of a customer.
#[must_use]
pub fn tab(customer: &Id, tab: &str) -> Link {
    Route::Customer(customer.clone()).with(Query::Tab, tab)
}

/// An order.
#[must_use]
pub fn order(customer: &Id, order: &Id) -> Route {
    Route::Order { customer: customer.clone(), order: order.clone() }
}

/// *Add Order* for a customer.
#[must_use]
pub fn add_order(customer: &Id) -> Route {
    Route::AddOrderFor(customer.clone())
}

/// *Add Payment* for a customer, optionally with an invoice selected.
#[must_use]
pub fn pay(customer: &Id, order: Option<&Id>) -> Link {
    with(Route::PayFor(customer.clone()), Query::Order, order)
}

/// A payment's details.
#[must_use]
pub fn payment(customer: &Id, payment: &Id) -> Route {
    Route::Payment { customer: customer.clone(), payment: payment.clone() }
}

/// A document as it is printed.
#[must_use]
pub fn paper(customer: &Id, document: &Id) -> Route {
    Route::Paper { customer: customer.clone(), document: document.clone() }
}

/// *Refund Payment*, optionally with a payment marked.
#[must_use]
pub fn refund(customer: &Id, order: &Id, payment: Option<&Id>) -> Link {
    with(Route::Refund { customer: customer.clone(), order: order.clone() }, Query::Payment, payment)
}

/// *Refund O/S*, which pays out by lot, or *Pay Refund*, which pays out an amount.
#[must_use]
pub fn pay_out(customer: &Id, by_lot: bool) -> Route {
    let customer = customer.clone();
    if by_lot { Route::RefundOutstanding(customer) } else { Route::PayRefund(customer) }
}

/// *Add Credit*.
#[must_use]
pub fn add_credit(customer: &Id) -> Route {
    Route::AddCredit(customer.clone())
}

/// *Add Credit Note* on an order.
#[must_use]
pub fn add_note(customer: &Id, order: &Id) -> Route {
    Route::AddNote { customer: customer.clone(), order: order.clone() }
}

/// *Exchange* of goods of an order.
#[must_use]
pub fn exchange(customer: &Id, order: &Id) -> Route {
    Route::Exchange { customer: customer.clone(), order: order.clone() }
}

fn with(route: Route, name: Query, id: Option<&Id>) -> Link {
    match id {
        Some(id) => route.with(name, id),
        None => route.into(),
    }
}
