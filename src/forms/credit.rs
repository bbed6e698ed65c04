//! The forms that give credit: on its own, or as a credit note on an order.

use super::returned::{self, ReturnedDraft};
use super::{Confirmed, Errors, Field, Problem, ReasonDraft, amount, confirms, note, rate};
use ledger::id::Id;
use ledger::money::{Currency, Money};
use ledger::rules::{Act, Command, CreditNote, GrantCredit};
use ledger::view::order::LineReturn;
use serde::{Deserialize, Serialize};

/// The amount.
pub const AMOUNT: Field = Field::new("amount");
/// The tax rate in percent, if the credit is for returned goods.
pub const RATE: Field = Field::new("rate");
/// The internal note.
pub const NOTE: Field = Field::new("note");

/// *Add Credit* as typed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct GrantDraft {
    pub id: Id,
    pub amount: String,
    /// Tax rate in percent, included in the amount; empty for goodwill credit, which has no tax.
    pub rate: String,
    pub reason: ReasonDraft,
    pub note: String,
    #[serde(default)]
    pub confirmed: Confirmed,
}

impl GrantDraft {
    /// An empty form.
    #[must_use]
    pub fn new(id: Id) -> Self {
        let (amount, rate, note, confirmed) = Default::default();
        Self { id, amount, rate, reason: ReasonDraft::default(), note, confirmed }
    }

    /// The command that grants the credit.
    ///
    /// # Errors
    /// One error for each invalid field.
    pub fn command(&self, customer: &Id, currency: &Currency) -> Result<Command, Errors> {
        let mut errors = Errors::default();
        let amount = errors.take(AMOUNT, amount(&self.amount, currency));
        let blank = self.rate.trim().is_empty();
        let taxed = if blank { Ok(None) } else { rate(&self.rate).map(Some) };
        let rate = errors.take(RATE, taxed);
        let reason = self.reason.read(&mut errors);
        let note = errors.take(NOTE, note(&self.note, &NOTE, &self.confirmed));
        let whole = amount.zip(rate).zip(note).map(|((amount, rate), note)| {
            Act::GrantCredit(GrantCredit { amount, rate, reason, note, opening: false })
        });
        let act = errors.or(whole)?;
        Ok(Command { id: self.id.clone(), customer: Some(customer.clone()), on: None, act })
    }
}

/// *Add Credit Note* as typed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct NoteDraft {
    pub id: Id,
    pub order: Id,
    pub amount: String,
    pub reason: ReasonDraft,
    pub note: String,
    /// *Apply Credit to Referral Partner Commissions*.
    pub clawback: bool,
    /// The lines that came back.
    #[serde(default)]
    pub returned: Vec<ReturnedDraft>,
    #[serde(default)]
    pub confirmed: Confirmed,
}

impl NoteDraft {
    /// An empty form.
    #[must_use]
    pub fn new(id: Id, order: Id) -> Self {
        let (amount, note, returned, confirmed) = Default::default();
        let (reason, clawback) = (ReasonDraft::default(), false);
        Self { id, order, amount, reason, note, clawback, returned, confirmed }
    }

    /// The command that issues the note; `left` is the part of the sale not yet credited or written off, `returns` what is
    /// left to come back of each line. Without an amount the note is worth what its lines are.
    ///
    /// # Errors
    /// One error for each invalid field.
    pub fn command(
        &self,
        customer: &Id,
        (left, returns): (Money, &[LineReturn]),
        currency: &Currency,
    ) -> Result<Command, Errors> {
        let mut errors = Errors::default();
        let returned = returned::read(&self.returned, returns, &mut errors);
        let by_lines = self.amount.trim().is_empty() && !self.returned.is_empty();
        let read = amount(&self.amount, currency).and_then(|amount| match amount > left {
            true => Err(Problem::MoreThanTheSale { most: left }),
            false => Ok(Some(amount)),
        });
        let amount = errors.take(AMOUNT, if by_lines { Ok(None) } else { read });
        let reason = self.reason.read(&mut errors);
        let note = errors.take(NOTE, note(&self.note, &NOTE, &self.confirmed));
        let whole = amount.zip(note).zip(returned).map(|((amount, note), returned)| {
            let (order, clawback) = (self.order.clone(), self.clawback);
            Act::CreditNote(CreditNote { order, amount, reason, note, clawback, returned })
        });
        let act = errors.or(whole)?;
        Ok(Command { id: self.id.clone(), customer: Some(customer.clone()), on: None, act })
    }
}

confirms!(GrantDraft, NoteDraft);

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::*;
    use crate::forms::Reason;
    use ledger::quantity::Quantity;
    use ledger::rate::Rate;
    use ledger::rules::{LineName, ReturnAsked};

    fn pounds() -> Currency {
        Currency { code: "GBP".into(), decimals: 2 }
    }

    fn id(text: &str) -> Id {
        Id::new(text).unwrap()
    }

    #[test]
    fn a_grant_needs_an_amount_and_a_reason() {
        let mut draft = GrantDraft::new(id("C-1"));
        let errors = draft.command(&id("mira"), &pounds()).unwrap_err();
        assert_eq!(errors.of(&AMOUNT), Some(&Problem::NoAmount));
        assert_eq!(errors.of(&ReasonDraft::CHOICE), Some(&Problem::Missing));

        draft.amount = "25".into();
        draft.rate = "20 %".into();
        draft.reason.choice = Some(Reason::Other);
        assert_eq!(
            draft.command(&id("mira"), &pounds()).unwrap_err(),
            Errors::one(ReasonDraft::WORDS, Problem::Missing)
        );
        draft.reason.words = "lost parcel".into();
        let expected = GrantCredit {
            amount: Money(2500),
            rate: Some(Rate(200_000)),
            reason: Some("lost parcel".into()),
            note: None,
            opening: false,
        };
        assert_eq!(draft.command(&id("mira"), &pounds()).unwrap().act, Act::GrantCredit(expected));
    }

    #[test]
    fn a_note_is_limited_to_the_sale() {
        let mut draft = NoteDraft::new(id("N-1"), id("O-1"));
        draft.amount = "40.01".into();
        draft.reason.choice = Some(Reason::ReturnedGoods);
        let left = Money(4000);
        assert_eq!(
            draft.command(&id("mira"), (left, &[]), &pounds()).unwrap_err(),
            Errors::one(AMOUNT, Problem::MoreThanTheSale { most: left })
        );
        draft.amount = "40".into();
        let command = draft.command(&id("mira"), (left, &[]), &pounds()).unwrap();
        assert_eq!(command.id, id("N-1"));
        let reason = Some("returned goods".into());
        let (amount, note, returned) = (Some(left), None, Vec::new());
        let note = CreditNote { order: id("O-1"), amount, reason, note, clawback: false, returned };
        assert_eq!(command.act, Act::CreditNote(note));
    }

    #[test]
    fn a_note_for_lines_needs_no_amount() {
        let mut draft = NoteDraft::new(id("N-1"), id("O-1"));
        draft.reason.choice = Some(Reason::ReturnedGoods);
        draft.returned = vec![ReturnedDraft { line: 1, qty: "1".into() }];
        let returns = [LineReturn { returned: 0, left: Quantity::ONE }];
        let command = draft.command(&id("mira"), (Money(4000), &returns), &pounds()).unwrap();
        let Act::CreditNote(asked) = command.act else { panic!("{command:?}") };
        let back = ReturnAsked { line: LineName::Number(1), qty: Quantity::ONE };
        assert_eq!((asked.amount, asked.returned), (None, vec![back]));
    }
}
