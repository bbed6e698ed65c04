//! A credit lot: money the shop owes the customer, named after the document it came from.

use crate::id::Id;
use crate::money::Money;
use serde::Serialize;

/// What has been done with a lot, each figure in minor units and only ever counted up, or down by its undoing.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Lot {
    /// Original value.
    pub amount: Money,
    /// Applied to orders, or moved to a lot below zero.
    pub applied: Money,
    /// Given back to it.
    pub back: Money,
    /// Held for pay-outs, paid out, or refunded from it.
    pub held: Money,
    pub reversed: Money,
    pub written_off: Money,
    /// The entry that took from it last, for exceptions to name.
    pub last: Option<Id>,
}

impl Lot {
    /// O/S = Amount − applied + given back − held or paid out − reversed − written off.
    pub fn os(&self) -> Money {
        self.amount - self.applied + self.back - self.held - self.reversed - self.written_off
    }

    /// What may be taken from it.
    pub fn available(&self) -> Money {
        self.os().or_zero()
    }
}
