//! Refunds of the model: both legs; issued, settled, approved and reversed.

use super::{Fold, Refund, Until};
use crate::model::Amount;
use crate::model::ask::{Ask, CheckResult, ensure};
use crate::model::order::What;
use ledger::code::BookAccount;
use ledger::entry::{After, Outcome, Part, RefundWritten};
use ledger::method::Method;
use std::collections::BTreeMap;

impl Fold {
    pub(super) fn new_refund(&mut self, id: &str, written: &RefundWritten, status: &'static str) {
        let refund = Refund {
            written: written.clone(),
            status,
            events: Vec::new(),
            lots: Vec::new(),
            postings: Vec::new(),
            store_credit: 0,
            out: 0,
            done: None,
            cancel_asked: false,
        };
        self.orders.get_mut(written.order.as_str()).unwrap().refunds.push(id.into());
        self.refunds.insert(id.into(), refund);
    }

    pub(super) fn pending_on(&self, parts: &[Part]) -> bool {
        self.pending_refund(parts).is_some()
    }

    /// The refund that is pending on one of the payments.
    fn pending_refund(&self, parts: &[Part]) -> Option<String> {
        let payments = parts.iter().filter(|part| !part.credit);
        payments
            .filter_map(|part| self.payments.get(part.from.as_str()))
            .find_map(|found| found.pending.clone())
    }

    /// The last other refund of the order, else the entry that reversed one of the payments.
    fn taken_by(&self, order: &str, but: &str, parts: &[Part]) -> Option<String> {
        let other = self.orders[order].refunds.iter().rev().find(|id| *id != but).cloned();
        let reversed =
            || parts.iter().find_map(|part| self.payments.get(part.from.as_str())?.reversed.clone());
        other.or_else(reversed)
    }

    pub(super) fn refundable_part(&self, order: &str, part: &Part) -> Amount {
        let (order, from) = (&self.orders[order], part.from.as_str());
        let most = if part.credit {
            order.applied_of(from, true) + order.applied_of(from, false)
        } else {
            order.kept_of(from)
        };
        most.min(order.refundable()).max(0)
    }

    /// All or nothing.
    pub(super) fn issue(&mut self, by: &str, id: &str, written: &RefundWritten, credit: Amount) {
        let order = written.order.as_str();
        let all: Amount = written.parts.iter().map(|part| part.amount.0).sum();
        let lacks = |part: &Part| (part.amount.0 - self.refundable_part(order, part)).max(0);
        let lacking: Amount = written.parts.iter().map(lacks).sum();
        let short = lacking > 0;
        let pending = self.pending_refund(&written.parts);
        if pending.is_some() || short || all > self.orders[order].refundable() {
            self.refunds.get_mut(id).unwrap().status = "canceled";
            let about = Some(order.to_owned());
            return match pending {
                Some(other) => {
                    self.raise("RefundDuringPending", by, (Some(other), about, 0), Until::Resolved)
                }
                None => {
                    let missing = lacking.max(all - self.orders[order].refundable());
                    let other = self.taken_by(order, id, &written.parts);
                    self.raise("OverRefunded", by, (other, about, missing), Until::Resolved);
                }
            };
        }
        let transit = BookAccount::of(ledger::code::Code::RefundsPayable);
        self.refund(by, id, written, Some(&transit), credit);
        for part in written.parts.iter().filter(|part| !part.credit) {
            self.payments.get_mut(part.from.as_str()).unwrap().pending = Some(id.into());
        }
        self.refunds.get_mut(id).unwrap().status = "pending";
    }

    pub(super) fn refund(
        &mut self,
        by: &str,
        id: &str,
        written: &RefundWritten,
        account: Option<&BookAccount>,
        credit: Amount,
    ) {
        let order = written.order.as_str();
        let (first_event, first_posting) = (self.orders[order].events.len(), self.postings.len());
        if let Some(pending) = self.pending_refund(&written.parts) {
            let about = (Some(pending.clone()), Some(order.to_owned()), 0);
            self.raise("RefundDuringPending", by, about, Until::RefundUndone(pending));
        }
        let before = self.orders[order].owed();
        let out = account.map_or_else(|| self.credit(), ToString::to_string);
        let marked = written.clawback.refund;
        let (mut fell, mut paid, mut over) = (0, 0, 0);
        let mut lots = Vec::new();
        for part in &written.parts {
            let from = part.from.to_string();
            let refundable = self.refundable_part(order, part).min(part.amount.0);
            if part.credit {
                let eligible = refundable.min(self.orders[order].applied_of(&from, true));
                for (eligible, amount) in [(true, eligible), (false, refundable - eligible)] {
                    self.event(order, id, What::GivenBack { lot: from.clone(), eligible, marked }, amount);
                }
                self.take(&from, -refundable);
                lots.push((from.clone(), -refundable));
                self.post(self.receivable(), refundable);
                self.post(self.credit(), -refundable);
                fell += refundable;
                over += part.amount.0 - refundable;
            } else {
                let from_lot = (part.amount.0 - refundable).min(self.os(&from).max(0));
                let falls = part.amount.0 - from_lot;
                self.event(order, id, What::Refunded { payment: from.clone(), marked }, falls);
                if from_lot > 0 {
                    self.take(&from, from_lot);
                    self.took(by, &from);
                    lots.push((from, from_lot));
                }
                self.post(self.receivable(), falls);
                self.post(self.credit(), from_lot);
                self.post(out.clone(), -part.amount.0);
                fell += falls;
                paid += part.amount.0;
                over += falls - refundable;
            }
        }
        self.round_refund(written, account);
        let wanted = match written.after {
            After::Stays => fell,
            After::Reopens => 0,
            After::Amount(target) => (before + fell - target.0).max(0),
        };
        let wanted = credit.min(wanted);
        let amount = wanted.min(self.orders[order].left()).max(0);
        let about = Some(order.to_owned());
        if over > 0 {
            let other = self.taken_by(order, id, &written.parts);
            self.raise("OverRefunded", by, (other, about, over), Until::RefundUndone(id.into()));
        } else if amount < wanted {
            let other = self.last_credit(order, id);
            self.raise("OverCredited", by, (other, about, wanted - amount), Until::Resolved);
        }
        let back = self.come_back(by, id, order, &written.returned);
        let split = self.orders[order].steer(amount, &back);
        self.leg(order, id, split, written.clawback.credit);
        let store_credit = if written.method == Method::Credit { paid } else { 0 };
        if store_credit > 0 {
            self.lots.entry(id.into()).or_default().amount += store_credit;
        }
        let refund = self.refunds.get_mut(id).unwrap();
        refund.events = self.orders[order].events[first_event..].to_vec();
        refund.postings = self.postings[first_posting..].to_vec();
        refund.lots = lots;
        refund.store_credit = store_credit;
        refund.out = paid;
    }

    /// Only money is rounded: neither store credit nor what a gateway is still to pay.
    fn round_refund(&mut self, written: &RefundWritten, account: Option<&BookAccount>) {
        if let Some(money) = account.filter(|account| account.code.is_money()) {
            self.post(money.to_string(), written.rounding.0);
            self.post("6310", -written.rounding.0);
        }
    }

    pub(super) fn approve(&mut self, by: &str, approved: &ledger::entry::RefundApproved) {
        let id = approved.request.as_str();
        let written = self.refunds[id].written.clone();
        let about = (self.refunds[id].done.clone(), Some(id.to_owned()), 0);
        match self.refunds[id].status {
            "requested" => {}
            "rejected" => self.raise("RejectedYetPaid", by, about, Until::Resolved),
            _ => return self.raise("CompletedTwice", by, about, Until::Resolved),
        }
        let refund = self.refunds.get_mut(id).unwrap();
        (refund.status, refund.done) = ("recorded", Some(by.into()));
        if written.method == Method::Online {
            self.issue(by, id, &written, approved.credit.0);
        } else {
            self.refund(by, id, &written, approved.account.as_ref(), approved.credit.0);
        }
    }

    pub(super) fn reject(&mut self, by: &str, id: &str) {
        match self.refunds[id].status {
            "requested" => {
                let refund = self.refunds.get_mut(id).unwrap();
                (refund.status, refund.done) = ("rejected", Some(by.into()));
            }
            "rejected" => {}
            _ => {
                let about = (self.refunds[id].done.clone(), Some(id.to_owned()), 0);
                self.raise("RejectedYetPaid", by, about, Until::Resolved);
            }
        }
    }

    /// Whether this person wrote the entry of a request.
    pub(super) fn asked_for(&self, id: &str, actor: &str) -> bool {
        self.seen.iter().any(|entry| entry.id.as_str() == id && entry.actor.as_str() == actor)
    }

    /// Who asked for it; once it is pending also who approved it.
    fn may_take_back(&self, id: &str, actor: &str) -> bool {
        let approved = self.refunds.get(id).filter(|refund| refund.status == "pending");
        let approved = approved.and_then(|refund| refund.done.as_deref());
        self.asked_for(id, actor) || approved.is_some_and(|done| self.asked_for(done, actor))
    }

    pub(super) fn may_withdraw(&self, ask: &Ask<'_>, id: &str) -> CheckResult {
        let waits = |refund: &Refund| match refund.status {
            "pending" => !refund.cancel_asked,
            status => status == "requested",
        };
        let refund = self.refunds.get(id).map(waits);
        let payout = self.payouts.get(id).map(|payout| payout.status == "awaiting");
        let waits = refund.or(payout).ok_or("UnknownRefund")?;
        ensure("NotPermitted", self.may_take_back(id, ask.asker.actor.as_str()))?;
        ask.dated()?;
        ensure("NotAwaiting", waits)
    }

    pub(super) fn withdraw(&mut self, by: &str, id: &str, actor: &str) {
        if !self.may_take_back(id, actor) {
            return;
        }
        match self.refunds.get_mut(id) {
            None => self.reject_payout(by, id),
            Some(refund) if refund.status == "pending" => refund.cancel_asked = true,
            Some(refund) if refund.status == "requested" => self.set(by, id, "rejected"),
            Some(_) => {}
        }
    }

    pub(super) fn may_settle(&self, ask: &Ask<'_>, id: &str, outcome: Outcome) -> CheckResult {
        let refund = self.refunds.get(id).ok_or("UnknownRefund")?;
        ask.dated()?;
        let late = refund.status == "succeeded" && outcome == Outcome::Failed;
        ensure("NotPending", refund.status == "pending" || late)
    }

    pub(super) fn may_progress(&self, ask: &Ask<'_>, id: &str) -> CheckResult {
        let refund = self.refunds.get(id).ok_or("UnknownRefund")?;
        ask.dated()?;
        ensure("NotPending", matches!(refund.status, "pending" | "succeeded"))
    }

    pub(super) fn settle(&mut self, by: &str, id: &str, outcome: Outcome) {
        let out = self.refunds[id].out;
        let status = self.refunds[id].status;
        match (status, outcome) {
            ("pending", Outcome::Succeeded) => {
                self.post("2110", out);
                self.post("1020", -out);
                self.set(by, id, "succeeded");
            }
            ("pending", Outcome::Failed) => self.undo(by, id, "failed"),
            ("pending", Outcome::Canceled) => self.undo(by, id, "canceled"),
            ("succeeded", Outcome::Failed) => {
                self.post("1020", out);
                self.post("2110", -out);
                self.undo(by, id, "failed");
            }
            _ => {}
        }
    }

    pub(super) fn set(&mut self, by: &str, id: &str, status: &'static str) {
        let refund = self.refunds.get_mut(id).unwrap();
        (refund.status, refund.done) = (status, Some(by.into()));
        for payment in self.payments.values_mut() {
            if payment.pending.as_deref() == Some(id) {
                payment.pending = None;
            }
        }
    }

    /// Reverses every leg.
    pub(super) fn undo(&mut self, by: &str, id: &str, status: &'static str) {
        self.set(by, id, status);
        let (order, events, lots) = {
            let refund = &self.refunds[id];
            (refund.written.order.to_string(), refund.events.clone(), refund.lots.clone())
        };
        self.orders.get_mut(&order).unwrap().back.retain(|back| back.by != id);
        let tax_before: Vec<Amount> = self.taxes(&order);
        let mut all_cut = 0;
        // By lot: the eligible and the other amount are two events.
        let mut cut = BTreeMap::<String, Amount>::new();
        for event in events {
            let (what, amount) = match event.what {
                What::Leg { split, marked } => {
                    (What::Leg { split: split.iter().map(|part| -part).collect(), marked }, event.amount)
                }
                // Credit that returned to its lot is applied again as far as it is available.
                What::GivenBack { ref lot, .. } => {
                    let there = event.amount.min(self.os(lot).max(0));
                    self.take(lot, there);
                    all_cut += event.amount - there;
                    *cut.entry(lot.clone()).or_default() += event.amount - there;
                    (event.what.clone(), there)
                }
                other => (other, event.amount),
            };
            self.event(&order, id, what, -amount);
        }
        self.post(self.receivable(), all_cut);
        self.post(self.credit(), -all_cut);
        for (lot, missing) in cut {
            self.overspent(by, &lot, &order, missing);
        }
        for (lot, taken) in lots.into_iter().filter(|(_, taken)| *taken > 0) {
            self.take(&lot, -taken);
        }
        let store_credit = self.refunds[id].store_credit;
        if store_credit > 0 {
            self.take(id, store_credit);
        }
        // Everything but the split between tax and net is reversed exactly; the split follows from the remaining amounts.
        let postings = self.refunds[id].postings.clone();
        let is_leg = |account: &str| account == "4010" || account.starts_with("2200");
        let mut net = 0;
        for (account, debit) in postings {
            if is_leg(&account) {
                net -= debit;
            } else {
                self.post(account, -debit);
            }
        }
        for (group, (before, after)) in tax_before.into_iter().zip(self.taxes(&order)).enumerate() {
            let rate = self.orders[&order].placed.groups[group].rate;
            self.post(format!("2200:{rate}"), after - before);
            net -= after - before;
        }
        self.post("4010", net);
        self.release(&order, id, false);
    }

    pub(super) fn taxes(&self, order: &str) -> Vec<Amount> {
        let order = &self.orders[order];
        (0..order.placed.groups.len())
            .map(|group| order.tax_of(group, order.credited(group, false)))
            .collect()
    }

    pub(super) fn reverse_refund(&mut self, by: &str, id: &str) {
        if self.refunds[id].status != "recorded" {
            let about = (self.refunds[id].done.clone(), Some(id.to_owned()), 0);
            return self.raise("CompletedTwice", by, about, Until::Resolved);
        }
        self.undo(by, id, "reversed");
        self.below_zero(by, id);
    }
}
