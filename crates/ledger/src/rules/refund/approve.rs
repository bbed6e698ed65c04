//! Approve a requested refund: it is decided again, and posted at the place of the approval. A claim.

use crate::account::fold::Fold;
use crate::account::raised::OpenUntil;
use crate::account::status::Status;
use crate::entry::refund_approved::RefundApproved;
use crate::entry::{Body, EntryKind};
use crate::exception::Kind;
use crate::id::Id;
use crate::method::Method;
use crate::money::Money;
use crate::refusal::Refusal;
use crate::rules::case::Case;
use crate::rules::refund::asked::Refund;
use crate::rules::refund::legs::DecidedRefund;
use crate::rules::returns::ReturnAsked;

impl Case<'_> {
    /// Refusals in order: UnknownRefund, NotPermitted, dates, NotAwaiting, then those of the refund, decided again.
    pub(crate) fn approve_refund(&self, request: &Id) -> Result<Body, Refusal> {
        let (status, written) = self.request(request)?;
        let amount = written.parts.iter().map(|part| part.amount).sum();
        self.permitted(EntryKind::RefundApproved, amount)?;
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
            returned: written.returned.iter().map(ReturnAsked::from).collect(),
            rounding: written.rounding,
        };
        let decided = self.check_refund(&asked, None)?;
        Ok(Body::RefundApproved(RefundApproved {
            request: request.clone(),
            account: decided.account,
            credit: decided.credit,
        }))
    }
}

impl Fold<'_> {
    /// Posts the refund at the place and date of the approval. A request that was rejected on another counter is
    /// paid; a second approval does nothing.
    pub(crate) fn approve_refund(&mut self, approved: &RefundApproved) {
        let id = &approved.request;
        let Some(refund) = self.account.refunds.get(id) else { return };
        let (before, entry, done) = (refund.status, refund.entry.clone(), refund.done.clone());
        let Body::RefundRequested(written) = &entry.body else { return };
        match before {
            Status::Requested => {}
            Status::Rejected => {
                self.raise(Kind::RejectedYetPaid, done, Some(id), Money::ZERO, OpenUntil::Resolved)
            }
            _ => return self.raise(Kind::CompletedTwice, done, Some(id), Money::ZERO, OpenUntil::Resolved),
        }
        let (by, actor) = (self.entry.id.clone(), self.entry.actor.clone());
        self.change_refund(id, |refund| {
            refund.done = Some(by);
            refund.done_by = Some(actor);
        });
        let status = if written.method == Method::Online { Status::Pending } else { Status::Recorded };
        let decided = DecidedRefund {
            id,
            written,
            account: approved.account.as_ref(),
            credit: approved.credit,
            status,
        };
        match status {
            Status::Pending => self.try_issue(&decided),
            _ => self.post_refund(&decided),
        }
    }
}

/// Whether a body has the content that is asked for.
pub(crate) fn is_same(_: &Case<'_>, asked: &Id, body: &Body) -> bool {
    let Body::RefundApproved(written) = body else { return false };
    *asked == written.request
}
