//! Reverse a credit note as a whole. A claim.

use crate::account::fold::Fold;
use crate::account::leg::spread;
use crate::account::raised::OpenUntil;
use crate::entry::reversed::Reversed;
use crate::entry::{Body, EntryKind};
use crate::exception::Kind;
use crate::id::Id;
use crate::money::Money;
use crate::refusal::Refusal;
use crate::rules::asked::Asked;
use crate::rules::case::{Case, reason};

/// A credit note to reverse as a whole.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct ReverseCreditNote {
    pub note: Id,
    pub reason: Option<String>,
}

impl Case<'_> {
    /// Refusals in order: UnknownCredit, NotPermitted, dates, ReasonRequired, AlreadyReversed, CreditAlreadySpent.
    pub(crate) fn reverse_credit_note(&self, asked: &ReverseCreditNote) -> Result<Body, Refusal> {
        let unknown = || Refusal::UnknownCredit { credit: asked.note.clone() };
        let note = self.account().notes.get(&asked.note).ok_or_else(unknown)?;
        self.permitted(EntryKind::CreditNoteReversed, note.remaining())?;
        self.dated()?;
        let reason = reason(asked.reason.as_ref())?;
        // A merge may have left a note without an amount; its returned lines can still be given back.
        if note.reversed.is_some() || (note.remaining().is_zero() && note.returned.is_empty()) {
            return Err(Refusal::AlreadyReversed { id: asked.note.clone() });
        }
        self.unspent(&asked.note, note.released)?;
        Ok(Body::CreditNoteReversed(Reversed { of: asked.note.clone(), reason }))
    }
}

impl Fold<'_> {
    /// Posts the mirror of the whole credit note, less the part of its lot that was spent meanwhile.
    pub(crate) fn reverse_credit_note(&mut self, reversed: &Reversed) {
        let Some(note) = self.account.notes.get(&reversed.of).cloned() else { return };
        if let Some(first) = note.reversed {
            return self.raise(
                Kind::CompletedTwice,
                Some(first),
                Some(&reversed.of),
                Money::ZERO,
                OpenUntil::Resolved,
            );
        }
        let released = note.released.min(self.account.os(&reversed.of).or_zero());
        let spent = note.released - released;
        self.raise_overspent(&reversed.of, &reversed.of, spent);
        self.undo_note(&reversed.of, note.remaining() - spent, released);
        let by = self.entry.id.clone();
        if let Some(note) = self.account.notes.get_mut(&reversed.of) {
            note.reversed = Some(by);
        }
    }

    /// Lowers K by `amount`, of which `released` is taken from the lot of the note.
    pub(super) fn undo_note(&mut self, id: &Id, amount: Money, released: Money) {
        let Some(note) = self.account.notes.get_mut(id) else { return };
        let undone = spread(amount, &note.split);
        note.split.iter_mut().zip(&undone).for_each(|(part, undone)| *part -= *undone);
        note.released -= released;
        let (order, marked) = (note.order.clone(), note.marked);
        // The quantities go back with the last piece.
        let last = note.remaining().is_zero();
        let returned = if last { std::mem::take(&mut note.returned) } else { Vec::new() };
        self.give_back(&order, id, &returned);
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

/// Whether a body has the content that is asked for.
pub(crate) fn is_same(_: &Case<'_>, asked: &ReverseCreditNote, body: &Body) -> bool {
    let Body::CreditNoteReversed(written) = body else { return false };
    asked.note == written.of
}

impl Asked for ReverseCreditNote {
    fn names(&self) -> Vec<Id> {
        vec![self.note.clone()]
    }
}
