//! An exchange: goods of an order come back, other goods are taken instead, and the difference is paid or given back.

use super::payment::has_bank;
use super::returned::{self, ReturnedDraft};
use super::{Errors, Field, Problem, ReasonDraft};
use ledger::entry::FromLot;
use ledger::id::Id;
use ledger::method::Method;
use ledger::money::Money;
use ledger::rules::{
    Act, AllocationAsked, ApplyCredit, Command, CreditNote, ProcessPayout, RecordPayment, ReturnAsked,
};
use ledger::view::order::LineReturn;
use serde::{Deserialize, Serialize};

/// How the difference is paid or given back.
pub const METHOD: Field = Field::new("method");
/// The bank account.
pub const BANK: Field = Field::new("bank");

/// The methods of the difference: those that give money back as well as take it.
pub const METHODS: [Method; 5] = [Method::Cash, Method::Card, Method::Bank, Method::Check, Method::Insurance];

/// An exchange as typed, without the lines of the new order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct ExchangeDraft {
    /// Created when the form opens; the ids of all documents but the new order follow from it.
    pub id: Id,
    /// The order whose goods come back.
    pub order: Id,
    pub returned: Vec<ReturnedDraft>,
    pub reason: ReasonDraft,
    /// `None`: the new order stays owed, or what is too much stays credit.
    pub method: Option<Method>,
    /// `None` means the first bank account.
    pub bank: Option<String>,
}

/// What the ledger says of the two documents of an exchange, in minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExchangeFigures {
    /// What of the returned goods is credit afterwards; the rest lowers what their order still owes.
    pub credit: Money,
    /// The gross of the new order.
    pub total: Money,
}

/// What is left between the returned goods and the new order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Difference {
    /// The customer owes this much more.
    Take(Money),
    /// This much of the credit is too much.
    GiveBack(Money),
    /// Nothing.
    Even,
}

impl ExchangeFigures {
    /// The credit that the new order uses.
    fn applied(self) -> Money {
        self.credit.min(self.total)
    }

    /// The difference.
    #[must_use]
    pub fn difference(self) -> Difference {
        match (self.total - self.applied(), self.credit - self.applied()) {
            (more, _) if more.is_positive() => Difference::Take(more),
            (_, back) if back.is_positive() => Difference::GiveBack(back),
            _ => Difference::Even,
        }
    }
}

impl ExchangeDraft {
    /// The form's initial state: cash, for returned goods.
    #[must_use]
    pub fn new(id: Id, order: Id, returned: Vec<ReturnedDraft>) -> Self {
        let reason = ReasonDraft::given(super::Reason::ReturnedGoods);
        Self { id, order, returned, reason, method: Some(Method::Cash), bank: None }
    }

    /// The credit note for the goods that come back, worth what its lines are.
    ///
    /// # Errors
    /// One error for each invalid field.
    pub fn note(&self, customer: &Id, returns: &[LineReturn]) -> Result<Command, Errors> {
        let mut errors = Errors::default();
        let returned = returned::read(&self.returned, returns, &mut errors);
        if self.returned.is_empty() {
            errors.push(Field::of(returned::RETURNED, 1), Problem::Missing);
        }
        let reason = self.reason.read(&mut errors);
        let note = |returned: Vec<ReturnAsked>| CreditNote {
            order: self.order.clone(),
            amount: None,
            reason,
            note: None,
            clawback: false,
            returned,
        };
        let note = errors.or(returned.map(note))?;
        Ok(command(&self.id, customer, Act::CreditNote(note)))
    }

    /// The commands of one press: the note, the new order, its credit applied, and the difference. `None` if an id would be too
    /// long.
    #[must_use]
    pub fn commands(
        &self,
        customer: &Id,
        (note, order): (Command, Command),
        figures: ExchangeFigures,
    ) -> Option<Vec<Command>> {
        let (lot, to, amount) = (note.id.clone(), order.id.clone(), figures.applied());
        let mut commands = vec![note, order];
        if amount.is_positive() {
            let apply = ApplyCredit { lot: lot.clone(), to: to.clone(), amount, eligible: None };
            commands.push(command(&self.child("applied")?, customer, Act::ApplyCredit(apply)));
        }
        let Some(method) = self.method else { return Some(commands) };
        let bank = self.bank.clone().filter(|_| has_bank(method));
        match figures.difference() {
            Difference::Even => {}
            Difference::Take(amount) => {
                let payment = payment(amount, method, bank, to);
                commands.push(command(&self.child("paid")?, customer, Act::RecordPayment(payment)));
            }
            Difference::GiveBack(amount) => {
                let back = self.child("back")?;
                let payout = pay_out(amount, method, bank, lot);
                commands.push(command(&back, customer, Act::ProcessPayout(payout)));
                let done = self.child("back-complete")?;
                commands.push(command(&done, customer, Act::CompletePayout(back)));
            }
        }
        Some(commands)
    }

    fn child(&self, what: &str) -> Option<Id> {
        Id::new(&format!("{}-{what}", self.id)).ok()
    }
}

fn command(id: &Id, customer: &Id, act: Act) -> Command {
    Command { id: id.clone(), customer: Some(customer.clone()), on: None, act }
}

fn payment(amount: Money, method: Method, bank: Option<String>, order: Id) -> RecordPayment {
    RecordPayment {
        amount,
        method,
        bank,
        allocations: vec![AllocationAsked { order, amount: None }],
        eligible: true,
        tendered: None,
        reference: None,
        note: None,
        rounding: Money::ZERO,
    }
}

fn pay_out(amount: Money, method: Method, bank: Option<String>, lot: Id) -> ProcessPayout {
    let from = vec![FromLot { lot, amount }];
    let (payee, reference, note) = (None, None, None);
    ProcessPayout { amount, method, bank, from, payee, reference, note, rounding: Money::ZERO }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use ledger::quantity::Quantity;

    fn id(text: &str) -> Id {
        Id::new(text).unwrap()
    }

    fn draft() -> ExchangeDraft {
        ExchangeDraft::new(id("X"), id("O-1"), vec![ReturnedDraft { line: 1, qty: "1".into() }])
    }

    fn ids(credit: i64, total: i64, method: Option<Method>) -> Vec<String> {
        let draft = ExchangeDraft { method, ..draft() };
        let returns = [LineReturn { returned: 0, left: Quantity::ONE }];
        let note = draft.note(&id("mira"), &returns).unwrap();
        // Only its id matters here.
        let order = Command { id: id("O-2"), ..note.clone() };
        let figures = ExchangeFigures { credit: Money(credit), total: Money(total) };
        let commands = draft.commands(&id("mira"), (note, order), figures).unwrap();
        commands.iter().map(|command| command.id.to_string()).collect()
    }

    #[test]
    fn the_difference_is_taken_given_back_or_left() {
        let cash = Some(Method::Cash);
        assert_eq!(ids(6_000, 9_000, cash), ["X", "O-2", "X-applied", "X-paid"]);
        assert_eq!(ids(6_000, 2_000, cash), ["X", "O-2", "X-applied", "X-back", "X-back-complete"]);
        assert_eq!(ids(6_000, 6_000, cash), ["X", "O-2", "X-applied"]);
        assert_eq!(ids(0, 9_000, cash), ["X", "O-2", "X-paid"], "the order that is given back was not paid");
        assert_eq!(ids(6_000, 9_000, None), ["X", "O-2", "X-applied"], "the rest stays owed");
        let figures = |credit, total| ExchangeFigures { credit: Money(credit), total: Money(total) };
        assert_eq!(figures(60, 90).difference(), Difference::Take(Money(30)));
        assert_eq!(figures(60, 20).difference(), Difference::GiveBack(Money(40)));
        assert_eq!(figures(60, 60).difference(), Difference::Even);
    }

    #[test]
    fn something_must_come_back() {
        let draft = ExchangeDraft { returned: Vec::new(), ..draft() };
        let errors = draft.note(&id("mira"), &[]).unwrap_err();
        assert_eq!(errors, Errors::one(Field::of(returned::RETURNED, 1), Problem::Missing));
    }
}
