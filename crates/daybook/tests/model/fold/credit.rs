//! Credit of the model: granted, noted, applied, reversed, written off.

use super::{Fold, Note, Until};
use crate::model::order::What;
use crate::model::returns::in_proportion;
use crate::model::{Amount, round};
use ledger::entry::Body;

impl Fold {
    /// A negative amount owed becomes a lot with the id of the document.
    pub(super) fn release(&mut self, order: &str, document: &str, marked: bool) -> Amount {
        let excess = (-self.orders[order].owed()).max(0);
        if excess > 0 {
            self.event(order, document, What::Released { marked }, excess);
            self.lots.entry(document.into()).or_default().amount += excess;
            self.post(self.receivable(), excess);
            self.post(self.credit(), -excess);
        }
        excess
    }

    pub(super) fn apply(&mut self, id: &str, applied: &ledger::entry::CreditApplied) {
        let (lot, to) = (applied.lot.as_str(), applied.order.as_str());
        let is_order = self.orders.contains_key(to);
        let room = if is_order { self.orders[to].owed() } else { (-self.os(to)).max(0) };
        let wanted = applied.amount.0.min(room);
        let amount = wanted.min(self.os(lot).max(0));
        self.overspent(id, lot, to, wanted - amount);
        self.took(id, lot);
        self.take(lot, amount);
        self.post(self.credit(), amount);
        if is_order {
            let what = What::Applied { lot: lot.into(), eligible: applied.eligible };
            self.event(to, id, what, amount);
            self.post(self.receivable(), -amount);
        } else {
            self.take(to, -amount);
            self.post(self.credit(), -amount);
        }
    }

    pub(super) fn unapply(&mut self, lot: &str, order: &str) {
        for eligible in [true, false] {
            let still = self.orders[order].applied_of(lot, eligible);
            self.event(order, lot, What::Unapplied { lot: lot.into(), eligible }, still);
            self.take(lot, -still);
            self.post(self.receivable(), still);
            self.post(self.credit(), -still);
        }
    }

    pub(super) fn grant(&mut self, id: &str, granted: &ledger::entry::CreditGranted) {
        let amount = granted.amount.0;
        let tax = granted.rate.map_or(0, |rate| inside(amount, rate.0));
        match granted.rate {
            Some(rate) => {
                self.post("4010", amount - tax);
                self.post(format!("2200:{rate}"), tax);
            }
            None => self.post(if granted.opening { "3000" } else { "5200" }, amount),
        }
        self.post(self.credit(), -amount);
        self.lots.entry(id.into()).or_default().amount += amount;
        self.grants.insert(id.into(), (granted.clone(), 0));
    }

    pub(super) fn note(&mut self, id: &str, note: &ledger::entry::OrderCredited) {
        let order = note.order.as_str();
        let amount = note.amount.0.min(self.orders[order].left());
        if amount < note.amount.0 {
            let about = (self.last_credit(order, id), Some(order.into()), note.amount.0 - amount);
            self.raise("OverCredited", id, about, Until::Resolved);
        }
        self.orders.get_mut(order).unwrap().notes.push(id.into());
        let back = self.come_back(id, id, order, &note.returned);
        let split = self.orders[order].steer(amount, &back);
        self.leg(order, id, split.clone(), note.clawback);
        let released = self.release(order, id, note.clawback);
        let note = Note { order: order.into(), marked: note.clawback, split, released, reversed: None };
        self.notes.insert(id.into(), note);
    }

    pub(super) fn reverse_credit(&mut self, id: &str, lot: &str, asked: Amount) {
        // The id of the credit belongs to another document, so the credit does not exist.
        if !self.grants.contains_key(lot) && !self.notes.contains_key(lot) {
            return;
        }
        let amount = asked.min(self.os(lot).max(0));
        self.overspent(id, lot, lot, asked - amount);
        self.take(lot, amount);
        self.post(self.credit(), amount);
        if let Some((granted, reversed)) = self.grants.get(lot).cloned() {
            let total = granted.amount.0;
            let to_date = |reversed: Amount| {
                let tax = granted.rate.map_or(0, |rate| inside(total, rate.0));
                round(i128::from(tax) * i128::from(reversed), i128::from(total))
            };
            let tax = to_date(reversed + amount) - to_date(reversed);
            match granted.rate {
                Some(rate) => {
                    self.post("4010", tax - amount);
                    self.post(format!("2200:{rate}"), -tax);
                }
                None => self.post(if granted.opening { "3000" } else { "5200" }, -amount),
            }
            self.grants.get_mut(lot).unwrap().1 += amount;
        } else if self.notes.contains_key(lot) {
            self.post(self.receivable(), -amount);
            self.shrink_note(lot, amount, amount);
        }
    }

    /// Reduces a note: K by `leg`, the released credit by `released`.
    pub(super) fn shrink_note(&mut self, note: &str, leg: Amount, released: Amount) {
        let (order, marked, split) = {
            let note = &self.notes[note];
            (note.order.clone(), note.marked, in_proportion(leg, &note.split))
        };
        self.event(&order, note, What::Released { marked }, -released);
        self.leg(&order, note, split.iter().map(|part| -part).collect(), marked);
        let found = self.notes.get_mut(note).unwrap();
        found.released -= released;
        for (standing, part) in found.split.iter_mut().zip(split) {
            *standing -= part;
        }
        if found.split.iter().sum::<Amount>() == 0 {
            self.orders.get_mut(&order).unwrap().back.retain(|back| back.by != note);
        }
    }

    pub(super) fn reverse_note(&mut self, id: &str, note: &str) {
        if let Some(first) = self.notes[note].reversed.clone() {
            return self.raise("CompletedTwice", id, (Some(first), Some(note.into()), 0), Until::Resolved);
        }
        let released = self.notes[note].released;
        let there = released.min(self.os(note).max(0));
        self.overspent(id, note, note, released - there);
        let standing: Amount = self.notes[note].split.iter().sum();
        self.take(note, there);
        self.post(self.credit(), there);
        self.post(self.receivable(), -there);
        self.shrink_note(note, standing - (released - there), there);
        self.notes.get_mut(note).unwrap().reversed = Some(id.into());
        let order = self.notes[note].order.clone();
        self.release(&order, id, false);
    }

    /// Credit for another customer, even if the lot has too little.
    pub(super) fn give_away(&mut self, id: &str, lot: &str, amount: Amount) {
        self.take(lot, amount);
        self.post(self.credit(), amount);
        self.post("2120", -amount);
        self.below_zero(id, lot);
        self.took(id, lot);
    }

    pub(super) fn write_off_lot(&mut self, id: &str, lot: &str, asked: Amount) {
        let amount = asked.min(self.os(lot).max(0));
        self.overspent(id, lot, lot, asked - amount);
        self.took(id, lot);
        self.take(lot, amount);
        self.post(self.credit(), amount);
        self.post("6100", -amount);
    }
}

/// round(A·r/(1+r)), the rate in ten-thousandths of a percent.
fn inside(amount: Amount, rate: u32) -> Amount {
    round(i128::from(amount) * i128::from(rate), 1_000_000 + i128::from(rate))
}

/// Whether a document of this kind may have a lot named after it.
pub fn gives_credit(body: &Body) -> bool {
    matches!(
        body,
        Body::PaymentRecorded(_)
            | Body::CreditGranted(_)
            | Body::CreditReceived(_)
            | Body::OrderCredited(_)
            | Body::RefundRecorded(_)
            | Body::RefundIssued(_)
            | Body::RefundRequested(_)
    )
}
