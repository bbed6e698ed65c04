//! The paths of the screens, without the base: `at` adds the base to links, and navigation adds it
//! automatically.

use ledger::id::Id;

/// A customer.
#[must_use]
pub fn customer(customer: &Id) -> String {
    format!("/customers/{customer}")
}

/// A tab of a customer.
#[must_use]
pub fn tab(customer: &Id, tab: &str) -> String {
    format!("/customers/{customer}?tab={tab}")
}

/// An order.
#[must_use]
pub fn order(customer: &Id, order: &Id) -> String {
    format!("/customers/{customer}/orders/{order}")
}

/// *Add Order* for a customer.
#[must_use]
pub fn add_order(customer: &Id) -> String {
    format!("/customers/{customer}/orders/new")
}

/// *Add Payment* for a customer, optionally with an invoice selected.
#[must_use]
pub fn pay(customer: &Id, order: Option<&Id>) -> String {
    let path = format!("/customers/{customer}/pay");
    order.map_or(path.clone(), |order| format!("{path}?order={order}"))
}

/// A payment's details.
#[must_use]
pub fn payment(customer: &Id, payment: &Id) -> String {
    format!("/customers/{customer}/payments/{payment}")
}

/// *Refund Payment*, optionally with a payment marked.
#[must_use]
pub fn refund(customer: &Id, order: &Id, payment: Option<&Id>) -> String {
    let path = format!("/customers/{customer}/orders/{order}/refund");
    payment.map_or(path.clone(), |payment| format!("{path}?payment={payment}"))
}

/// *Refund O/S*, which pays out by lot, or *Pay Refund*, which pays out an amount.
#[must_use]
pub fn pay_out(customer: &Id, by_lot: bool) -> String {
    let way = if by_lot { "refund-os" } else { "pay-refund" };
    format!("/customers/{customer}/{way}")
}

/// *Add Credit*.
#[must_use]
pub fn add_credit(customer: &Id) -> String {
    format!("/customers/{customer}/credit")
}

/// *Add Credit Note* on an order.
#[must_use]
pub fn add_note(customer: &Id, order: &Id) -> String {
    format!("/customers/{customer}/orders/{order}/credit")
}
