//! `day.sealed`: a day is closed, with what the counter held and the trial balance.

use crate::code::BookAccount;
use crate::date::Date;
use crate::entry::content::Content;
use crate::id::Id;
use crate::money::Money;
use serde::{Deserialize, Serialize};

/// `day.sealed`, version 2.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DaySealed {
    /// The day; it and all earlier days are closed.
    pub day: Date,
    /// The seal before this one; `None` for the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<Id>,
    /// What the counter held.
    pub covers: Vec<Covered>,
    /// The trial balance up to the day.
    pub balances: Vec<Balance>,
}

/// `day.sealed`, version 1: it does not name the seal before it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DaySealedV1 {
    day: Date,
    covers: Vec<Covered>,
    balances: Vec<Balance>,
}

impl From<DaySealedV1> for DaySealed {
    fn from(old: DaySealedV1) -> Self {
        Self { day: old.day, after: None, covers: old.covers, balances: old.balances }
    }
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

impl Content for DaySealed {}
