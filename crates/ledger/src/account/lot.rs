//! A credit lot: money that the shop owes the customer; its id is the id of the document that it came from.

use crate::id::Id;
use crate::money::Money;
use serde::Serialize;

/// The figures of a lot in minor units. Each only grows, except when an act is undone.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Lot {
    /// The original amount.
    pub amount: Money,
    /// Applied to orders, or moved to a lot below zero.
    pub applied: Money,
    /// Given back to the lot.
    pub back: Money,
    /// Held for pay-outs, paid out, or refunded from the lot.
    pub held: Money,
    pub reversed: Money,
    pub written_off: Money,
    /// Given to other customers.
    pub transferred: Money,
    /// The entry that took from the lot last; exceptions name it.
    pub last: Option<Id>,
}

impl Lot {
    /// O/S = Amount − applied + given back − held or paid out − reversed − written off − transferred.
    pub fn os(&self) -> Money {
        self.amount - self.applied + self.back
            - self.held
            - self.reversed
            - self.written_off
            - self.transferred
    }

    /// The amount that can be taken from the lot.
    pub fn available(&self) -> Money {
        self.os().or_zero()
    }
}
