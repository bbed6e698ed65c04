//! `day.sealed`: a day is closed; the entry contains the covered records and the trial balance.

use crate::code::BookAccount;
use crate::date::Date;
use crate::entry::content::Content;
use crate::entry::record::Place;
use crate::id::Id;
use crate::money::Money;
use serde::{Deserialize, Serialize};

/// The content of `day.sealed`, version 2.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DaySealed {
    /// The sealed day; all earlier days are closed too.
    pub day: Date,
    /// The previous seal; `None` for the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<Id>,
    /// The records that the counter held.
    pub covers: Vec<Covered>,
    /// The trial balance up to the day.
    pub balances: Vec<Balance>,
}

/// The content of `day.sealed`, version 1, which does not name the previous seal.
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

/// The records that a counter holds of one chain of a device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Covered {
    pub device: Id,
    pub chain: u32,
    /// The number of the last record that it holds.
    pub seq: u64,
}

impl Covered {
    /// Whether the counter held the record with this place.
    pub(crate) fn has(&self, place: &Place) -> bool {
        (&self.device, self.chain) == (&place.device, place.chain) && place.seq <= self.seq
    }
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
