//! Request a refund: nothing is posted until an admin approves it. A claim.

use crate::account::fold::Fold;
use crate::account::status::Status;
use crate::entry::Body;
use crate::entry::refund_written::RefundWritten;
use crate::id::Id;
use crate::refusal::Refusal;
use crate::rules::case::Case;
use crate::rules::refund::asked::Refund;

impl Case<'_> {
    /// The refusals of the refund, without NotPermitted.
    pub(crate) fn request_refund(&self, asked: &Refund) -> Result<Body, Refusal> {
        self.check_refund(asked, None).map(Body::RefundRequested)
    }

    pub(super) fn request(&self, id: &Id) -> Result<(Status, &RefundWritten), Refusal> {
        let unknown = || Refusal::UnknownRefund { refund: id.clone() };
        let refund = self.account().refunds.get(id).ok_or_else(unknown)?;
        Ok((refund.status, refund.content().ok_or_else(unknown)?))
    }
}

impl Fold<'_> {
    /// Adds the request; posts nothing until it is approved.
    pub(crate) fn request_refund(&mut self, written: &RefundWritten) {
        let id = &self.entry.id;
        self.add_refund(id, written, Status::Requested);
    }
}

/// Whether a body has the content that is asked for.
pub(crate) fn is_same(case: &Case<'_>, asked: &Refund, body: &Body) -> bool {
    matches!(body, Body::RefundRequested(written) if asked.is_same_as(case, written))
}
