//! Reverse credit that was given by mistake: the mirror of its origin; no money moves. A claim.

use crate::account::fold::Fold;
use crate::entry::credit_granted::CreditGranted;
use crate::entry::credit_origin::CreditOrigin;
use crate::entry::credit_reversed::CreditReversed;
use crate::entry::{Body, EntryKind};
use crate::id::Id;
use crate::money::Money;
use crate::refusal::Refusal;
use crate::round::round_div;
use crate::rules::asked::Asked;
use crate::rules::case::{Case, non_blank};
use crate::rules::credit::grant::{origin_account, tax_account};

/// Credit to reverse; no money moves.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct ReverseCredit {
    pub lot: Id,
    /// The amount in minor units; `None` means all that is outstanding.
    pub amount: Option<Money>,
    /// The note; forms suggest `Refund reversal`.
    pub note: Option<String>,
}

impl Case<'_> {
    /// Refusals in order: UnknownCredit, NotPermitted, dates, AmountNotPositive, CreditExceedsOutstanding,
    /// ReverseThePaymentInstead.
    pub(crate) fn reverse_credit(&self, asked: &ReverseCredit) -> Result<Body, Refusal> {
        let unknown = || Refusal::UnknownCredit { credit: asked.lot.clone() };
        let lot = self.account().lots.get(&asked.lot).ok_or_else(unknown)?;
        let amount = asked.amount.unwrap_or_else(|| lot.os());
        self.permitted(EntryKind::CreditReversed, amount)?;
        self.dated()?;
        self.positive(amount)?;
        self.outstanding(&asked.lot, amount)?;
        let origin = self.account().body(&asked.lot).and_then(Body::credit_origin);
        match origin {
            Some(CreditOrigin::Granted(_) | CreditOrigin::Note(_)) => {}
            Some(CreditOrigin::Payment(_) | CreditOrigin::Refund(_) | CreditOrigin::Received(_)) | None => {
                return Err(Refusal::ReverseThePaymentInstead { credit: asked.lot.clone() });
            }
        }
        let note = non_blank(asked.note.as_ref());
        Ok(Body::CreditReversed(CreditReversed { lot: asked.lot.clone(), amount, note }))
    }
}

impl Fold<'_> {
    /// Posts the mirror of the origin of the credit; no money moves.
    pub(crate) fn reverse_credit(&mut self, reversed: &CreditReversed) {
        let amount = reversed.amount.min(self.lot(&reversed.lot).available());
        let document = self.account.entry(&reversed.lot).cloned();
        match document.as_ref().and_then(|document| document.body.credit_origin()) {
            Some(CreditOrigin::Granted(granted)) => {
                self.raise_overspent(&reversed.lot, &reversed.lot, reversed.amount - amount);
                self.reverse_grant(&reversed.lot, granted, amount);
            }
            Some(CreditOrigin::Note(_)) => {
                self.raise_overspent(&reversed.lot, &reversed.lot, reversed.amount - amount);
                self.reverse_released(&reversed.lot, amount);
            }
            Some(CreditOrigin::Payment(_) | CreditOrigin::Refund(_) | CreditOrigin::Received(_)) | None => {}
        }
    }

    fn reverse_grant(&mut self, id: &Id, granted: &CreditGranted, amount: Money) {
        let lot = self.lot(id);
        let before = lot.reversed;
        lot.reversed += amount;
        let tax = tax_reversed(granted, before + amount) - tax_reversed(granted, before);
        self.lines.transfer(&self.credit, &origin_account(granted), amount - tax);
        self.lines.transfer(&self.credit, &tax_account(granted), tax);
    }

    /// Reverses credit that a credit note released: K and released fall together.
    fn reverse_released(&mut self, id: &Id, amount: Money) {
        let Some(note) = self.account.notes.get(id).cloned() else { return };
        let amount = amount.min(note.released);
        self.undo_note(id, amount, amount);
    }
}

/// The tax reversed to date of a credit with tax, in minor units: round(T0·reversed/A), so that the parts add up.
pub(crate) fn tax_reversed(granted: &CreditGranted, reversed: Money) -> Money {
    if granted.amount.is_zero() {
        return Money::ZERO;
    }
    let tax = i128::from(granted.tax().0) * i128::from(reversed.0);
    Money(round_div(tax, i128::from(granted.amount.0)))
}

/// Whether a body has the content that is asked for.
pub(crate) fn is_same(_: &Case<'_>, asked: &ReverseCredit, body: &Body) -> bool {
    let Body::CreditReversed(written) = body else { return false };
    asked.lot == written.lot && asked.amount.is_none_or(|amount| amount == written.amount)
}

impl Asked for ReverseCredit {
    fn names(&self) -> Vec<Id> {
        vec![self.lot.clone()]
    }
}
