//! Take back a requested refund, or a pay-out that is not paid yet, by the person who asked for it. A claim.

use crate::account::fold::Fold;
use crate::account::status::Status;
use crate::entry::refund_named::RefundNamed;
use crate::entry::{Body, EntryKind};
use crate::id::Id;
use crate::refusal::Refusal;
use crate::rules::asked::Asked;
use crate::rules::case::Case;

/// A request or a pay-out to take back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withdrawal {
    /// The request or the pay-out.
    pub of: Id,
}

impl Case<'_> {
    /// Refusals in order: UnknownRefund, NotPermitted (another person asked for it), dates, NotAwaiting.
    pub(crate) fn withdraw_refund(&self, asked: &Withdrawal) -> Result<Body, Refusal> {
        let account = self.account();
        let refund = account.refunds.get(&asked.of).map(|refund| (&refund.entry.actor, refund.status));
        let payout = || account.payouts.get(&asked.of).map(|payout| (&payout.entry.actor, payout.status));
        let unknown = || Refusal::UnknownRefund { refund: asked.of.clone() };
        let (requester, status) = refund.or_else(payout).ok_or_else(unknown)?;
        if requester != self.cx.actor {
            return Err(Refusal::NotPermitted { right: EntryKind::RefundWithdrawn.name() });
        }
        self.dated()?;
        if !matches!(status, Status::Requested | Status::Awaiting) {
            return Err(Refusal::NotAwaiting { refund: asked.of.clone() });
        }
        Ok(Body::RefundWithdrawn(RefundNamed { refund: asked.of.clone() }))
    }
}

impl Fold<'_> {
    /// Marks the request as rejected, if its own actor takes it back; of a pay-out gives back what it holds. A request that was approved
    /// meanwhile stays approved, and a pay-out that was paid stays paid.
    pub(crate) fn withdraw_refund(&mut self, named: &RefundNamed) {
        let (id, actor) = (&named.refund, &self.entry.actor);
        if let Some(refund) = self.account.refunds.get(id) {
            if refund.status == Status::Requested && refund.entry.actor == *actor {
                self.finish_refund(id, Status::Rejected);
            }
        } else if self.account.payouts.get(id).is_some_and(|payout| payout.entry.actor == *actor) {
            self.give_back_payout(id);
        }
    }
}

/// Whether a body has the content that is asked for.
pub(crate) fn is_same(_: &Case<'_>, asked: &Withdrawal, body: &Body) -> bool {
    let Body::RefundWithdrawn(written) = body else { return false };
    asked.of == written.refund
}

impl Asked for Withdrawal {
    fn documents(&self) -> Vec<Id> {
        vec![self.of.clone()]
    }
}
