//! Undoes refunds: settled, or recorded by mistake.

use super::{Outcome, SettleRefund, Status};
use crate::account::documents::{Refund, Taken};
use crate::account::fold::Fold;
use crate::account::raised::Until;
use crate::act::correction::Reversed;
use crate::code::{BookAccount, Code};
use crate::exception::Kind;
use crate::id::Id;
use crate::money::Money;

impl Fold<'_> {
    /// Succeeded: Dr 2110, Cr 1020. Failed or canceled: the mirror of everything the issue posted. Failed
    /// after succeeded brings the money back first; failed wins, whatever comes after it.
    pub(crate) fn settle_refund(&mut self, settled: &SettleRefund) {
        let id = &settled.refund;
        let Some(refund) = self.at.refunds.get(id).cloned() else { return };
        let transit = BookAccount::of(Code::RefundsPayable);
        let clearing = refund.account.clone().unwrap_or_else(|| BookAccount::of(Code::Card));
        match (refund.status, settled.outcome) {
            (Status::Pending, Outcome::Succeeded) => self.lines.transfer(&transit, &clearing, refund.out),
            (Status::Pending, Outcome::Failed | Outcome::Canceled) => self.undo_refund(id, &refund, &transit),
            (Status::Succeeded, Outcome::Failed) => {
                self.lines.transfer(&clearing, &transit, refund.out);
                self.undo_refund(id, &refund, &transit);
            }
            _ => return,
        }
        self.unlock(id, &refund);
        self.finish_refund(
            id,
            match settled.outcome {
                Outcome::Succeeded => Status::Succeeded,
                Outcome::Failed => Status::Failed,
                Outcome::Canceled => Status::Canceled,
            },
        );
    }

    /// The mirror of every leg of a manual refund.
    pub(crate) fn reverse_refund(&mut self, reversed: &Reversed) {
        let id = &reversed.of;
        let Some(refund) = self.at.refunds.get(id).cloned() else { return };
        match refund.status {
            Status::Recorded => {
                let from = refund.account.clone().unwrap_or_else(|| self.credit.clone());
                self.undo_refund(id, &refund, &from);
                if refund.account.is_none() {
                    self.lot(id).reversed += refund.out;
                    self.check_lot(id);
                }
                self.finish_refund(id, Status::Reversed);
            }
            Status::Reversed => {
                self.raise(Kind::CompletedTwice, refund.done, Some(id), Money::ZERO, Until::Resolved);
            }
            _ => {}
        }
    }

    pub(super) fn finish_refund(&mut self, id: &Id, status: Status) {
        let by = self.entry.id.clone();
        if let Some(refund) = self.at.refunds.get_mut(id) {
            refund.status = status;
            refund.done = Some(by);
        }
    }

    fn unlock(&mut self, id: &Id, refund: &Refund) {
        for taken in refund.taken.iter().filter(|taken| !taken.credit) {
            if let Some(payment) = self.payment(&taken.from)
                && payment.pending.as_ref() == Some(id)
            {
                payment.pending = None;
            }
        }
    }

    /// Mirrors both legs, the money leg against `money`. What now is more than the order owes becomes a lot.
    fn undo_refund(&mut self, id: &Id, refund: &Refund, money: &BookAccount) {
        let boxes = refund.written().map(|written| written.clawback).unwrap_or_default();
        let (marked, credit_marked) = (boxes.refund, boxes.credit);
        self.undo_leg(&refund.order, &refund.split, credit_marked);
        for taken in &refund.taken {
            if taken.credit {
                self.apply_again(&refund.order, taken, marked);
            } else {
                self.keep_again(&refund.order, taken, marked, money);
            }
        }
        self.release(&refund.order, id);
    }

    fn keep_again(&mut self, order: &Id, taken: &Taken, marked: bool, money: &BookAccount) {
        let clawed = if marked { taken.kept } else { Money::ZERO };
        self.order_or_missing(order).change_kept(&taken.from, |kept| {
            kept.kept += taken.kept;
            kept.clawed -= clawed;
        });
        self.lines.transfer(money, &self.receivable, taken.kept);
        if taken.lot.is_positive() {
            self.lot(&taken.from).held -= taken.lot;
            self.lines.transfer(money, &self.credit, taken.lot);
        }
    }

    /// Credit that had gone back to its lot is applied again, as far as the lot still has it.
    fn apply_again(&mut self, order: &Id, taken: &Taken, marked: bool) {
        let lot = self.lot(&taken.from);
        let again = taken.kept.min(lot.available());
        lot.back -= again;
        self.overspent(&taken.from, order, taken.kept - again);
        let eligible = taken.eligible.min(again);
        self.order_or_missing(order).change_applied(&taken.from, |applied| {
            applied.eligible += eligible;
            applied.other += again - eligible;
            applied.earned += if marked { eligible } else { Money::ZERO };
        });
        self.lines.transfer(&self.credit, &self.receivable, again);
    }
}
