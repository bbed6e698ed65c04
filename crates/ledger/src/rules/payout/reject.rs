//! Reject a pay-out: what was held goes back to the same lots. A claim.

use crate::account::fold::Fold;
use crate::account::raised::OpenUntil;
use crate::account::status::Status;
use crate::entry::payout_rejected::PayoutRejected;
use crate::entry::{Body, EntryKind};
use crate::exception::Kind;
use crate::id::Id;
use crate::money::Money;
use crate::refusal::Refusal;
use crate::rules::case::{Case, non_blank};
use crate::rules::rejection::Rejection;

impl Case<'_> {
    /// Refusals in order: UnknownRefund, NotPermitted, dates, NotAwaiting.
    pub(crate) fn reject_payout(&self, asked: &Rejection) -> Result<Body, Refusal> {
        self.awaiting(&asked.of, EntryKind::PayoutRejected)?;
        let reason = non_blank(asked.reason.as_ref());
        Ok(Body::PayoutRejected(PayoutRejected { payout: asked.of.clone(), reason }))
    }
}

impl Fold<'_> {
    /// Gives back what the pay-out holds.
    pub(crate) fn reject_payout(&mut self, rejected: &PayoutRejected) {
        self.give_back_payout(&rejected.payout);
    }

    /// Gives what is held back to the same lots. A pay-out that was paid on another counter stays paid; one whose
    /// payment was reversed has nothing left to give back.
    pub(crate) fn give_back_payout(&mut self, id: &Id) {
        let Some(payout) = self.account.payouts.get(id).cloned() else { return };
        match payout.status {
            Status::Complete => {
                return self.raise(
                    Kind::RejectedYetPaid,
                    payout.done,
                    Some(id),
                    Money::ZERO,
                    OpenUntil::Resolved,
                );
            }
            Status::Awaiting => {}
            _ => return,
        }
        for part in &payout.parts {
            self.hold(&part.lot, -part.held);
        }
        self.change_payout(id, |payout| payout.parts.iter_mut().for_each(|part| part.held = Money::ZERO));
        self.finish_payout(id, Status::Rejected);
    }
}

/// Whether a body has the content that is asked for.
pub(crate) fn is_same(_: &Case<'_>, asked: &Rejection, body: &Body) -> bool {
    let Body::PayoutRejected(written) = body else { return false };
    asked.of == written.payout
}
