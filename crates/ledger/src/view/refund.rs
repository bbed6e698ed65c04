//! A refund or pay-out, as a row of a list and of the queue of open ones.

use crate::account::documents::{Payout, Refund};
use crate::account::state::Account;
use crate::account::status::Status;
use crate::code::MoneyAccount;
use crate::date::Date;
use crate::entry::Body;
use crate::id::Id;
use crate::method::Method;
use crate::money::Money;
use serde::{Deserialize, Serialize};

/// A refund (of the payments of an order) or a pay-out (of credit lots). Amounts are in minor units.
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
    /// The person who recorded, requested or processed it.
    pub actor: Id,
    /// The person who approved or completed it, if that was a separate act.
    pub completed_by: Option<Id>,
    /// Whether *The money has been handed over* was ticked, or no hand-over is needed.
    pub handed_over: bool,
}

impl Account {
    /// Refunds, requests and pay-outs, newest first.
    pub(crate) fn refund_rows(&self) -> Vec<RefundRow> {
        self.entries.keys().rev().filter_map(|id| self.refund_row(id)).collect()
    }

    /// The row of a refund or a pay-out.
    #[must_use]
    pub fn refund_row(&self, id: &Id) -> Option<RefundRow> {
        match self.refunds.get(id) {
            Some(refund) => self.order_refund_row(id, refund),
            None => self.payout_row(id, self.payouts.get(id)?),
        }
    }

    fn order_refund_row(&self, id: &Id, refund: &Refund) -> Option<RefundRow> {
        let (entry, written) = (&refund.entry, refund.content()?);
        let asked = || written.parts.iter().map(|part| part.amount).sum();
        let posted = !refund.taken.is_empty();
        Some(RefundRow {
            id: id.clone(),
            no: entry.no.clone(),
            on: entry.on,
            customer: entry.customer.clone()?,
            order: Some(refund.order.clone()),
            order_no: self.number(&refund.order),
            method: written.method,
            account: refund.account.clone().or_else(|| written.account.clone()),
            amount: if posted {
                refund.taken.iter().map(|taken| taken.kept + taken.lot).sum()
            } else {
                asked()
            },
            credit: if posted { refund.credit() } else { written.credit },
            status: refund.status,
            reason: Some(written.reason.clone()),
            note: written.note.clone(),
            reference: written.reference.clone(),
            payee: None,
            actor: entry.actor.clone(),
            completed_by: refund.done_by.clone(),
            handed_over: refund.handed_over || needs_no_hand_over(written.method),
        })
    }

    fn payout_row(&self, id: &Id, payout: &Payout) -> Option<RefundRow> {
        let (entry, processed) = (&payout.entry, payout.processed()?);
        let completed = payout.done.as_ref().and_then(|done| {
            let Body::PayoutCompleted(completed) = self.body(done)? else { return None };
            Some(completed.account.clone())
        });
        Some(RefundRow {
            id: id.clone(),
            no: entry.no.clone(),
            on: entry.on,
            customer: entry.customer.clone()?,
            order: None,
            order_no: None,
            method: processed.method,
            account: Some(completed.unwrap_or_else(|| processed.account.clone())),
            amount: processed.amount,
            credit: Money::ZERO,
            status: payout.status,
            reason: None,
            note: processed.note.clone(),
            reference: processed.reference.clone(),
            payee: processed.payee.clone(),
            actor: entry.actor.clone(),
            completed_by: payout.done_by.clone(),
            handed_over: payout.handed_over || needs_no_hand_over(processed.method),
        })
    }
}

/// The gateway moves the money of an online refund, and store credit is not money.
const fn needs_no_hand_over(method: Method) -> bool {
    matches!(method, Method::Online | Method::Credit)
}
