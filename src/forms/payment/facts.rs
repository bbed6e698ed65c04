//! The account data that a payment form is parsed against.

use crate::forms::NoCharge;
use crate::sort::sort_by_key;
use ledger::date::Date;
use ledger::id::Id;
use ledger::money::{Currency, Money};
use ledger::view::lot::LotRow;
use ledger::view::order::OrderRow;

/// The current state of the account, borrowed from its view.
#[derive(Debug, Clone, Copy)]
pub struct PaymentFacts<'a> {
    /// The customer who pays.
    pub customer: &'a Id,
    /// The shop's currency.
    pub currency: &'a Currency,
    /// The shop's smallest coin, in minor units; zero where cash is not rounded.
    pub coin: Money,
    /// The latest date allowed for a payment.
    pub today: Date,
    /// Orders with a balance due or a write-off, see [`due`].
    pub due: &'a [OrderRow],
    /// The customer's credit lots.
    pub lots: &'a [LotRow],
    /// Why the card processor cannot be asked now, as the draft would ask it.
    pub no_charge: Option<NoCharge>,
}

/// The orders with a balance due, by due date and then by number, then those that owe nothing because the rest was written off;
/// `orders` are the newest first.
#[must_use]
pub fn due(orders: &[OrderRow]) -> Vec<OrderRow> {
    let due = orders.iter().rev().filter(|row| most(row).is_positive());
    let mut due: Vec<OrderRow> = due.cloned().collect();
    // Of two that are due on the same day, the one with the lower number; numbers of one counter have the same length.
    sort_by_key(&mut due, |row| {
        let no = row.no.clone().unwrap_or_default();
        (row.owed.is_zero(), row.due.unwrap_or(row.on), no.len(), no)
    });
    due
}

/// The first order with a balance due.
#[must_use]
pub fn first_due(due: &[OrderRow]) -> Option<&OrderRow> {
    due.first().filter(|row| row.owed.is_positive())
}

/// The most that may be paid of an order: its balance, and what was written off of it.
#[must_use]
pub fn most(row: &OrderRow) -> Money {
    row.owed + row.written_off
}

/// What a payment settles of an order unless an amount is typed: its balance, or if it owes nothing what was written off.
#[must_use]
pub fn to_settle(row: &OrderRow) -> Money {
    if row.owed.is_positive() { row.owed } else { row.written_off }
}
