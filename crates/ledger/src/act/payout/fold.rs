//! Folds pay-outs: a hold cut to what the lots have, then money in full.

use super::{PayoutCompleted, PayoutProcessed, PayoutRejected};
use crate::account::documents::{HeldPart, Payout};
use crate::account::fold::Fold;
use crate::account::raised::Until;
use crate::act::refund::Status;
use crate::code::{BookAccount, Code};
use crate::exception::Kind;
use crate::id::Id;
use crate::money::Money;

impl Fold<'_> {
    /// Dr 2100; Cr 2110.
    pub(crate) fn process_payout(&mut self, processed: &PayoutProcessed) {
        let mut parts = Vec::with_capacity(processed.from.len());
        for part in &processed.from {
            let held = part.amount.min(self.lot(&part.lot).available());
            self.overspent(&part.lot, &part.lot, part.amount - held);
            self.hold(&part.lot, held);
            parts.push(HeldPart { lot: part.lot.clone(), asked: part.amount, held });
        }
        let entry = self.entry.clone();
        let payout =
            Payout { entry, status: Status::Awaiting, parts, done_by: None, done: None, handed_over: false };
        self.at.payouts.insert(self.entry.id.clone(), payout);
    }

    /// Moves an amount between a lot and what is in transit; negative gives it back.
    fn hold(&mut self, lot: &Id, amount: Money) {
        self.lot(lot).held += amount;
        self.mark_last(lot);
        self.lines.transfer(&self.credit, &BookAccount::of(Code::RefundsPayable), amount);
    }

    /// The whole pay-out: Dr 2110; Cr money. What its hold lacks is taken from its lots first. Completed
    /// without its pay-out being here, the money is posted all the same.
    pub(crate) fn complete_payout(&mut self, completed: &PayoutCompleted) {
        let id = &completed.payout;
        let (status, done) = match self.at.payouts.get(id) {
            Some(payout) => (payout.status, payout.done.clone()),
            None => (Status::Awaiting, None),
        };
        if status == Status::Complete {
            return self.raise(Kind::CompletedTwice, done, Some(id), completed.amount, Until::Resolved);
        }
        if status == Status::Rejected {
            self.raise(Kind::RejectedYetPaid, done, Some(id), completed.amount, Until::Resolved);
        }
        self.hold_what_lacks(id);
        self.lines.transfer(&BookAccount::of(Code::RefundsPayable), &completed.account, completed.amount);
        self.finish_payout(id, Status::Complete);
    }

    fn hold_what_lacks(&mut self, id: &Id) {
        let parts = self.at.payouts.get(id).map(|payout| payout.parts.clone()).unwrap_or_default();
        for part in &parts {
            let lacks = part.asked - part.held;
            if lacks.is_positive() {
                let before = self.at.lots.get(&part.lot).and_then(|lot| lot.last.clone());
                self.hold(&part.lot, lacks);
                self.lot(&part.lot).last = before;
                self.check_lot(&part.lot);
                self.mark_last(&part.lot);
            }
        }
        if let Some(payout) = self.at.payouts.get_mut(id) {
            payout.parts.iter_mut().for_each(|part| part.held = part.asked);
        }
    }

    /// Back to the same lots. Paid elsewhere, it stays paid.
    pub(crate) fn reject_payout(&mut self, rejected: &PayoutRejected) {
        let id = &rejected.payout;
        let Some(payout) = self.at.payouts.get(id).cloned() else { return };
        match payout.status {
            Status::Complete => {
                return self.raise(
                    Kind::RejectedYetPaid,
                    payout.done,
                    Some(id),
                    Money::ZERO,
                    Until::Resolved,
                );
            }
            Status::Awaiting => {}
            _ => return,
        }
        for part in &payout.parts {
            self.hold(&part.lot, -part.held);
        }
        if let Some(payout) = self.at.payouts.get_mut(id) {
            payout.parts.iter_mut().for_each(|part| part.held = Money::ZERO);
        }
        self.finish_payout(id, Status::Rejected);
    }

    fn finish_payout(&mut self, id: &Id, status: Status) {
        let (by, actor) = (self.entry.id.clone(), self.entry.actor.clone());
        if let Some(payout) = self.at.payouts.get_mut(id) {
            payout.status = status;
            payout.done = Some(by);
            payout.done_by = Some(actor);
        }
    }
}
