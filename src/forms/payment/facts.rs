//! What a payment form knows of the book while it is read.

use crate::sort::sort_by_key;
use ledger::date::Date;
use ledger::id::Id;
use ledger::money::Currency;
use ledger::view::lot::LotRow;
use ledger::view::order::OrderRow;

/// The account as it stands, borrowed from its view.
#[derive(Debug, Clone, Copy)]
pub struct PaymentFacts<'a> {
    /// Who pays.
    pub customer: &'a Id,
    /// The shop's.
    pub currency: &'a Currency,
    /// The latest date a payment may have.
    pub today: Date,
    /// Orders with a balance due, see [`due`].
    pub due: &'a [OrderRow],
    /// The customer's credit.
    pub lots: &'a [LotRow],
}

/// Only orders with a balance due, the one due first in front.
#[must_use]
pub fn due(orders: &[OrderRow]) -> Vec<OrderRow> {
    let mut due: Vec<OrderRow> = orders.iter().filter(|row| row.owed.is_positive()).cloned().collect();
    sort_by_key(&mut due, |row| (row.due.unwrap_or(row.on), row.on));
    due
}
