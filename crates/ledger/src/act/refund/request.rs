//! Request a refund: nothing is posted until somebody approves it. A claim.

use crate::account::fold::Fold;
use crate::act::refund::{Refund, RefundWritten, Status};
use crate::body::Body;
use crate::decide::Case;
use crate::id::Id;
use crate::refusal::Refusal;

impl Case<'_> {
    /// As the refund, without NotPermitted.
    pub(crate) fn request_refund(&self, asked: &Refund) -> Result<Body, Refusal> {
        self.refund_written(asked, None).map(Body::RefundRequested)
    }

    pub(super) fn request(&self, id: &Id) -> Result<(Status, &RefundWritten), Refusal> {
        let unknown = || Refusal::UnknownRefund { refund: id.clone() };
        let refund = self.account().refunds.get(id).ok_or_else(unknown)?;
        Ok((refund.status, refund.written().ok_or_else(unknown)?))
    }
}

impl Fold<'_> {
    /// Posts nothing until it is approved.
    pub(crate) fn request_refund(&mut self, written: &RefundWritten) {
        let id = &self.entry.id;
        self.hold_refund(id, written, Status::Requested);
    }
}
