//! An exchange: goods of an order come back, other goods are taken instead, and the difference is paid or given back.

use super::payment::has_bank;
use super::returned::{self, ReturnedDraft};
use super::{Errors, Field, Problem, ReasonDraft, amount, coins};
use ledger::entry::FromLot;
use ledger::id::Id;
use ledger::method::Method;
use ledger::money::{Currency, Money};
use ledger::rules::{
    Act, AllocationAsked, ApplyCredit, Command, CreditNote, ProcessPayout, RecordPayment, ReturnAsked,
};
use ledger::view::order::LineReturn;
use serde::{Deserialize, Serialize};

/// How the difference is paid or given back.
pub const METHOD: Field = Field::new("method");
/// The bank account.
pub const BANK: Field = Field::new("bank");
/// The cash received for the difference.
pub const RECEIVED: Field = Field::new("received");

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
    /// The cash received; empty means exactly what is to be taken.
    #[serde(default)]
    pub received: String,
    /// *Apply Credit to Referral Partner Commissions*, for the goods that come back.
    #[serde(default)]
    pub clawback: bool,
}

/// The data that an exchange is parsed against.
#[derive(Debug, Clone, Copy)]
#[allow(missing_docs)]
pub struct ExchangeFacts<'a> {
    pub currency: &'a Currency,
    /// The shop's smallest coin, in minor units; zero where cash is not rounded.
    pub coin: Money,
    pub figures: ExchangeFigures,
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

    /// The difference, whichever way it moves.
    const fn amount(self) -> Money {
        Money((self.total.0 - self.credit.0).abs())
    }
}

impl ExchangeDraft {
    /// The form's initial state: cash, for returned goods.
    #[must_use]
    pub fn new(id: Id, order: Id, returned: Vec<ReturnedDraft>) -> Self {
        let reason = ReasonDraft::given(super::Reason::ReturnedGoods);
        let (method, received) = (Some(Method::Cash), String::new());
        Self { id, order, returned, reason, method, bank: None, received, clawback: false }
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
            clawback: self.clawback,
            returned,
        };
        let note = errors.or(returned.map(note))?;
        Ok(command(&self.id, customer, Act::CreditNote(note)))
    }

    /// What is taken or handed over for the difference, and what it is rounded by, where cash is rounded.
    #[must_use]
    pub fn rounded(&self, facts: &ExchangeFacts<'_>) -> Option<(Money, Money)> {
        coins::rounded(self.method?, facts.figures.amount(), facts.coin)
    }

    fn moves(&self, facts: &ExchangeFacts<'_>) -> Money {
        let counts = facts.figures.amount();
        self.method.map_or(counts, |method| coins::moves(method, counts, facts.coin))
    }

    /// The cash received, if the difference is taken in cash and it was typed.
    fn read_received(&self, facts: &ExchangeFacts<'_>) -> Result<Option<Money>, Problem> {
        let takes = matches!(facts.figures.difference(), Difference::Take(_));
        if !takes || self.method != Some(Method::Cash) || self.received.trim().is_empty() {
            return Ok(None);
        }
        let (received, moves) = (amount(&self.received, facts.currency)?, self.moves(facts));
        if received < moves { Err(Problem::CashTooLittle { amount: moves }) } else { Ok(Some(received)) }
    }

    /// What is wrong with the cash received.
    #[must_use]
    pub fn received_errors(&self, facts: &ExchangeFacts<'_>) -> Errors {
        let mut errors = Errors::default();
        errors.take(RECEIVED, self.read_received(facts));
        errors
    }

    /// The change to return; `None` while it cannot be computed.
    #[must_use]
    pub fn change(&self, facts: &ExchangeFacts<'_>) -> Option<Money> {
        Some(self.read_received(facts).ok()?? - self.moves(facts))
    }

    /// The commands of one press: the note, the new order, its credit applied, and the difference.
    ///
    /// # Errors
    /// When the cash received cannot be read, or is less than the difference.
    pub fn commands(
        &self,
        customer: &Id,
        (note, order): (Command, Command),
        facts: &ExchangeFacts<'_>,
    ) -> Result<Vec<Command>, Errors> {
        let mut errors = Errors::default();
        let tendered = errors.take(RECEIVED, self.read_received(facts));
        let tendered = errors.or(tendered)?;
        // Without a command where an id would be too long.
        self.all(customer, (note, order), facts, tendered).ok_or_else(Errors::default)
    }

    fn all(
        &self,
        customer: &Id,
        (note, order): (Command, Command),
        facts: &ExchangeFacts<'_>,
        tendered: Option<Money>,
    ) -> Option<Vec<Command>> {
        let figures = facts.figures;
        let (lot, to, amount) = (note.id.clone(), order.id.clone(), figures.applied());
        let mut commands = vec![note, order];
        if amount.is_positive() {
            let apply = ApplyCredit { lot: lot.clone(), to: to.clone(), amount, eligible: None };
            commands.push(command(&self.child("applied")?, customer, Act::ApplyCredit(apply)));
        }
        let Some(method) = self.method else { return Some(commands) };
        let bank = self.bank.clone().filter(|_| has_bank(method));
        let rounding = figures.amount() - self.moves(facts);
        match figures.difference() {
            Difference::Even => {}
            Difference::Take(amount) => {
                let paid = RecordPayment { tendered, rounding, ..payment(amount, method, bank, to) };
                commands.push(command(&self.child("paid")?, customer, Act::RecordPayment(paid)));
            }
            Difference::GiveBack(amount) => {
                let back = self.child("back")?;
                let payout = ProcessPayout { rounding, ..pay_out(amount, method, bank, lot) };
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
#[allow(clippy::unwrap_used, clippy::panic)]
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
        let commands = facts(figures, |facts| draft.commands(&id("mira"), (note, order), facts)).unwrap();
        commands.iter().map(|command| command.id.to_string()).collect()
    }

    /// With a smallest coin of 0.05.
    fn facts<T>(figures: ExchangeFigures, read: impl FnOnce(&ExchangeFacts<'_>) -> T) -> T {
        let currency = Currency { code: "GBP".into(), decimals: 2 };
        read(&ExchangeFacts { currency: &currency, coin: Money(5), figures })
    }

    #[test]
    fn cash_is_rounded_and_change_is_given() {
        let command =
            || draft().note(&id("mira"), &[LineReturn { returned: 0, left: Quantity::ONE }]).unwrap();
        let last = |received: &str, credit, total| {
            let draft = ExchangeDraft { received: received.into(), ..draft() };
            let figures = ExchangeFigures { credit: Money(credit), total: Money(total) };
            facts(figures, |facts| {
                let read = draft.commands(&id("mira"), (command(), command()), facts);
                (
                    read.map(|all| all.into_iter().rev().map(|one| one.act).collect::<Vec<_>>()),
                    draft.change(facts),
                )
            })
        };
        let (acts, change) = last("40", 6_000, 9_002);
        let Act::RecordPayment(paid) = acts.unwrap().remove(0) else { panic!() };
        assert_eq!((paid.amount, paid.rounding, paid.tendered), (Money(3_002), Money(2), Some(Money(4_000))));
        assert_eq!(change, Some(Money(1_000)));
        let too_little = Problem::CashTooLittle { amount: Money(3_000) };
        assert_eq!(last("29.99", 6_000, 9_002).0.unwrap_err(), Errors::one(RECEIVED, too_little));
        assert_eq!(last("x", 6_000, 9_002).0.unwrap_err(), Errors::one(RECEIVED, Problem::NotAnAmount));
        let (acts, change) = last("x", 9_003, 6_000);
        let Act::ProcessPayout(back) = acts.unwrap().remove(1) else { panic!() };
        assert_eq!((back.amount, back.rounding, change), (Money(3_003), Money(-2), None));
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
