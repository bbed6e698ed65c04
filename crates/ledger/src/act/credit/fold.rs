//! Folds credit: granted, noted on an order, applied, given back, taken back. Each amount is a ceiling.

use super::{CreditApplied, CreditGranted, CreditReversed, CreditUnapplied, OrderCredited};
use crate::account::documents::Note;
use crate::account::fold::Fold;
use crate::account::leg::spread;
use crate::account::raised::Until;
use crate::act::correction::Reversed;
use crate::body::Body;
use crate::code::{BookAccount, Code};
use crate::exception::Kind;
use crate::id::Id;
use crate::money::Money;
use crate::rate::Rate;
use crate::round::round_div;

impl Fold<'_> {
    /// To an order: Dr 2100; Cr 1100. To a lot below zero: Dr 2100, Cr 2100.
    pub(crate) fn apply_credit(&mut self, applied: &CreditApplied) {
        if self.at.orders.contains_key(&applied.order) {
            self.apply_to_order(applied);
        } else {
            self.apply_to_lot(applied);
        }
    }

    fn apply_to_order(&mut self, applied: &CreditApplied) {
        let wanted = applied.amount.min(self.at.owed_on(&applied.order));
        let taken = self.take_from_lot(&applied.lot, wanted);
        self.overspent(&applied.lot, &applied.order, wanted - taken);
        self.put_on_order(&applied.lot, &applied.order, taken, applied.eligible);
        self.mark_last(&applied.lot);
    }

    fn apply_to_lot(&mut self, applied: &CreditApplied) {
        let wanted = applied.amount.min((-self.at.os(&applied.order)).or_zero());
        let taken = self.take_from_lot(&applied.lot, wanted);
        self.overspent(&applied.lot, &applied.order, wanted - taken);
        self.lot(&applied.order).back += taken;
        self.mark_last(&applied.lot);
    }

    /// Takes up to `wanted` of what is available.
    fn take_from_lot(&mut self, lot: &Id, wanted: Money) -> Money {
        let lot = self.lot(lot);
        let taken = wanted.min(lot.available());
        lot.applied += taken;
        taken
    }

    /// Remembers that this entry took from the lot last.
    pub(crate) fn mark_last(&mut self, lot: &Id) {
        let entry = self.entry.id.clone();
        self.lot(lot).last = Some(entry);
    }

    /// Puts what was taken from a lot on an order.
    pub(crate) fn put_on_order(&mut self, lot: &Id, order: &Id, amount: Money, eligible: bool) {
        let Some(order) = self.order(order) else { return };
        if amount.is_positive() {
            order.change_applied(lot, |applied| {
                if eligible {
                    applied.eligible += amount;
                    applied.earned += amount;
                } else {
                    applied.other += amount;
                }
            });
            self.lines.transfer(&self.credit, &self.receivable, amount);
        }
    }

    /// The mirror of what is still applied.
    pub(crate) fn unapply_credit(&mut self, unapplied: &CreditUnapplied) {
        let Some(order) = self.order(&unapplied.order) else { return };
        let mut given_back = Money::ZERO;
        order.change_applied(&unapplied.lot, |applied| {
            given_back = applied.still();
            applied.earned -= applied.eligible;
            applied.eligible = Money::ZERO;
            applied.other = Money::ZERO;
        });
        self.lot(&unapplied.lot).back += given_back;
        self.lines.transfer(&self.receivable, &self.credit, given_back);
    }

    /// Dr 5200, or 4010 and 2200 with a rate, or 3000 when brought over; Cr 2100.
    pub(crate) fn grant_credit(&mut self, granted: &CreditGranted) {
        let id = &self.entry.id;
        self.lot(id).amount += granted.amount;
        let tax = granted.rate.map_or(Money::ZERO, |rate| rate.inside(granted.amount));
        let credit = self.credit.clone();
        self.lines.transfer(&origin_account(granted), &credit, granted.amount - tax);
        self.lines.transfer(&tax_account(granted), &credit, tax);
    }

    /// Dr 4010, Dr 2200; Cr 1100 up to what is owed; the rest Cr 2100, a lot.
    pub(crate) fn credit_order(&mut self, credited: &OrderCredited) {
        let id = &self.entry.id;
        let Some(order) = self.order(&credited.order) else { return };
        let amount = credited.amount.min(order.left()).or_zero();
        order.notes.push(id.clone());
        if amount < credited.amount {
            let missing = credited.amount - amount;
            let other = self.last_credit(&credited.order);
            self.raise(Kind::OverCredited, other, Some(&credited.order), missing, Until::Resolved);
        }
        let split = self.credit_leg(&credited.order, amount, credited.clawback);
        let released = self.release(&credited.order, id);
        self.release_marked(&credited.order, released, credited.clawback);
        let note = Note {
            order: credited.order.clone(),
            amount,
            split,
            released,
            marked: credited.clawback,
            reversed: None,
        };
        self.at.notes.insert(id.clone(), note);
    }

    /// The credit that took the room: the last note, else the last refund on the order.
    pub(crate) fn last_credit(&self, order: &Id) -> Option<Id> {
        let order = self.at.orders.get(order)?;
        let but = &self.entry.id;
        let last = |ids: &[Id]| ids.iter().rev().find(|id| *id != but).cloned();
        last(&order.notes).or_else(|| last(&order.refunds))
    }

    fn release_marked(&mut self, order: &Id, released: Money, marked: bool) {
        if let Some(order) = self.order(order)
            && marked
        {
            order.released_marked += released;
        }
    }

    /// Takes back credit given by mistake: the mirror of its origin, no money.
    pub(crate) fn reverse_credit(&mut self, reversed: &CreditReversed) {
        let amount = reversed.amount.min(self.lot(&reversed.lot).available());
        match self.at.body(&reversed.lot).cloned() {
            Some(Body::CreditGranted(granted)) => {
                self.overspent(&reversed.lot, &reversed.lot, reversed.amount - amount);
                self.reverse_grant(&reversed.lot, &granted, amount);
            }
            Some(Body::OrderCredited(_)) => {
                self.overspent(&reversed.lot, &reversed.lot, reversed.amount - amount);
                self.reverse_released(&reversed.lot, amount);
            }
            _ => {}
        }
    }

    /// With a rate, tax reversed to date = round(T0·reversed/A), so that the parts add up.
    fn reverse_grant(&mut self, id: &Id, granted: &CreditGranted, amount: Money) {
        let lot = self.lot(id);
        let before = lot.reversed;
        lot.reversed += amount;
        let tax0 = granted.rate.map_or(Money::ZERO, |rate: Rate| rate.inside(granted.amount));
        let to_date = |part: Money| {
            if granted.amount.is_zero() {
                return Money::ZERO;
            }
            Money(round_div(i128::from(tax0.0) * i128::from(part.0), i128::from(granted.amount.0)))
        };
        let tax = to_date(before + amount) - to_date(before);
        self.lines.transfer(&self.credit, &origin_account(granted), amount - tax);
        self.lines.transfer(&self.credit, &tax_account(granted), tax);
    }

    /// A lot released by a credit note: K and released fall together.
    fn reverse_released(&mut self, id: &Id, amount: Money) {
        let Some(note) = self.at.notes.get(id).cloned() else { return };
        let amount = amount.min(note.released);
        self.undo_note(id, amount, amount);
    }

    /// Undoes the whole of a credit note; what of its lot was spent meanwhile cannot be undone.
    pub(crate) fn reverse_credit_note(&mut self, reversed: &Reversed) {
        let Some(note) = self.at.notes.get(&reversed.of).cloned() else { return };
        if let Some(first) = note.reversed {
            return self.raise(
                Kind::CompletedTwice,
                Some(first),
                Some(&reversed.of),
                Money::ZERO,
                Until::Resolved,
            );
        }
        let released = note.released.min(self.at.os(&reversed.of).or_zero());
        let spent = note.released - released;
        self.overspent(&reversed.of, &reversed.of, spent);
        self.undo_note(&reversed.of, note.standing() - spent, released);
        let by = self.entry.id.clone();
        if let Some(note) = self.at.notes.get_mut(&reversed.of) {
            note.reversed = Some(by);
        }
    }

    /// Lowers K by `amount`, of which `released` comes out of the note's lot.
    fn undo_note(&mut self, id: &Id, amount: Money, released: Money) {
        let Some(note) = self.at.notes.get_mut(id) else { return };
        let undone = spread(amount, &note.split);
        note.split.iter_mut().zip(&undone).for_each(|(part, undone)| *part -= *undone);
        note.released -= released;
        let (order, marked) = (note.order.clone(), note.marked);
        self.undo_leg(&order, &undone, marked);
        self.release_marked(&order, -released, marked);
        if let Some(order) = self.order(&order) {
            order.released -= released;
        }
        if released.is_positive() {
            self.lot(id).reversed += released;
            self.lines.transfer(&self.credit, &self.receivable, released);
        }
    }
}

fn origin_account(granted: &CreditGranted) -> BookAccount {
    BookAccount::of(match granted {
        CreditGranted { opening: true, .. } => Code::OpeningBalances,
        CreditGranted { rate: Some(_), .. } => Code::Returns,
        CreditGranted { .. } => Code::Goodwill,
    })
}

fn tax_account(granted: &CreditGranted) -> BookAccount {
    granted.rate.map_or_else(|| BookAccount::of(Code::SalesTax), tax_of)
}

fn tax_of(rate: Rate) -> BookAccount {
    BookAccount::kept_by(Code::SalesTax, &rate.to_string())
}
