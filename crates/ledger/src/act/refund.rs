//! Refund: one number settles it. What goes back, and how much is owed afterwards. A file an act.

use crate::act::payment::Method;
use crate::code::MoneyAccount;
use crate::id::Id;
use crate::money::Money;
use serde::{Deserialize, Serialize};

mod approve;
mod hand_over;
mod issue;
mod legs;
mod record;
mod reject;
mod request;
mod reverse;
mod rungs;
mod settle;
mod undo;

pub use approve::RefundApproved;
pub use settle::{Outcome, SettleRefund};

/// *How much should the client owe you after this transaction is complete?*
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum After {
    /// Same as now: T = B, so the credit leg equals the refund.
    Stays,
    /// Goes up by the refund: T = B + R, so there is no credit leg.
    Reopens,
    /// This amount, from 0 to B + R.
    Amount(Money),
}

/// What goes back of one payment, or of credit applied from one lot.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// The payment, or the lot.
    pub from: Id,
    /// True when `from` names a lot whose applied credit goes back to it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub credit: bool,
    /// In minor units, above zero.
    pub amount: Money,
}

/// The two commission boxes, both unmarked unless somebody marks them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clawback {
    /// *Apply Refund to Referral Partner Commissions (Clawback)*.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub refund: bool,
    /// *Apply Credit to Referral Partner Commissions*.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub credit: bool,
}

/// Asks for a refund; the command's id is the refund's.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct Refund {
    pub order: Id,
    /// The whole of it; the parts add up to it.
    pub amount: Money,
    /// `Online` issues it through the gateway; all others record it.
    pub method: Method,
    pub bank: Option<String>,
    pub parts: Vec<Part>,
    pub after: After,
    pub clawback: Clawback,
    /// Required.
    pub reason: Option<String>,
    pub reference: Option<String>,
    /// Internal; required for `Other`.
    pub note: Option<String>,
}

/// A refund as written (recorded, issued or requested).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct RefundWritten {
    pub order: Id,
    pub method: Method,
    /// Where the money leaves; `None` for store credit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<MoneyAccount>,
    pub parts: Vec<Part>,
    pub after: After,
    /// The credit leg C as decided: a ceiling when folded.
    pub credit: Money,
    #[serde(default)]
    pub clawback: Clawback,
    pub reason: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// Where a refund or pay-out stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum Status {
    Requested,
    Pending,
    Succeeded,
    Failed,
    Canceled,
    Recorded,
    Reversed,
    Awaiting,
    Complete,
    Rejected,
}

/// `refund.rejected` names the request, `refund.handed-over` the refund or pay-out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct RefundNamed {
    pub refund: Id,
}
