//! Money that no customer touches: partners paid, money moved, drawers counted, days sealed.

use crate::act::payment::Method;
use crate::code::{BookAccount, MoneyAccount};
use crate::date::Date;
use crate::id::Id;
use crate::money::Money;
use serde::{Deserialize, Serialize};

mod decide;
mod fold;
pub(crate) use fold::lines;

/// Pays a partner what is payable.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct PayPartner {
    pub partner: Id,
    pub amount: Money,
    pub method: Method,
    pub bank: Option<String>,
    pub note: Option<String>,
}

/// Moves money between money accounts; a fee is an expense beside it. Asked and written alike.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct MoveMoney {
    pub from: MoneyAccount,
    pub to: MoneyAccount,
    /// What arrives; `from` loses this and the fee.
    pub amount: Money,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fee: Option<Money>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// What a money account held when the book was opened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct OpenMoney {
    pub account: MoneyAccount,
    pub amount: Money,
}

/// Counts this counter's drawer.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct CountDrawer {
    pub counted: Money,
    pub note: Option<String>,
}

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

/// Puts an exception away: what was done about it, in words.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct ResolveException {
    /// The exception's name, such as `OverRefunded`.
    pub kind: String,
    /// The entry it names first.
    pub entry: Id,
    pub reason: Option<String>,
}

/// `partner.paid`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct PartnerPaid {
    pub partner: Id,
    pub method: Method,
    pub account: MoneyAccount,
    pub amount: Money,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// `drawer.counted`: the difference between the two is over or short, never computed again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct DrawerCounted {
    pub account: MoneyAccount,
    pub counted: Money,
    #[serde(with = "crate::money::total")]
    pub expected: Money,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
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

/// `day.sealed`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct DaySealed {
    pub day: Date,
    pub covers: Vec<Covered>,
    pub balances: Vec<Balance>,
}

/// `exception.resolved`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct ExceptionResolved {
    pub kind: String,
    /// The entries it names, the one that raised it first.
    pub entries: Vec<Id>,
    pub note: String,
}
