//! Undoes both legs of a refund that failed or was recorded by mistake.

use crate::account::documents::{Refund, TakenPart};
use crate::account::fold::Fold;
use crate::account::status::Status;
use crate::code::BookAccount;
use crate::id::Id;
use crate::money::Money;

impl Fold<'_> {
    pub(super) fn finish_refund(&mut self, id: &Id, status: Status) {
        let by = self.entry.id.clone();
        self.change_refund(id, |refund| {
            refund.status = status;
            refund.done = Some(by);
        });
    }

    /// Posts the mirror of both legs, the money leg against `money`. What exceeds the amount owed becomes a lot.
    pub(super) fn undo_refund(&mut self, id: &Id, refund: &Refund, money: &BookAccount) {
        let boxes = refund.content().map(|written| written.clawback).unwrap_or_default();
        let (marked, credit_marked) = (boxes.refund, boxes.credit);
        self.undo_leg(&refund.order, &refund.split, credit_marked);
        self.give_back(&refund.order, id, &refund.returned);
        self.change_refund(id, |refund| refund.returned.clear());
        for taken in &refund.taken {
            if taken.credit {
                self.restore_credit(&refund.order, taken, marked);
            } else {
                self.restore_payment(&refund.order, taken, marked, money);
            }
        }
        self.release(&refund.order, id);
    }

    fn restore_payment(&mut self, order: &Id, taken: &TakenPart, marked: bool, money: &BookAccount) {
        let clawed = if marked { taken.kept } else { Money::ZERO };
        self.order_or_missing(order).change_payment(&taken.from, |kept| {
            kept.kept += taken.kept;
            kept.clawed -= clawed;
        });
        self.lines.transfer(money, &self.receivable, taken.kept);
        if taken.lot.is_positive() {
            self.lot(&taken.from).held -= taken.lot;
            self.lines.transfer(money, &self.credit, taken.lot);
        }
    }

    /// Applies credit that had gone back to its lot again, as far as the lot still has it.
    fn restore_credit(&mut self, order: &Id, taken: &TakenPart, marked: bool) {
        let lot = self.lot(&taken.from);
        let restored = taken.kept.min(lot.available());
        lot.back -= restored;
        self.raise_overspent(&taken.from, order, taken.kept - restored);
        let eligible = taken.eligible.min(restored);
        self.order_or_missing(order).change_credit(&taken.from, |applied| {
            applied.eligible += eligible;
            applied.other += restored - eligible;
            applied.earned += if marked { eligible } else { Money::ZERO };
        });
        self.lines.transfer(&self.credit, &self.receivable, restored);
    }
}
