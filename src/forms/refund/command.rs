//! The steps of the wizard, each checked before the next, and the command they produce.

use super::{METHOD, NOTE, OWED_AFTER, Parts, REFERENCE, RefundDraft, RefundFacts};
use crate::forms::payment::has_bank;
use crate::forms::{Errors, Problem, coins, limits, note, optional, required, returned};
use ledger::entry::{After, Clawback};
use ledger::id::Id;
use ledger::method::Method;
use ledger::money::Money;
use ledger::rules::{Act, Command, Refund, ReturnAsked};

/// Whether the refund is recorded, or requested by a user who may not record it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum RefundAct {
    Record,
    Request,
}

/// The parsed input of step 1.
struct First {
    parts: Parts,
    method: Method,
    reason: Option<String>,
    reference: Option<String>,
    note: Option<String>,
    returned: Vec<ReturnAsked>,
}

impl RefundDraft {
    /// Checks that step 1, *Payments*, is complete.
    ///
    /// # Errors
    /// One error for each invalid field of the step.
    pub fn check_payments(&self, facts: &RefundFacts<'_>) -> Result<(), Errors> {
        let mut errors = Errors::default();
        let first = self.read_first(facts, &mut errors);
        errors.or(first).map(drop)
    }

    /// The command for the refund, parsed from steps 1 and 2.
    ///
    /// # Errors
    /// One error for each invalid field.
    pub fn command(
        &self,
        customer: &Id,
        facts: &RefundFacts<'_>,
        asked: RefundAct,
    ) -> Result<Command, Errors> {
        let mut errors = Errors::default();
        let first = self.read_first(facts, &mut errors);
        let amount = first.as_ref().map_or_else(|| self.going(facts), |first| first.parts.amount);
        let after = errors.take(OWED_AFTER, self.read_after(facts, amount));
        let (first, after) = errors.or(first.zip(after))?;
        let moves = coins::moves(first.method, first.parts.money, facts.coin);
        Ok(self.ask(customer, first, after, moves, asked))
    }

    /// The command with other boxes marked, to compute what each box would change.
    ///
    /// # Errors
    /// As [`RefundDraft::command`].
    pub fn with_boxes(
        &self,
        customer: &Id,
        facts: &RefundFacts<'_>,
        asked: RefundAct,
        clawback: Clawback,
    ) -> Result<Command, Errors> {
        Self { clawback, ..self.clone() }.command(customer, facts, asked)
    }

    /// The refund as recorded with one press: one that was issued at the processor already is handed over, too. Its id
    /// follows from the refund's, as that of *Handed over* does.
    ///
    /// # Errors
    /// As [`RefundDraft::command`].
    pub fn commands(
        &self,
        customer: &Id,
        facts: &RefundFacts<'_>,
        asked: RefundAct,
    ) -> Result<Vec<Command>, Errors> {
        let refund = self.command(customer, facts, asked)?;
        let is_over = self.is_issued(facts) && asked == RefundAct::Record;
        let id = Id::new(&format!("{}-handed", self.id)).ok().filter(|_| is_over);
        let handed = id.map(|id| Command {
            id,
            customer: Some(customer.clone()),
            on: None,
            act: Act::HandOver(self.id.clone()),
        });
        Ok(std::iter::once(refund).chain(handed).collect())
    }

    fn ask(&self, customer: &Id, first: First, after: After, moves: Money, asked: RefundAct) -> Command {
        let rounding = first.parts.money - moves;
        let refund = Refund {
            order: self.order.clone(),
            amount: first.parts.amount,
            method: first.method,
            bank: self.bank.clone().filter(|_| has_bank(first.method)),
            parts: first.parts.list,
            after,
            clawback: self.clawback,
            reason: first.reason,
            reference: first.reference,
            note: first.note,
            returned: first.returned,
            rounding,
        };
        let act = match asked {
            RefundAct::Record => Act::Refund(refund),
            RefundAct::Request => Act::RequestRefund(refund),
        };
        Command { id: self.id.clone(), customer: Some(customer.clone()), on: None, act }
    }

    fn read_first(&self, facts: &RefundFacts<'_>, errors: &mut Errors) -> Option<First> {
        let parts = self.read_parts(facts, errors);
        let returned = returned::read(&self.returned, facts.returns, errors);
        let reason = self.reason.read(errors);
        let method = errors.take(METHOD, self.method(facts).ok_or(Problem::Missing));
        // Without money there is no slip or check to refer to, and the field is not shown.
        let reference = match self.is_credit_only(facts) {
            true => Some(None),
            // The processor gives it a number.
            false if self.goes_online(facts) => Some(None),
            // The number at the processor is what proves that the money went back.
            false if self.is_issued(facts) => {
                errors.take(REFERENCE, required(&self.reference, limits::REFERENCE).map(Some))
            }
            false => errors.take(REFERENCE, optional(&self.reference, limits::REFERENCE)),
        };
        let note = errors.take(NOTE, self.read_note(method));
        Some(First {
            parts: parts?,
            method: method?,
            reason: Some(reason?),
            reference: reference?,
            note: note?,
            returned: returned?,
        })
    }

    fn read_note(&self, method: Option<Method>) -> Result<Option<String>, Problem> {
        let note = note(&self.note, &NOTE, &self.confirmed)?;
        if method == Some(Method::Other) && note.is_none() { Err(Problem::Missing) } else { Ok(note) }
    }
}
