//! Reverse a complete pay-out: the money never left, such as for a check that was never cashed. A fact.

use crate::account::fold::Fold;
use crate::account::raised::OpenUntil;
use crate::account::status::Status;
use crate::code::{BookAccount, Code};
use crate::entry::reversed::Reversed;
use crate::entry::{Body, EntryKind};
use crate::exception::Kind;
use crate::money::Money;
use crate::refusal::Refusal;
use crate::rules::case::{Case, reason};
use crate::rules::correction::reversal::Reversal;

impl Case<'_> {
    /// Refusals in order: UnknownRefund, NotPermitted, dates, ReasonRequired, AlreadyReversed, NotComplete.
    pub(crate) fn reverse_payout(&self, asked: &Reversal) -> Result<Body, Refusal> {
        let unknown = || Refusal::UnknownRefund { refund: asked.of.clone() };
        let payout = self.account().payouts.get(&asked.of).ok_or_else(unknown)?;
        let amount = payout.processed().map_or(Money::ZERO, |processed| processed.amount);
        self.permitted(EntryKind::PayoutReversed, amount)?;
        self.dated()?;
        let reason = reason(asked.reason.as_ref())?;
        match payout.status {
            Status::Complete => Ok(Body::PayoutReversed(Reversed { of: asked.of.clone(), reason })),
            Status::Reversed => Err(Refusal::AlreadyReversed { id: asked.of.clone() }),
            Status::Requested
            | Status::Pending
            | Status::Succeeded
            | Status::Failed
            | Status::Canceled
            | Status::Recorded
            | Status::Awaiting
            | Status::Rejected => Err(Refusal::NotComplete { refund: asked.of.clone() }),
        }
    }
}

impl Fold<'_> {
    /// Dr the account that the money left and 6310 the rounding, Cr 2100: all of it goes back to its lots. A pay-out that awaits payment or
    /// was rejected has nothing to reverse.
    pub(crate) fn reverse_payout(&mut self, reversed: &Reversed) {
        let id = &reversed.of;
        let Some(payout) = self.account.payouts.get(id).cloned() else { return };
        if payout.status == Status::Reversed {
            let first = payout.done;
            return self.raise(Kind::CompletedTwice, first, Some(id), Money::ZERO, OpenUntil::Resolved);
        }
        let completion =
            payout.completed.as_ref().and_then(|completed| self.account.body(completed)).cloned();
        let Some(Body::PayoutCompleted(completed)) = completion else { return };
        let in_transit = BookAccount::of(Code::RefundsPayable);
        self.lines.transfer(&completed.account, &in_transit, completed.amount);
        self.round(&completed.account, completed.rounding);
        self.pay_unheld(payout.asked() - completed.amount);
        for part in &payout.parts {
            self.hold(&part.lot, -part.held);
        }
        self.change_payout(id, |payout| payout.parts.iter_mut().for_each(|part| part.held = Money::ZERO));
        self.finish_payout(id, Status::Reversed);
    }
}

/// Whether a body has the content that is asked for.
pub(crate) fn is_same(_: &Case<'_>, asked: &Reversal, body: &Body) -> bool {
    let Body::PayoutReversed(written) = body else { return false };
    asked.of == written.of
}
