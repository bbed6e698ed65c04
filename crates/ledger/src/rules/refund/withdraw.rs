//! Take back a requested refund, or a pay-out that is not paid yet, by the person who asked for it; and ask that an online refund be canceled,
//! by the person who issued or approved it. A claim.

use crate::account::documents::Refund;
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
    /// Refusals in order: UnknownRefund, NotPermitted (another person asked for it), dates, NotAwaiting (it is decided or paid; or it is to be
    /// canceled already).
    pub(crate) fn withdraw_refund(&self, asked: &Withdrawal) -> Result<Body, Refusal> {
        let account = self.account();
        let actor = self.cx.actor;
        let refund = account
            .refunds
            .get(&asked.of)
            .map(|refund| (refund.may_be_withdrawn_by(actor), refund.withdrawable()));
        let payout = || {
            let payout = account.payouts.get(&asked.of)?;
            Some((payout.entry.actor == *actor, payout.status == Status::Awaiting))
        };
        let unknown = || Refusal::UnknownRefund { refund: asked.of.clone() };
        let (is_theirs, waits) = refund.or_else(payout).ok_or_else(unknown)?;
        if !is_theirs {
            return Err(Refusal::NotPermitted { right: EntryKind::RefundWithdrawn.name() });
        }
        self.dated()?;
        if !waits {
            return Err(Refusal::NotAwaiting { refund: asked.of.clone() });
        }
        Ok(Body::RefundWithdrawn(RefundNamed { refund: asked.of.clone() }))
    }
}

impl Fold<'_> {
    /// Marks the request as rejected, if its own actor takes it back; of a pay-out gives back what it holds. A request that was approved
    /// meanwhile stays approved, and a pay-out that was paid stays paid. An online refund stays pending: the endpoint sends it no more, or asks
    /// the card processor to cancel it, and the settlement says what became of it.
    pub(crate) fn withdraw_refund(&mut self, named: &RefundNamed) {
        let (id, actor) = (&named.refund, &self.entry.actor);
        if let Some(refund) = self.account.refunds.get(id) {
            if !refund.may_be_withdrawn_by(actor) {
                return;
            }
            match refund.status {
                Status::Requested => self.finish_refund(id, Status::Rejected),
                Status::Pending => self.change_refund(id, |refund| refund.cancel_asked = true),
                Status::Succeeded
                | Status::Failed
                | Status::Canceled
                | Status::Recorded
                | Status::Reversed
                | Status::Awaiting
                | Status::Complete
                | Status::Rejected => {}
            }
        } else if self.account.payouts.get(id).is_some_and(|payout| payout.entry.actor == *actor) {
            self.give_back_payout(id);
        }
    }
}

impl Refund {
    /// Whether it waits for something before which it can be taken back.
    const fn withdrawable(&self) -> bool {
        matches!(self.status, Status::Requested)
            || (matches!(self.status, Status::Pending) && !self.cancel_asked)
    }

    /// The person who asked for it; once it is pending also the person who approved it.
    fn may_be_withdrawn_by(&self, actor: &Id) -> bool {
        self.entry.actor == *actor || (self.status == Status::Pending && self.done_by.as_ref() == Some(actor))
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
