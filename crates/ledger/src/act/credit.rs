//! Credit: granted, noted on an order, applied to an order, taken back.

use crate::id::Id;
use crate::money::Money;
use crate::rate::Rate;
use serde::{Deserialize, Serialize};

mod decide;
pub(crate) use decide::may_have_credit;
mod fold;

/// Pays an order (or a lot below zero) from a lot.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct ApplyCredit {
    pub lot: Id,
    /// An order, or a lot below zero of the same customer.
    pub to: Id,
    pub amount: Money,
    /// Whether it earns commission; `None`: by the rule of the lot's origin.
    pub eligible: Option<bool>,
}

/// Gives back to a lot what is still applied from it to an order.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct UnapplyCredit {
    pub lot: Id,
    pub order: Id,
}

/// Grants credit by itself; the command's id is the lot's. With a rate it is a credit note.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct GrantCredit {
    pub amount: Money,
    pub rate: Option<Rate>,
    pub reason: Option<String>,
    pub note: Option<String>,
    pub opening: bool,
}

/// A credit leg on an order; the command's id is the note's and, where nothing is owed, the lot's.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct CreditNote {
    pub order: Id,
    pub amount: Money,
    pub reason: Option<String>,
    pub note: Option<String>,
    /// *Apply Credit to Referral Partner Commissions*.
    pub clawback: bool,
}

/// Takes back credit given by mistake; no money moves.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct ReverseCredit {
    pub lot: Id,
    /// `None`: all of its O/S.
    pub amount: Option<Money>,
    /// Prefilled `Refund reversal`.
    pub note: Option<String>,
}

/// Undoes the whole of a credit note.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct ReverseCreditNote {
    pub note: Id,
    pub reason: Option<String>,
}

/// `credit.applied`: a ceiling when folded.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct CreditApplied {
    pub lot: Id,
    pub order: Id,
    pub amount: Money,
    pub eligible: bool,
}

/// `credit.granted`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct CreditGranted {
    pub amount: Money,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rate: Option<Rate>,
    pub reason: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub opening: bool,
}

/// `credit.unapplied`: gives back whatever is still applied.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct CreditUnapplied {
    pub lot: Id,
    pub order: Id,
}

/// `order.credited`: a credit leg on an order, a ceiling when folded.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct OrderCredited {
    pub order: Id,
    pub amount: Money,
    pub reason: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub clawback: bool,
}

/// `credit.reversed`: a ceiling when folded.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct CreditReversed {
    pub lot: Id,
    pub amount: Money,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}
