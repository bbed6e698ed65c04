//! The second pair of eyes: a refund requested, approved or rejected, handed over.

use super::fold::Decided;
use super::{Method, RefundApproved, RefundNamed, RefundWritten, Status};
use crate::account::fold::Fold;
use crate::account::raised::Until;
use crate::body::Body;
use crate::exception::Kind;
use crate::money::Money;

impl Fold<'_> {
    /// Posts nothing until it is approved.
    pub(crate) fn request_refund(&mut self, written: &RefundWritten) {
        let id = &self.entry.id;
        self.hold_refund(id, written, Status::Requested);
    }

    /// Posts as the refund would, at the approval's place and under its date. Rejected elsewhere and yet
    /// approved is paid; approved twice counts once.
    pub(crate) fn approve_refund(&mut self, approved: &RefundApproved) {
        let id = &approved.request;
        let Some(refund) = self.at.refunds.get_mut(id) else { return };
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
        if let Some(refund) = self.at.refunds.get_mut(id) {
            refund.done = Some(by);
            refund.done_by = Some(actor);
        }
        let status = if written.method == Method::Online { Status::Pending } else { Status::Recorded };
        let decided =
            Decided { id, written, account: approved.account.as_ref(), credit: approved.credit, status };
        match status {
            Status::Pending => self.try_issue(&decided),
            _ => self.post_refund(&decided),
        }
    }

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

    /// Ticks that the money has been handed over.
    pub(crate) fn hand_over(&mut self, named: &RefundNamed) {
        if let Some(refund) = self.at.refunds.get_mut(&named.refund) {
            refund.handed_over = true;
        }
        if let Some(payout) = self.at.payouts.get_mut(&named.refund) {
            payout.handed_over = true;
        }
    }
}
