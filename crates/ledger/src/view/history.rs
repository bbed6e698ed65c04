//! What happened lately on an account, a row an entry.

use crate::date::Date;
use crate::id::Id;
use crate::money::Money;

/// Which way money went in an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Flow {
    In,
    Out,
    None,
}

/// One entry in the history: data for one sentence, its words elsewhere.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct HistoryRow {
    pub entry: Id,
    pub no: Option<String>,
    pub on: Date,
    pub actor: Id,
    /// The entry's kind, such as `payment.recorded`.
    pub kind: &'static str,
    pub method: Option<crate::act::payment::Method>,
    pub account: Option<crate::code::MoneyAccount>,
    pub order: Option<Id>,
    pub order_no: Option<String>,
    pub status: Option<crate::act::refund::Status>,
    pub amount: Money,
    pub flow: Flow,
    pub reason: Option<String>,
    pub note: Option<String>,
}
