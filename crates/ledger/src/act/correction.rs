//! Corrections: a payment or a refund reversed, a rest written off, a write-off taken back.

use crate::id::Id;
use crate::money::Money;
use serde::{Deserialize, Serialize};

mod decide;
mod fold;

/// Reverses a payment or a refund.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct Reversal {
    pub of: Id,
    pub reason: Option<String>,
}

/// Writes off part of an order or of a lot, or takes an order's write-off back.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct WriteOff {
    pub of: Id,
    pub amount: Money,
    pub reason: Option<String>,
}

/// A reversal as written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Reversed {
    pub of: Id,
    pub reason: String,
}

/// `order.written-off` and `write-off.reversed`: a ceiling when folded.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct OrderWrittenOff {
    pub order: Id,
    pub amount: Money,
    pub reason: String,
}

/// `credit.written-off`: a ceiling when folded.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct CreditWrittenOff {
    pub lot: Id,
    pub amount: Money,
    pub reason: String,
}
