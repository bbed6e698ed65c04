//! Mark a pay-out as paid and complete, in full. A fact.

use crate::account::fold::Fold;
use crate::account::raised::OpenUntil;
use crate::account::status::Status;
use crate::code::{BookAccount, Code};
use crate::entry::payout_completed::PayoutCompleted;
use crate::entry::payout_processed::PayoutProcessed;
use crate::entry::{Body, EntryKind};
use crate::exception::Kind;
use crate::id::Id;
use crate::money::Money;
use crate::refusal::Refusal;
use crate::rules::case::Case;

impl Case<'_> {
    /// Refusals in order: UnknownRefund, NotPermitted, dates, NotAwaiting. Cash leaves the drawer of the counter that
    /// completes the pay-out.
    pub(crate) fn complete_payout(&self, id: &Id) -> Result<Body, Refusal> {
        let processed = self.awaiting(id, EntryKind::PayoutCompleted)?;
        let account = match processed.account.code {
            Code::Cash => BookAccount::drawer(self.cx.counter),
            _ => processed.account.clone(),
        };
        Ok(Body::PayoutCompleted(PayoutCompleted {
            payout: id.clone(),
            account,
            amount: processed.amount,
            rounding: processed.rounding,
        }))
    }

    pub(super) fn awaiting(&self, id: &Id, right: EntryKind) -> Result<&PayoutProcessed, Refusal> {
        let unknown = || Refusal::UnknownRefund { refund: id.clone() };
        let payout = self.account().payouts.get(id).ok_or_else(unknown)?;
        let processed = payout.processed().ok_or_else(unknown)?;
        self.permitted(right, processed.amount)?;
        self.dated()?;
        match payout.status {
            Status::Awaiting => Ok(processed),
            _ => Err(Refusal::NotAwaiting { refund: id.clone() }),
        }
    }
}

impl Fold<'_> {
    /// Posts the whole pay-out: Dr 2110; Cr money, and 6310 the rounding. What is not held is taken from its lots first. The money is posted
    /// even if the pay-out itself has not arrived.
    pub(crate) fn complete_payout(&mut self, completed: &PayoutCompleted) {
        let id = &completed.payout;
        let (status, done, first, asked) = match self.account.payouts.get(id) {
            Some(payout) => (payout.status, payout.done.clone(), payout.completed.clone(), payout.asked()),
            None => (Status::Awaiting, None, None, Money::ZERO),
        };
        if first.is_some() {
            return self.raise(Kind::CompletedTwice, first, Some(id), completed.amount, OpenUntil::Resolved);
        }
        if status == Status::Rejected {
            self.raise(Kind::RejectedYetPaid, done, Some(id), completed.amount, OpenUntil::Resolved);
        }
        self.hold_missing(id);
        self.pay_unheld(completed.amount - asked);
        self.lines.transfer(&BookAccount::of(Code::RefundsPayable), &completed.account, completed.amount);
        self.round(&completed.account, -completed.rounding);
        if !self.account.payouts.contains_key(id) {
            self.round_unheld(completed.rounding);
        }
        self.finish_payout(id, Status::Complete);
        let by = self.entry.id.clone();
        self.change_payout(id, |payout| {
            payout.completed = Some(by);
            payout.rounding = completed.rounding;
        });
    }

    fn hold_missing(&mut self, id: &Id) {
        let parts = self.account.payouts.get(id).map(|payout| payout.parts.clone()).unwrap_or_default();
        for part in &parts {
            let missing = part.asked - part.held;
            if missing.is_positive() {
                let before = self.account.lots.get(&part.lot).and_then(|lot| lot.last.clone());
                self.hold(&part.lot, missing);
                self.lot(&part.lot).last = before;
                self.raise_if_below_zero(&part.lot);
                self.mark_last(&part.lot);
            }
        }
        self.change_payout(id, |payout| payout.parts.iter_mut().for_each(|part| part.held = part.asked));
    }

    pub(super) fn finish_payout(&mut self, id: &Id, status: Status) {
        let (by, actor) = (self.entry.id.clone(), self.entry.actor.clone());
        self.change_payout(id, |payout| {
            payout.status = status;
            payout.done = Some(by);
            payout.done_by = Some(actor);
        });
    }
}

/// Whether a body has the content that is asked for.
pub(crate) fn is_same(_: &Case<'_>, asked: &Id, body: &Body) -> bool {
    let Body::PayoutCompleted(written) = body else { return false };
    *asked == written.payout
}
