//! Approve a requested refund: decided afresh, posted at the place of the approval. A claim.

use super::legs::Decided;
use crate::account::fold::Fold;
use crate::account::raised::Until;
use crate::act::payment::Method;
use crate::act::refund::{Refund, Status};
use crate::body::Body;
use crate::code::MoneyAccount;
use crate::decide::Case;
use crate::exception::Kind;
use crate::id::Id;
use crate::money::Money;
use crate::refusal::Refusal;
use serde::{Deserialize, Serialize};

/// `refund.approved`: what of a request had to be decided afresh; the rest stands in the request.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct RefundApproved {
    pub request: Id,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<MoneyAccount>,
    pub credit: Money,
}

impl Case<'_> {
    /// UnknownRefund, NotPermitted, NotAwaiting, then as the refund, afresh.
    pub(crate) fn approve_refund(&self, request: &Id) -> Result<Body, Refusal> {
        let (status, written) = self.request(request)?;
        let amount = written.parts.iter().map(|part| part.amount).sum();
        self.permitted("refund.approved", amount)?;
        self.dated()?;
        if status != Status::Requested {
            return Err(Refusal::NotAwaiting { refund: request.clone() });
        }
        let bank = written.account.as_ref().map(|account| account.party.to_string());
        let asked = Refund {
            order: written.order.clone(),
            amount,
            method: written.method,
            bank,
            parts: written.parts.clone(),
            after: written.after,
            clawback: written.clawback,
            reason: Some(written.reason.clone()),
            reference: None,
            note: written.note.clone(),
        };
        let afresh = self.refund_written(&asked, None)?;
        Ok(Body::RefundApproved(RefundApproved {
            request: request.clone(),
            account: afresh.account,
            credit: afresh.credit,
        }))
    }
}

impl Fold<'_> {
    /// Posts as the refund would, at the approval's place and under its date. Rejected elsewhere and yet
    /// approved is paid; approved twice counts once.
    pub(crate) fn approve_refund(&mut self, approved: &RefundApproved) {
        let id = &approved.request;
        let Some(refund) = self.at.refunds.get(id) else { return };
        let (before, entry, done) = (refund.status, refund.entry.clone(), refund.done.clone());
        let Body::RefundRequested(written) = &entry.body else { return };
        match before {
            Status::Requested => {}
            Status::Rejected => {
                self.raise(Kind::RejectedYetPaid, done, Some(id), Money::ZERO, Until::Resolved)
            }
            _ => return self.raise(Kind::CompletedTwice, done, Some(id), Money::ZERO, Until::Resolved),
        }
        let (by, actor) = (self.entry.id.clone(), self.entry.actor.clone());
        self.change_refund(id, |refund| {
            refund.done = Some(by);
            refund.done_by = Some(actor);
        });
        let status = if written.method == Method::Online { Status::Pending } else { Status::Recorded };
        let decided =
            Decided { id, written, account: approved.account.as_ref(), credit: approved.credit, status };
        match status {
            Status::Pending => self.try_issue(&decided),
            _ => self.post_refund(&decided),
        }
    }
}
