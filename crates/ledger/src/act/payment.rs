//! Record a payment: money in, allocated to orders; what is left over becomes a credit lot.

use crate::code::MoneyAccount;
use crate::id::Id;
use crate::money::Money;
use serde::{Deserialize, Serialize};

mod decide;
mod fold;

/// How money comes or goes. Which book account that means stands in the entry, never here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Method {
    /// The drawer of the counter that records the entry (1000).
    Cash,
    /// A bank account (1010).
    Check,
    /// A bank account (1010).
    Bank,
    /// A bank account (1010).
    Insurance,
    /// A terminal outside the system (1020).
    Card,
    /// Through the gateway (1020).
    Online,
    /// Anything else (1090); needs a note.
    Other,
    /// Store credit, for refunds only: a lot named after the refund.
    Credit,
}

/// What of a payment goes to one order.
#[derive(Debug, Clone, PartialEq)]
pub struct AllocationAsked {
    /// The order.
    pub order: Id,
    /// The amount typed; `None` takes what is owed or what is left, whichever is less.
    pub amount: Option<Money>,
}

/// Asks for a payment; the command's id is the payment's, and its lot's.
#[derive(Debug, Clone, PartialEq)]
pub struct RecordPayment {
    /// All that came in, in minor units.
    pub amount: Money,
    /// How it came.
    pub method: Method,
    /// The bank account where the method has one; `None`: the first.
    pub bank: Option<String>,
    /// In the order in which they are served; typed amounts are set aside first.
    pub allocations: Vec<AllocationAsked>,
    /// *Apply to Commissions*, Yes by default.
    pub eligible: bool,
    /// Cash handed over, before change.
    pub tendered: Option<Money>,
    /// Check number, terminal slip.
    pub reference: Option<String>,
    /// Internal note; required for `Other`.
    pub note: Option<String>,
}

/// What of a payment goes to one order, as written: a ceiling when folded.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Allocation {
    pub order: Id,
    pub amount: Money,
}

/// A payment as written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct PaymentRecorded {
    pub method: Method,
    pub account: MoneyAccount,
    pub amount: Money,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tendered: Option<Money>,
    pub allocations: Vec<Allocation>,
    pub eligible: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}
