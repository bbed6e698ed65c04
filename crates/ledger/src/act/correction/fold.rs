//! Folds corrections: a payment reversed, a rest written off, a write-off taken back.

use super::{CreditWrittenOff, OrderWrittenOff, Reversed};
use crate::account::fold::Fold;
use crate::account::raised::Until;
use crate::body::Body;
use crate::code::{BookAccount, Code};
use crate::exception::Kind;
use crate::money::Money;

impl Fold<'_> {
    /// Dr 1100 what was allocated, Dr 2100 the rest, Cr the very account the money came to. Credit already
    /// spent takes the lot below zero.
    pub(crate) fn reverse_payment(&mut self, reversed: &Reversed) {
        let id = &reversed.of;
        let Some(payment) = self.at.payments.get(id).cloned() else { return };
        if let Some(first) = payment.reversed {
            return self.raise(Kind::CompletedTwice, Some(first), Some(id), Money::ZERO, Until::Resolved);
        }
        let Body::PaymentRecorded(paid) = &payment.entry.body else { return };
        for order in &payment.orders {
            let Some(order) = self.order(order) else { continue };
            let mut allocated = Money::ZERO;
            order.change_kept(id, |kept| {
                allocated = kept.allocated;
                kept.kept -= kept.allocated;
                kept.reversed = true;
            });
            self.lines.transfer(&self.receivable, &paid.account, allocated);
        }
        if payment.left_over.is_positive() {
            self.lot(id).reversed += payment.left_over;
            self.lines.transfer(&self.credit, &paid.account, payment.left_over);
            self.check_lot(id);
        }
        let by = self.entry.id.clone();
        if let Some(payment) = self.payment(id) {
            payment.reversed = Some(by);
        }
    }

    /// Dr 6100, Cr 1100.
    pub(crate) fn write_off_order(&mut self, off: &OrderWrittenOff) {
        let Some(order) = self.order(&off.order) else { return };
        let amount = off.amount.min(order.owed());
        order.written_off += amount;
        self.lines.transfer(&BookAccount::of(Code::WriteOffs), &self.receivable, amount);
        self.over_credited(off, amount);
    }

    /// Dr 2100, Cr 6100.
    pub(crate) fn write_off_credit(&mut self, off: &CreditWrittenOff) {
        let lot = self.lot(&off.lot);
        let amount = off.amount.min(lot.available());
        lot.written_off += amount;
        self.overspent(&off.lot, &off.lot, off.amount - amount);
        self.mark_last(&off.lot);
        self.lines.transfer(&self.credit, &BookAccount::of(Code::WriteOffs), amount);
    }

    /// Dr 1100, Cr 6100.
    pub(crate) fn reverse_write_off(&mut self, off: &OrderWrittenOff) {
        let Some(order) = self.order(&off.order) else { return };
        let amount = off.amount.min(order.written_off);
        order.written_off -= amount;
        self.lines.transfer(&self.receivable, &BookAccount::of(Code::WriteOffs), amount);
        self.over_credited(off, amount);
    }

    /// The order had less left than the claim.
    fn over_credited(&mut self, off: &OrderWrittenOff, amount: Money) {
        let missing = off.amount - amount;
        if missing.is_positive() {
            let other = self.last_on(&off.order);
            self.raise(Kind::OverCredited, other, Some(&off.order), missing, Until::Resolved);
        }
    }

    /// Who took what was owed: the last payment kept, else the last credit.
    fn last_on(&self, order: &crate::id::Id) -> Option<crate::id::Id> {
        let paid = &self.at.orders.get(order)?.paid;
        crate::account::raised::latest_kept(paid, &self.entry.id).or_else(|| self.last_credit(order))
    }
}
