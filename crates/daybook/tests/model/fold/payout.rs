//! Pay-outs and corrections of the model.

use super::{Fold, Payout, Until};
use crate::model::Amount;
use crate::model::order::What;
use ledger::entry::PayoutCompleted;

impl Fold {
    pub(super) fn payout(&mut self, id: &str, payout: &ledger::entry::PayoutProcessed) {
        let mut held = Vec::new();
        for part in &payout.from {
            let lot = part.lot.to_string();
            let amount = part.amount.0.min(self.os(&lot).max(0));
            self.overspent(id, &lot, &lot, part.amount.0 - amount);
            self.hold(id, &lot, amount);
            held.push((lot, amount));
        }
        let asked = payout.from.iter().map(|part| (part.lot.to_string(), part.amount.0)).collect();
        let (amount, status) = (payout.amount.0, "awaiting");
        let payout = Payout { amount, asked, held, status, done: None, paid: None, rounding: 0 };
        self.payouts.insert(id.into(), payout);
    }

    pub(super) fn hold(&mut self, by: &str, lot: &str, amount: Amount) {
        self.took(by, lot);
        self.take(lot, amount);
        self.post(self.credit(), amount);
        self.post("2110", -amount);
    }

    pub(super) fn complete(&mut self, by: &str, done: &PayoutCompleted) {
        let (id, account) = (done.payout.as_str(), &done.account);
        let amount = self.payouts[id].amount;
        let about = |other: Option<String>| (other, Some(id.to_owned()), amount);
        if let Some((first, _)) = self.payouts[id].paid.clone() {
            return self.raise("CompletedTwice", by, about(Some(first)), Until::Resolved);
        }
        if self.payouts[id].status == "rejected" {
            let rejection = self.payouts[id].done.clone();
            self.raise("RejectedYetPaid", by, about(rejection), Until::Resolved);
        }
        let pairs: Vec<_> =
            self.payouts[id].asked.clone().into_iter().zip(self.payouts[id].held.clone()).collect();
        for ((lot, asked), (_, held)) in pairs.into_iter().filter(|((_, asked), (_, held))| asked > held) {
            self.take(&lot, asked - held);
            self.post(self.credit(), asked - held);
            self.post("2110", held - asked);
            self.below_zero(by, &lot);
            self.took(by, &lot);
        }
        self.post("2110", amount);
        self.post(account.to_string(), done.rounding.0 - amount);
        self.post("6310", -done.rounding.0);
        let payout = self.payouts.get_mut(id).unwrap();
        (payout.status, payout.done) = ("complete", Some(by.into()));
        payout.paid = Some((by.into(), account.to_string()));
        payout.rounding = done.rounding.0;
    }

    pub(super) fn reverse_payout(&mut self, by: &str, id: &str) {
        match self.payouts[id].status {
            "complete" => {}
            "reversed" => {
                let first = self.payouts[id].done.clone();
                return self.raise("CompletedTwice", by, (first, Some(id.into()), 0), Until::Resolved);
            }
            _ => return,
        }
        let account = self.payouts[id].paid.clone().unwrap().1;
        for (lot, asked) in self.payouts[id].asked.clone() {
            self.took(by, &lot);
            self.take(&lot, -asked);
            self.post(self.credit(), -asked);
            self.post(account.clone(), asked);
        }
        let rounding = self.payouts[id].rounding;
        self.post(account, -rounding);
        self.post("6310", rounding);
        let payout = self.payouts.get_mut(id).unwrap();
        (payout.status, payout.done) = ("reversed", Some(by.into()));
        payout.held.iter_mut().for_each(|(_, held)| *held = 0);
    }

    pub(super) fn reject_payout(&mut self, by: &str, id: &str) {
        match self.payouts[id].status {
            "awaiting" => {
                for (lot, held) in self.payouts[id].held.clone() {
                    self.hold(by, &lot, -held);
                }
                let payout = self.payouts.get_mut(id).unwrap();
                (payout.status, payout.done) = ("rejected", Some(by.into()));
                payout.held.iter_mut().for_each(|(_, held)| *held = 0);
            }
            "rejected" | "reversed" => {}
            _ => {
                let about = (self.payouts[id].done.clone(), Some(id.to_owned()), 0);
                self.raise("RejectedYetPaid", by, about, Until::Resolved);
            }
        }
    }

    pub(super) fn reverse_payment(&mut self, by: &str, id: &str) {
        if let Some(first) = self.payments[id].reversed.clone() {
            return self.raise("CompletedTwice", by, (Some(first), Some(id.into()), 0), Until::Resolved);
        }
        if let Some(first) = self.disputed_by(id).flatten() {
            return self.raise("CompletedTwice", by, (Some(first), Some(id.into()), 0), Until::Resolved);
        }
        let (written, left_over) = (self.payments[id].written.clone(), self.payments[id].left_over);
        self.payments.get_mut(id).unwrap().reversed = Some(by.into());
        let orders: Vec<String> = self.orders.keys().cloned().collect();
        for order in orders {
            let what = What::Allocated { payment: id.into() };
            let allocated = self.orders[&order].sum(|event| *event == what);
            self.event(&order, by, what, -allocated);
            self.post(self.receivable(), allocated);
        }
        self.post(self.credit(), left_over);
        self.post(written.account.to_string(), written.rounding.0 - written.amount.0);
        self.post("6310", -written.rounding.0);
        if left_over > 0 {
            self.take(id, left_over);
            self.below_zero(by, id);
        }
    }

    pub(super) fn write_off(&mut self, id: &str, order: &str, asked: Amount) {
        if !self.orders.contains_key(order) {
            return;
        }
        let amount = asked.min(self.orders[order].owed());
        self.too_much(id, order, asked - amount);
        self.event(order, id, What::WrittenOff, amount);
        self.post("6100", amount);
        self.post(self.receivable(), -amount);
    }

    pub(super) fn take_back_write_off(&mut self, id: &str, order: &str, asked: Amount) {
        let amount = asked.min(self.orders[order].sum(|what| *what == What::WrittenOff));
        self.too_much(id, order, asked - amount);
        self.event(order, id, What::WrittenOff, -amount);
        self.post("6100", -amount);
        self.post(self.receivable(), amount);
    }

    /// A write-off or its reversal exceeds the order; the other entry is the last payment or credit.
    fn too_much(&mut self, id: &str, order: &str, missing: Amount) {
        if missing > 0 {
            let other = self.last_paid(order, id).or_else(|| self.last_credit(order, id));
            self.raise("OverCredited", id, (other, Some(order.into()), missing), Until::Resolved);
        }
    }
}
