//! Reject a requested refund. A claim.

use crate::account::fold::Fold;
use crate::account::raised::OpenUntil;
use crate::account::status::Status;
use crate::entry::refund_rejected::RefundRejected;
use crate::entry::{Body, EntryKind};
use crate::exception::Kind;
use crate::money::Money;
use crate::refusal::Refusal;
use crate::rules::case::{Case, non_blank};
use crate::rules::rejection::Rejection;

impl Case<'_> {
    /// Refusals in order: UnknownRefund, NotPermitted, dates, NotAwaiting.
    pub(crate) fn reject_refund(&self, asked: &Rejection) -> Result<Body, Refusal> {
        let request = &asked.of;
        let (status, written) = self.request(request)?;
        self.permitted(EntryKind::RefundRejected, written.parts.iter().map(|part| part.amount).sum())?;
        self.dated()?;
        if status != Status::Requested {
            return Err(Refusal::NotAwaiting { refund: request.clone() });
        }
        let reason = non_blank(asked.reason.as_ref());
        Ok(Body::RefundRejected(RefundRejected { refund: request.clone(), reason }))
    }
}

impl Fold<'_> {
    /// Marks the request as rejected. Nothing was posted, so nothing is undone.
    pub(crate) fn reject_refund(&mut self, rejected: &RefundRejected) {
        let id = &rejected.refund;
        let Some(refund) = self.account.refunds.get(id) else { return };
        let done = refund.done.clone();
        match refund.status {
            Status::Requested => self.finish_refund(id, Status::Rejected),
            Status::Rejected => {}
            // Already approved, if it was a request.
            Status::Pending
            | Status::Succeeded
            | Status::Failed
            | Status::Canceled
            | Status::Recorded
            | Status::Reversed
            | Status::Awaiting
            | Status::Complete => {
                if let Body::RefundRequested(_) = &refund.entry.body {
                    self.raise(Kind::RejectedYetPaid, done, Some(id), Money::ZERO, OpenUntil::Resolved);
                }
            }
        }
    }
}

/// Whether a body has the content that is asked for.
pub(crate) fn is_same(_: &Case<'_>, asked: &Rejection, body: &Body) -> bool {
    let Body::RefundRejected(written) = body else { return false };
    asked.of == written.refund
}
