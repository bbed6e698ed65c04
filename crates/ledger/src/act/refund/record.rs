//! Record a refund (manual): money out against the payments of an order. A fact, its credit leg a claim.

use super::legs::Decided;
use crate::account::fold::Fold;
use crate::act::payment::Method;
use crate::act::refund::{Refund, RefundWritten, Status};
use crate::body::Body;
use crate::decide::Case;
use crate::refusal::Refusal;

impl Case<'_> {
    /// Manual, or online: the same rungs.
    pub(crate) fn refund(&self, asked: &Refund) -> Result<Body, Refusal> {
        let online = asked.method == Method::Online;
        let kind = if online { "refund.issued" } else { "refund.recorded" };
        let written = self.refund_written(asked, Some(kind))?;
        Ok(if online { Body::RefundIssued(written) } else { Body::RefundRecorded(written) })
    }
}

impl Fold<'_> {
    /// A manual refund: a fact, posted in full.
    pub(crate) fn record_refund(&mut self, written: &RefundWritten) {
        let id = &self.entry.id;
        self.hold_refund(id, written, Status::Recorded);
        self.post_refund(&Decided::new(id, written, Status::Recorded));
    }
}
