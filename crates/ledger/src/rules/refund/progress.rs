//! Record how far an online refund is at the card processor. A claim that posts nothing.

use crate::account::documents::Refund;
use crate::account::fold::Fold;
use crate::account::status::Status;
use crate::entry::Body;
use crate::entry::refund_progressed::{ProgressRefund, Stage};
use crate::refusal::Refusal;
use crate::rules::case::Case;

impl Case<'_> {
    /// Refusals in order: UnknownRefund, dates, NotPending (the refund is neither pending nor succeeded).
    pub(crate) fn progress_refund(&self, asked: &ProgressRefund) -> Result<Body, Refusal> {
        let unknown = || Refusal::UnknownRefund { refund: asked.refund.clone() };
        let refund = self.account().refunds.get(&asked.refund).ok_or_else(unknown)?;
        self.dated()?;
        match refund.status {
            Status::Pending | Status::Succeeded => Ok(Body::RefundProgressed(asked.clone())),
            Status::Requested
            | Status::Failed
            | Status::Canceled
            | Status::Recorded
            | Status::Reversed
            | Status::Awaiting
            | Status::Complete
            | Status::Rejected => Err(Refusal::NotPending { refund: asked.refund.clone() }),
        }
    }
}

impl Fold<'_> {
    /// Notes how far the refund is. The last entry in order counts.
    pub(crate) fn progress_refund(&mut self, progressed: &ProgressRefund) {
        self.change_refund(&progressed.refund, |refund| refund.progress = Some(progressed.clone()));
        // One that was made on the processor's own page is not settled: what a person has recorded of it stands until it is reversed.
        let stands =
            |refund: &&Refund| refund.status == Status::Recorded && progressed.stage == Stage::Returned;
        if let Some(refund) = self.account.refunds.get(&progressed.refund).filter(stands).cloned() {
            self.note_sent_back(&refund);
        }
    }
}

/// Whether a body has the content that is asked for.
pub(crate) fn is_same(_: &Case<'_>, asked: &ProgressRefund, body: &Body) -> bool {
    matches!(body, Body::RefundProgressed(written) if written == asked)
}
