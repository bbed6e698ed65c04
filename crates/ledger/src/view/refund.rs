//! A refund or pay-out in a list and in the queue.

use crate::act::payment::Method;
use crate::act::refund::Status;
use crate::code::MoneyAccount;
use crate::date::Date;
use crate::id::Id;
use crate::money::Money;
use serde::{Deserialize, Serialize};

/// A refund (of an order's payments) or a pay-out (of credit lots).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct RefundRow {
    pub id: Id,
    pub no: Option<String>,
    pub on: Date,
    pub customer: Id,
    /// `None` for a pay-out.
    pub order: Option<Id>,
    pub order_no: Option<String>,
    pub method: Method,
    pub account: Option<MoneyAccount>,
    /// The money leg.
    pub amount: Money,
    /// The credit leg.
    pub credit: Money,
    pub status: Status,
    pub reason: Option<String>,
    pub note: Option<String>,
    pub reference: Option<String>,
    pub payee: Option<String>,
    /// Who asked or processed.
    pub actor: Id,
    /// Who approved or completed, when that was a second act.
    pub completed_by: Option<Id>,
    /// *The money has been handed over* was ticked, or no money has to be.
    pub handed_over: bool,
}
