//! Pay-outs and corrections of the model.

use super::{Fold, Payout, Until};
use crate::model::Amount;
use crate::model::order::What;
use ledger::code::BookAccount;

impl Fold {
    pub(super) fn payout(&mut self, id: &str, payout: &ledger::act::payout::PayoutProcessed) {
        let mut held = Vec::new();
        for part in &payout.from {
            let lot = part.lot.to_string();
            let amount = part.amount.0.min(self.os(&lot).max(0));
            if amount < part.amount.0 {
                self.raise("CreditOverspent", id, Until::Resolved);
            }
            self.hold(&lot, amount);
            held.push((lot, amount));
        }
        let asked = payout.from.iter().map(|part| (part.lot.to_string(), part.amount.0)).collect();
        let payout = Payout { amount: payout.amount.0, asked, held, status: "awaiting" };
        self.payouts.insert(id.into(), payout);
    }

    pub(super) fn hold(&mut self, lot: &str, amount: Amount) {
        self.take(lot, amount);
        self.post(self.credit(), amount);
        self.post("2110", -amount);
    }

    pub(super) fn complete(&mut self, by: &str, id: &str, account: &BookAccount) {
        match self.payouts[id].status {
            "awaiting" => {}
            "rejected" => self.raise("RejectedYetPaid", by, Until::Resolved),
            _ => return self.raise("CompletedTwice", by, Until::Resolved),
        }
        let pairs: Vec<_> =
            self.payouts[id].asked.clone().into_iter().zip(self.payouts[id].held.clone()).collect();
        for ((lot, asked), (_, held)) in pairs {
            self.hold(&lot, asked - held);
            if asked > held && self.os(&lot) < 0 {
                self.raise("CreditOverspent", by, Until::LotAboveZero(lot));
            }
        }
        let amount = self.payouts[id].amount;
        self.post("2110", amount);
        self.post(account.to_string(), -amount);
        self.payouts.get_mut(id).unwrap().status = "complete";
    }

    pub(super) fn reject_payout(&mut self, by: &str, id: &str) {
        match self.payouts[id].status {
            "awaiting" => {
                for (lot, held) in self.payouts[id].held.clone() {
                    self.hold(&lot, -held);
                }
                let payout = self.payouts.get_mut(id).unwrap();
                payout.status = "rejected";
                payout.held.iter_mut().for_each(|(_, held)| *held = 0);
            }
            "rejected" => {}
            _ => self.raise("RejectedYetPaid", by, Until::Resolved),
        }
    }

    pub(super) fn reverse_payment(&mut self, by: &str, id: &str) {
        if self.payments[id].reversed {
            return self.raise("CompletedTwice", by, Until::Resolved);
        }
        let (written, left_over) = (self.payments[id].written.clone(), self.payments[id].left_over);
        self.payments.get_mut(id).unwrap().reversed = true;
        let orders: Vec<String> = self.orders.keys().cloned().collect();
        for order in orders {
            let what = What::Allocated { payment: id.into() };
            let allocated = self.orders[&order].sum(|event| *event == what);
            self.event(&order, by, what, -allocated);
            self.post(self.receivable(), allocated);
        }
        self.post(self.credit(), left_over);
        self.post(written.account.to_string(), -written.amount.0);
        if left_over > 0 {
            self.take(id, left_over);
        }
        if self.os(id) < 0 {
            self.raise("CreditOverspent", by, Until::LotAboveZero(id.into()));
        }
    }

    pub(super) fn write_off(&mut self, id: &str, order: &str, asked: Amount) {
        if !self.orders.contains_key(order) {
            return;
        }
        let amount = asked.min(self.orders[order].owed());
        if amount < asked {
            self.raise("OverCredited", id, Until::Resolved);
        }
        self.event(order, id, What::WrittenOff, amount);
        self.post("6100", amount);
        self.post(self.receivable(), -amount);
    }

    pub(super) fn take_back_write_off(&mut self, id: &str, order: &str, asked: Amount) {
        let amount = asked.min(self.orders[order].sum(|what| *what == What::WrittenOff));
        if amount < asked {
            self.raise("OverCredited", id, Until::Resolved);
        }
        self.event(order, id, What::WrittenOff, -amount);
        self.post("6100", -amount);
        self.post(self.receivable(), amount);
    }
}
