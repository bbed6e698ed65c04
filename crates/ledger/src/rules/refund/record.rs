//! Record a manual refund: money paid back from the payments of an order. A fact; its credit leg is a claim.

use crate::account::fold::Fold;
use crate::account::status::Status;
use crate::entry::refund_written::RefundWritten;
use crate::entry::{Body, EntryKind};
use crate::method::Method;
use crate::refusal::Refusal;
use crate::rules::case::Case;
use crate::rules::refund::asked::Refund;
use crate::rules::refund::legs::DecidedRefund;

impl Case<'_> {
    /// Decides a manual or an online refund; the checks are the same.
    pub(crate) fn refund(&self, asked: &Refund) -> Result<Body, Refusal> {
        let online = asked.method == Method::Online;
        let kind = if online { EntryKind::RefundIssued } else { EntryKind::RefundRecorded };
        let written = self.check_refund(asked, Some(kind))?;
        Ok(if online { Body::RefundIssued(written) } else { Body::RefundRecorded(written) })
    }
}

impl Fold<'_> {
    /// Posts a manual refund in full.
    pub(crate) fn record_refund(&mut self, written: &RefundWritten) {
        let id = &self.entry.id;
        self.add_refund(id, written, Status::Recorded);
        self.post_refund(&DecidedRefund::new(id, written, Status::Recorded));
    }
}

/// Whether a body has the content that is asked for.
pub(crate) fn is_same(case: &Case<'_>, asked: &Refund, body: &Body) -> bool {
    matches!(body, Body::RefundRecorded(written) | Body::RefundIssued(written) if asked.is_same_as(case, written))
}
