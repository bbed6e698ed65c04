//! The input of a refund, and its comparison with a recorded refund.

use crate::entry::refund_written::{After, Clawback, Part, RefundWritten};
use crate::id::Id;
use crate::method::Method;
use crate::money::Money;
use crate::rules::asked::Asked;
use crate::rules::case::{Case, non_blank};
use crate::rules::returns::{self, ReturnAsked};

/// A refund to record, issue or request. The id of the command becomes the id of the refund.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct Refund {
    pub order: Id,
    /// The amount in minor units; the parts add up to it.
    pub amount: Money,
    /// The method: `Online` issues the refund through the gateway; the others record it.
    pub method: Method,
    pub bank: Option<String>,
    pub parts: Vec<Part>,
    pub after: After,
    pub clawback: Clawback,
    /// The reason; required.
    pub reason: Option<String>,
    pub reference: Option<String>,
    /// The internal note; required for `Other`.
    pub note: Option<String>,
    /// The lines that came back.
    pub returned: Vec<ReturnAsked>,
    /// Cash rounding in minor units: what the parts take from payments less what is paid out, below zero where more is.
    pub rounding: Money,
}

impl Refund {
    /// Whether a recorded refund has the content that is asked for.
    pub(super) fn is_same_as(&self, case: &Case<'_>, recorded: &RefundWritten) -> bool {
        let asked = self;
        (&asked.order, asked.method, &asked.parts, asked.after, asked.clawback)
            == (&recorded.order, recorded.method, &recorded.parts, recorded.after, recorded.clawback)
            && non_blank(asked.reason.as_ref()).as_ref() == Some(&recorded.reason)
            && non_blank(asked.reference.as_ref()) == recorded.reference
            && non_blank(asked.note.as_ref()) == recorded.note
            && asked.rounding == recorded.rounding
            && returns::is_same(case, &asked.order, &asked.returned, &recorded.returned)
    }
}

/// The input that would record the refund again.
impl From<&RefundWritten> for Refund {
    fn from(written: &RefundWritten) -> Self {
        Self {
            order: written.order.clone(),
            amount: written.parts.iter().map(|part| part.amount).sum(),
            method: written.method,
            bank: written.account.as_ref().and_then(|account| account.bank()).map(str::to_owned),
            parts: written.parts.clone(),
            after: written.after,
            clawback: written.clawback,
            reason: Some(written.reason.clone()),
            reference: written.reference.clone(),
            note: written.note.clone(),
            returned: written.returned.iter().map(ReturnAsked::from).collect(),
            rounding: written.rounding,
        }
    }
}

impl Asked for Refund {
    fn names(&self) -> Vec<Id> {
        std::iter::once(&self.order).chain(self.parts.iter().map(|part| &part.from)).cloned().collect()
    }
}
