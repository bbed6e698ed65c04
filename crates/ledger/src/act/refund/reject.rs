//! Reject a requested refund. A claim.

use crate::account::fold::Fold;
use crate::account::raised::Until;
use crate::act::refund::{RefundNamed, Status};
use crate::body::Body;
use crate::decide::Case;
use crate::exception::Kind;
use crate::id::Id;
use crate::money::Money;
use crate::refusal::Refusal;

impl Case<'_> {
    /// UnknownRefund, NotPermitted, NotAwaiting.
    pub(crate) fn reject_refund(&self, request: &Id) -> Result<Body, Refusal> {
        let (status, written) = self.request(request)?;
        self.permitted("refund.rejected", written.parts.iter().map(|part| part.amount).sum())?;
        self.dated()?;
        if status != Status::Requested {
            return Err(Refusal::NotAwaiting { refund: request.clone() });
        }
        Ok(Body::RefundRejected(RefundNamed { refund: request.clone() }))
    }
}

impl Fold<'_> {
    /// Nothing was posted; nothing is undone.
    pub(crate) fn reject_refund(&mut self, rejected: &RefundNamed) {
        let id = &rejected.refund;
        let Some(refund) = self.at.refunds.get(id) else { return };
        match (refund.status, &refund.entry.body, refund.done.clone()) {
            (Status::Requested, ..) => self.finish_refund(id, Status::Rejected),
            (Status::Rejected, ..) => {}
            (_, Body::RefundRequested(_), done) => {
                self.raise(Kind::RejectedYetPaid, done, Some(id), Money::ZERO, Until::Resolved);
            }
            _ => {}
        }
    }
}
