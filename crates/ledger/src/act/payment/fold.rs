//! Folds a payment: each order takes at most what it owes when its turn comes, the rest becomes a lot.

use super::{Allocation, PaymentRecorded};
use crate::account::documents::Payment;
use crate::account::fold::Fold;
use crate::account::raised::{Until, latest_kept};
use crate::exception::Kind;
use crate::id::Id;
use crate::money::Money;

impl Fold<'_> {
    /// Dr money; Cr 1100 allocated; Cr 2100 the rest.
    pub(crate) fn record_payment(&mut self, paid: &PaymentRecorded) {
        let id = &self.entry.id;
        let mut left = paid.amount;
        let mut orders: Vec<Id> = Vec::with_capacity(paid.allocations.len());
        for part in &paid.allocations {
            let taken = self.allocate(part, left, paid);
            if taken.is_positive() {
                left -= taken;
                orders.push(part.order.clone());
            }
        }
        let payment =
            Payment { entry: self.entry.clone(), orders, left_over: left, pending: None, reversed: None };
        self.at.payments.insert(id.clone(), payment);
        self.give_credit(id, left, &paid.account);
    }

    fn allocate(&mut self, part: &Allocation, left: Money, paid: &PaymentRecorded) -> Money {
        let id = &self.entry.id;
        let Some(order) = self.order(&part.order) else { return Money::ZERO };
        let wanted = part.amount.min(left);
        let taken = wanted.min(order.owed());
        let in_its_place = if taken < wanted { latest_kept(&order.paid, id) } else { None };
        if taken.is_positive() {
            order.change_kept(id, |kept| {
                kept.allocated += taken;
                kept.kept += taken;
                kept.eligible = paid.eligible;
            });
            self.lines.transfer(&paid.account, &self.receivable, taken);
        }
        if in_its_place.is_some() {
            let until = Until::LotSpent(id.clone());
            self.raise(Kind::PaidTwice, in_its_place, Some(&part.order), wanted - taken, until);
        }
        taken
    }
}
