//! Corrections as typed: a document is reversed, written off, taken back or moved; no entry is edited.

use super::{Errors, Field, Problem, ReasonDraft, amount, limits, optional, required};
use crate::forms::typed_amount;
use ledger::entry::EntryKind;
use ledger::id::Id;
use ledger::money::{Currency, Money};
use ledger::rules::{
    Act, AllocationAsked, ApplyCredit, Command, RecordPayment, Reversal, ReverseCredit, ReverseCreditNote,
    TransferCredit, UnapplyCredit, WriteOff,
};

/// The amount, where a part can be corrected.
pub const AMOUNT: Field = Field::new("amount");
/// The internal note of a reversed credit.
pub const NOTE: Field = Field::new("note");
/// The customer who receives credit or a payment.
pub const TO: Field = Field::new("to");
/// The order that credit is applied to.
pub const ORDER: Field = Field::new("order");

/// What is corrected, with the id of the document. Amounts are the most that can be corrected, in minor units.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub enum Correction {
    ReversePayment(Id),
    ReverseRefund(Id),
    ReversePayout(Id),
    ReverseCreditNote(Id),
    ReverseCredit {
        lot: Id,
        most: Money,
    },
    WriteOffOrder {
        order: Id,
        most: Money,
    },
    WriteOffCredit {
        lot: Id,
        most: Money,
    },
    ReverseWriteOff {
        order: Id,
        most: Money,
    },
    Apply {
        lot: Id,
        most: Money,
    },
    Unapply {
        lot: Id,
        order: Id,
    },
    Transfer {
        lot: Id,
        most: Money,
    },
    /// A payment that belongs to another customer: it is reversed here and recorded there.
    MovePayment {
        payment: Id,
        again: Box<RecordPayment>,
    },
}

/// A correction as typed.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct CorrectionDraft {
    /// Created when the dialog opens; a correction that is possible once has the id of its document with an ending.
    pub id: Id,
    pub correction: Correction,
    pub amount: String,
    pub reason: String,
    pub note: String,
    /// The order or the customer that was chosen, and for an order what it owes.
    pub to: Option<(Id, Money)>,
    /// The order of the other customer that a moved payment is for; none keeps it as credit.
    pub invoice: Option<Id>,
}

impl Correction {
    /// The document that is corrected.
    #[must_use]
    pub const fn document(&self) -> &Id {
        match self {
            Self::ReversePayment(id)
            | Self::ReverseRefund(id)
            | Self::ReversePayout(id)
            | Self::ReverseCreditNote(id) => id,
            Self::WriteOffOrder { order, .. } | Self::ReverseWriteOff { order, .. } => order,
            Self::ReverseCredit { lot, .. }
            | Self::WriteOffCredit { lot, .. }
            | Self::Apply { lot, .. }
            | Self::Unapply { lot, .. }
            | Self::Transfer { lot, .. } => lot,
            Self::MovePayment { payment, .. } => payment,
        }
    }

    /// The most that can be corrected, where a part can be.
    #[must_use]
    pub const fn most(&self) -> Option<Money> {
        match self {
            Self::ReverseCredit { most, .. }
            | Self::WriteOffOrder { most, .. }
            | Self::WriteOffCredit { most, .. }
            | Self::ReverseWriteOff { most, .. }
            | Self::Apply { most, .. }
            | Self::Transfer { most, .. } => Some(*most),
            Self::ReversePayment(_)
            | Self::ReverseRefund(_)
            | Self::ReversePayout(_)
            | Self::ReverseCreditNote(_)
            | Self::Unapply { .. }
            | Self::MovePayment { .. } => None,
        }
    }

    /// Whether a reason is required.
    #[must_use]
    pub const fn has_reason(&self) -> bool {
        !matches!(self, Self::ReverseCredit { .. } | Self::Apply { .. } | Self::Unapply { .. })
    }

    /// Whether it takes something back that was recorded, or gives up a claim.
    #[must_use]
    pub const fn takes_back(&self) -> bool {
        !matches!(
            self,
            Self::Apply { .. }
                | Self::Unapply { .. }
                | Self::Transfer { .. }
                | Self::MovePayment { .. }
                | Self::ReverseWriteOff { .. }
        )
    }

    /// Whether an order or a customer has to be chosen.
    #[must_use]
    pub const fn is_towards(&self) -> bool {
        matches!(self, Self::Apply { .. } | Self::Transfer { .. } | Self::MovePayment { .. })
    }

    /// The right to record it, by the kind of its entry; `None` where everybody may.
    #[must_use]
    pub const fn right(&self) -> Option<EntryKind> {
        match self {
            Self::ReversePayment(_) | Self::MovePayment { .. } => Some(EntryKind::PaymentReversed),
            Self::ReverseRefund(_) => Some(EntryKind::RefundReversed),
            Self::ReversePayout(_) => Some(EntryKind::PayoutReversed),
            Self::ReverseCreditNote(_) => Some(EntryKind::CreditNoteReversed),
            Self::ReverseCredit { .. } => Some(EntryKind::CreditReversed),
            Self::WriteOffOrder { .. } => Some(EntryKind::OrderWrittenOff),
            Self::WriteOffCredit { .. } => Some(EntryKind::CreditWrittenOff),
            Self::ReverseWriteOff { .. } => Some(EntryKind::WriteOffReversed),
            Self::Transfer { .. } => Some(EntryKind::CreditTransferred),
            Self::Apply { .. } | Self::Unapply { .. } => None,
        }
    }

    /// Whether it is possible once for a document, so that its id can follow from that of the document and two presses in
    /// two tabs are one correction.
    const fn is_single(&self) -> bool {
        matches!(
            self,
            Self::ReversePayment(_)
                | Self::MovePayment { .. }
                | Self::ReverseRefund(_)
                | Self::ReversePayout(_)
                | Self::ReverseCreditNote(_)
        )
    }
}

impl CorrectionDraft {
    /// The dialog as it opens: the whole amount, and `note` as the internal note of a reversed credit. `fresh` is a new id.
    #[must_use]
    pub fn new(correction: Correction, fresh: Id, note: String, currency: &Currency) -> Self {
        let single = || Id::new(&format!("{}-reversed", correction.document())).ok();
        let id = correction.is_single().then(single).flatten().unwrap_or(fresh);
        let amount = correction.most().map(|most| typed_amount(most, currency)).unwrap_or_default();
        Self { id, correction, amount, reason: String::new(), note, to: None, invoice: None }
    }

    /// The commands of one press: the correction, and for a payment that is moved its record on the other account, under an
    /// id that follows from the payment's, so that two presses are one.
    ///
    /// # Errors
    /// One error for each invalid field.
    pub fn commands(&self, customer: &Id, currency: &Currency) -> Result<Vec<Command>, Errors> {
        let first = self.command(customer, currency)?;
        let Correction::MovePayment { payment, again } = &self.correction else { return Ok(vec![first]) };
        let receiver = self.to.as_ref().map(|(to, _)| to.clone());
        let up_to = |order: &Id| AllocationAsked { order: order.clone(), amount: None };
        let asked =
            RecordPayment { allocations: self.invoice.iter().map(up_to).collect(), ..(**again).clone() };
        let second = moved_id(payment).map(|id| Command {
            id,
            customer: receiver,
            on: None,
            act: Act::RecordPayment(asked),
        });
        Errors::default().or(second).map(|second| vec![first, second])
    }

    /// The command that corrects the document.
    ///
    /// # Errors
    /// One error for each invalid field.
    pub fn command(&self, customer: &Id, currency: &Currency) -> Result<Command, Errors> {
        let mut errors = Errors::default();
        let to = self.read_to(&mut errors);
        let amount = self.read_amount(to.as_ref(), currency, &mut errors);
        let reason = match self.correction.has_reason() {
            true => errors.take(ReasonDraft::WORDS, required(&self.reason, limits::REASON).map(Some)),
            false => Some(None),
        };
        let note = errors.take(NOTE, optional(&self.note, limits::NOTE));
        let act = match (amount, reason, note) {
            (Some(amount), Some(reason), Some(note)) => self.act(amount, reason, note, to.map(|(id, _)| id)),
            _ => None,
        };
        let act = errors.or(act)?;
        Ok(Command { id: self.id.clone(), customer: Some(customer.clone()), on: None, act })
    }

    /// The amount in minor units, where a part can be corrected and the text is an amount.
    #[must_use]
    pub fn amount(&self, currency: &Currency) -> Option<Money> {
        self.correction.most()?;
        amount(&self.amount, currency).ok()
    }

    fn read_to(&self, errors: &mut Errors) -> Option<(Id, Money)> {
        if !self.correction.is_towards() {
            return None;
        }
        let field = if matches!(self.correction, Correction::Apply { .. }) { ORDER } else { TO };
        errors.take(field, self.to.clone().ok_or(Problem::Missing))
    }

    /// The amount in minor units; zero where there is none.
    fn read_amount(
        &self,
        to: Option<&(Id, Money)>,
        currency: &Currency,
        errors: &mut Errors,
    ) -> Option<Money> {
        let Some(most) = self.correction.most() else { return Some(Money::ZERO) };
        let owed = to.map(|(_, owed)| *owed).filter(|_| matches!(self.correction, Correction::Apply { .. }));
        let most = owed.map_or(most, |owed| most.min(owed));
        let read = amount(&self.amount, currency).and_then(|amount| match amount > most {
            true => Err(Problem::MoreThanThere { most }),
            false => Ok(amount),
        });
        errors.take(AMOUNT, read)
    }

    /// `None` when what it applies or moves to was not chosen.
    fn act(
        &self,
        amount: Money,
        reason: Option<String>,
        note: Option<String>,
        to: Option<Id>,
    ) -> Option<Act> {
        let of = self.correction.document().clone();
        Some(match &self.correction {
            Correction::ReversePayment(_) | Correction::MovePayment { .. } => {
                Act::ReversePayment(Reversal { of, reason })
            }
            Correction::ReverseRefund(_) => Act::ReverseRefund(Reversal { of, reason }),
            Correction::ReversePayout(_) => Act::ReversePayout(Reversal { of, reason }),
            Correction::ReverseCreditNote(_) => {
                Act::ReverseCreditNote(ReverseCreditNote { note: of, reason })
            }
            Correction::ReverseCredit { .. } => {
                Act::ReverseCredit(ReverseCredit { lot: of, amount: Some(amount), note })
            }
            Correction::WriteOffOrder { .. } | Correction::WriteOffCredit { .. } => {
                Act::WriteOff(WriteOff { of, amount, reason })
            }
            Correction::ReverseWriteOff { .. } => Act::ReverseWriteOff(WriteOff { of, amount, reason }),
            Correction::Apply { .. } => {
                Act::ApplyCredit(ApplyCredit { lot: of, to: to?, amount, eligible: None })
            }
            Correction::Unapply { order, .. } => {
                Act::UnapplyCredit(UnapplyCredit { lot: of, order: order.clone() })
            }
            Correction::Transfer { .. } => {
                Act::TransferCredit(TransferCredit { lot: of, amount, to: to?, reason })
            }
        })
    }
}

/// The id of a payment on the account to which it is moved; `None` if it would be too long, after several moves.
#[must_use]
pub fn moved_id(payment: &Id) -> Option<Id> {
    Id::new(&format!("{payment}-moved")).ok()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use ledger::method::Method;

    fn pounds() -> Currency {
        Currency { code: "GBP".into(), decimals: 2 }
    }

    fn id(text: &str) -> Id {
        Id::new(text).unwrap()
    }

    fn draft(correction: Correction) -> CorrectionDraft {
        CorrectionDraft::new(correction, id("fresh"), "Refund reversal".into(), &pounds())
    }

    #[test]
    fn a_reversal_needs_a_reason_and_has_one_id() {
        let mut typed = draft(Correction::ReverseRefund(id("R-1")));
        let errors = typed.command(&id("mira"), &pounds()).unwrap_err();
        assert_eq!(errors, Errors::one(ReasonDraft::WORDS, Problem::Missing));
        typed.reason = "check never cashed".into();
        let command = typed.command(&id("mira"), &pounds()).unwrap();
        assert_eq!(command.id, id("R-1-reversed"));
        let reason = Some("check never cashed".into());
        assert_eq!(command.act, Act::ReverseRefund(Reversal { of: id("R-1"), reason }));
    }

    #[test]
    fn a_payment_is_moved_by_two_commands_under_ids_that_follow_from_its_own() {
        let again = RecordPayment {
            amount: Money(5_000),
            method: Method::Cash,
            bank: None,
            allocations: Vec::new(),
            eligible: true,
            tendered: None,
            reference: None,
            note: None,
            rounding: Money::ZERO,
        };
        let mut typed = draft(Correction::MovePayment { payment: id("P-1"), again: Box::new(again.clone()) });
        let errors = typed.commands(&id("mira"), &pounds()).unwrap_err();
        assert_eq!(errors.of(&TO), Some(&Problem::Missing));
        assert_eq!(errors.of(&ReasonDraft::WORDS), Some(&Problem::Missing));
        typed.to = Some((id("ben"), Money::ZERO));
        typed.reason = "wrong customer".into();
        typed.invoice = Some(id("O-9"));
        let commands = typed.commands(&id("mira"), &pounds()).unwrap();
        let allocations = vec![AllocationAsked { order: id("O-9"), amount: None }];
        let reversal = Reversal { of: id("P-1"), reason: Some("wrong customer".into()) };
        let expected = [
            ("P-1-reversed", "mira", Act::ReversePayment(reversal)),
            ("P-1-moved", "ben", Act::RecordPayment(RecordPayment { allocations, ..again })),
        ];
        let expected = expected.map(|(own, customer, act)| Command {
            id: id(own),
            customer: Some(id(customer)),
            on: None,
            act,
        });
        assert_eq!(commands, expected);
    }

    #[test]
    fn a_credit_is_reversed_in_part_with_the_suggested_note() {
        let mut typed = draft(Correction::ReverseCredit { lot: id("C-1"), most: Money(2_500) });
        assert_eq!(typed.amount, "25.00");
        typed.amount = "25.01".into();
        let errors = typed.command(&id("mira"), &pounds()).unwrap_err();
        assert_eq!(errors.of(&AMOUNT), Some(&Problem::MoreThanThere { most: Money(2_500) }));
        typed.amount = "5".into();
        let command = typed.command(&id("mira"), &pounds()).unwrap();
        let (amount, note) = (Some(Money(500)), Some("Refund reversal".into()));
        assert_eq!(command.id, id("fresh"), "another part can be reversed later");
        assert_eq!(command.act, Act::ReverseCredit(ReverseCredit { lot: id("C-1"), amount, note }));
    }

    #[test]
    fn credit_is_applied_up_to_what_the_order_owes() {
        let mut typed = draft(Correction::Apply { lot: id("C-1"), most: Money(2_500) });
        assert_eq!(typed.command(&id("mira"), &pounds()).unwrap_err().of(&ORDER), Some(&Problem::Missing));
        typed.to = Some((id("O-1"), Money(1_000)));
        let errors = typed.command(&id("mira"), &pounds()).unwrap_err();
        assert_eq!(errors, Errors::one(AMOUNT, Problem::MoreThanThere { most: Money(1_000) }));
        typed.amount = "10".into();
        let (lot, to, amount) = (id("C-1"), id("O-1"), Money(1_000));
        let expected = Act::ApplyCredit(ApplyCredit { lot, to, amount, eligible: None });
        assert_eq!(typed.command(&id("mira"), &pounds()).unwrap().act, expected);
    }
}
