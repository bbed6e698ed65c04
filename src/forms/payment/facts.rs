//! The account data that a payment form is parsed against.

use crate::sort::sort_by_key;
use ledger::date::Date;
use ledger::id::Id;
use ledger::money::Currency;
use ledger::view::lot::LotRow;
use ledger::view::order::OrderRow;

/// The current state of the account, borrowed from its view.
#[derive(Debug, Clone, Copy)]
pub struct PaymentFacts<'a> {
    /// The customer who pays.
    pub customer: &'a Id,
    /// The shop's currency.
    pub currency: &'a Currency,
    /// The latest date allowed for a payment.
    pub today: Date,
    /// Orders with a balance due, see [`due`].
    pub due: &'a [OrderRow],
    /// The customer's credit lots.
    pub lots: &'a [LotRow],
}

/// The orders with a balance due, earliest due date first; `orders` are the newest first.
#[must_use]
pub fn due(orders: &[OrderRow]) -> Vec<OrderRow> {
    let mut due: Vec<OrderRow> = orders.iter().rev().filter(|row| row.owed.is_positive()).cloned().collect();
    sort_by_key(&mut due, |row| (row.due.unwrap_or(row.on), row.on));
    due
}
