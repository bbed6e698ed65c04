//! Pay-out: money out of credit lots, held first, paid when completed.

use crate::act::payment::Method;
use crate::code::MoneyAccount;
use crate::id::Id;
use crate::money::Money;
use serde::{Deserialize, Serialize};

mod decide;
mod fold;

/// What is taken from one lot.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct FromLot {
    pub lot: Id,
    pub amount: Money,
}

/// Asks for a pay-out; the command's id is the pay-out's.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct ProcessPayout {
    pub amount: Money,
    pub method: Method,
    pub bank: Option<String>,
    /// The parts add up to the amount.
    pub from: Vec<FromLot>,
    /// Payee's details, where they differ from the customer's.
    pub payee: Option<String>,
    pub reference: Option<String>,
    pub note: Option<String>,
}

/// A pay-out as written: a hold, cut to what the lots have when folded.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct PayoutProcessed {
    pub amount: Money,
    pub method: Method,
    pub account: MoneyAccount,
    pub from: Vec<FromLot>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payee: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// `payout.completed`: the money leg, whole, from the counter or bank account of whoever completes it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct PayoutCompleted {
    pub payout: Id,
    pub account: MoneyAccount,
    pub amount: Money,
}

/// `payout.rejected`: the hold goes back to the same lots.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct PayoutRejected {
    pub payout: Id,
}
