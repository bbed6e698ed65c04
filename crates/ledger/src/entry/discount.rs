//! Discounts of lines and orders: an amount, or a rate of what they are taken off.

use crate::money::Money;
use crate::rate::Rate;
use serde::{Deserialize, Serialize};

/// A discount as typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Discount {
    /// An amount in minor units, counted as the price was typed: net with tax on top, otherwise gross.
    Amount(Money),
    /// A rate.
    Percent(Rate),
}

impl Discount {
    /// What is taken off an amount, in minor units, rounded once.
    #[must_use]
    pub fn of(self, amount: Money) -> Money {
        match self {
            Self::Amount(off) => off,
            Self::Percent(rate) => rate.of(amount),
        }
    }

    /// Whether it takes something off.
    #[must_use]
    pub const fn is_positive(self) -> bool {
        match self {
            Self::Amount(off) => off.is_positive(),
            Self::Percent(rate) => rate.0 > 0,
        }
    }
}
