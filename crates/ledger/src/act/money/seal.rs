//! Seal a day: what it covers, and how the books stood. A claim.

use crate::body::Body;
use crate::code::BookAccount;
use crate::date::Date;
use crate::decide::Case;
use crate::id::Id;
use crate::money::Money;
use crate::refusal::Refusal;
use serde::{Deserialize, Serialize};

/// Closes a day.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct SealDay {
    pub day: Date,
    /// What this counter holds, from the journal.
    pub covers: Vec<Covered>,
    /// The trial balance up to the day, from the totals.
    pub balances: Vec<Balance>,
}

/// `day.sealed`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct DaySealed {
    pub day: Date,
    pub covers: Vec<Covered>,
    pub balances: Vec<Balance>,
}

/// How far a counter holds the chain of a device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Covered {
    pub device: Id,
    pub chain: u32,
    /// The last number it holds.
    pub seq: u64,
}

/// One line of a trial balance, debit positive.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Balance {
    pub account: BookAccount,
    #[serde(with = "crate::money::total")]
    pub balance: Money,
}

impl Case<'_> {
    /// NotPermitted, FutureDate, AlreadySealed.
    pub(crate) fn seal_day(&self, asked: &SealDay) -> Result<Body, Refusal> {
        self.permitted("day.sealed", Money::ZERO)?;
        if asked.day > self.horizon {
            return Err(Refusal::FutureDate { on: asked.day, today: self.horizon });
        }
        if let Some(sealed) = self.cx.shop.sealed.filter(|sealed| asked.day <= *sealed) {
            return Err(Refusal::AlreadySealed { day: asked.day, sealed });
        }
        let (covers, balances) = (asked.covers.clone(), asked.balances.clone());
        Ok(Body::DaySealed(DaySealed { day: asked.day, covers, balances }))
    }
}
