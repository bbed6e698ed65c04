//! Paying out credit: *Pay Refund* takes an amount from the oldest credit first, *Refund O/S* from marked credits.

use super::payment::has_bank;
use super::refund::METHODS;
use super::{Confirmed, Errors, Field, Problem, amount, coins, confirms, limits, note, optional};
use crate::forms::typed_amount;
use ledger::entry::FromLot;
use ledger::id::Id;
use ledger::method::Method;
use ledger::money::{Currency, Money};
use ledger::rules::{Act, Command, ProcessPayout};
use ledger::view::lot::LotRow;
use serde::{Deserialize, Serialize};

/// The payee, if it is not the customer.
pub const PAYEE: Field = Field::new("payee");
/// The method of the pay-out.
pub const METHOD: Field = Field::new("method");
/// The bank account the money is paid from.
pub const BANK: Field = Field::new("bank");
/// The amount, in *Pay Refund*.
pub const AMOUNT: Field = Field::new("amount");
/// The marked credits, in *Refund O/S*.
pub const LOTS: Field = Field::new("lots");
/// The reference: check number, slip.
pub const REFERENCE: Field = Field::new("reference");
/// The refund note.
pub const NOTE: Field = Field::new("note");
/// The amount field of one credit.
const LOT: &str = "lot";

/// A marked credit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct LotDraft {
    pub lot: Id,
    /// `None` until typed; the whole outstanding amount is the default.
    pub amount: Option<String>,
}

/// The data the draft is parsed against: the customer's credits, newest first.
#[derive(Debug, Clone, Copy)]
#[allow(missing_docs)]
pub struct PayoutFacts<'a> {
    pub currency: &'a Currency,
    /// The shop's smallest coin, in minor units; zero where cash is not rounded.
    pub coin: Money,
    pub lots: &'a [LotRow],
}

/// Either form as typed. Its id is created when the form opens and becomes the pay-out's id.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct PayoutDraft {
    pub id: Id,
    /// Whether the credits are marked one by one (*Refund O/S*).
    pub by_lot: bool,
    pub marked: Vec<LotDraft>,
    /// `None` until typed; the whole available amount is the default.
    pub amount: Option<String>,
    pub method: Option<Method>,
    pub bank: Option<String>,
    pub payee: String,
    pub reference: String,
    pub note: String,
    #[serde(default)]
    pub confirmed: Confirmed,
}

confirms!(PayoutDraft);

/// The amount field of a credit.
#[must_use]
pub fn lot_field(lot: &Id) -> Field {
    Field::of(LOT, lot)
}

impl PayoutFacts<'_> {
    /// The outstanding credits, oldest first.
    fn outstanding(&self) -> impl Iterator<Item = &LotRow> {
        self.lots.iter().rev().filter(|lot| lot.os.is_positive())
    }

    /// The total of the outstanding credits.
    #[must_use]
    pub fn available(&self) -> Money {
        self.outstanding().map(|lot| lot.os).sum()
    }
}

impl PayoutDraft {
    /// The form's initial state.
    #[must_use]
    pub fn new(id: Id, by_lot: bool) -> Self {
        let (marked, payee, reference, note, confirmed) = Default::default();
        Self { id, by_lot, marked, amount: None, method: None, bank: None, payee, reference, note, confirmed }
    }

    /// The text of the amount field.
    #[must_use]
    pub fn amount_text(&self, facts: &PayoutFacts<'_>) -> String {
        self.amount.clone().unwrap_or_else(|| typed_amount(facts.available(), facts.currency))
    }

    /// Marks or unmarks a credit.
    pub fn mark(&mut self, lot: &Id, on: bool) {
        self.marked.retain(|marked| marked.lot != *lot);
        if on {
            self.marked.push(LotDraft { lot: lot.clone(), amount: None });
        }
    }

    /// The numbers of the marked credits, the oldest first.
    #[must_use]
    pub fn marked_numbers(&self, facts: &PayoutFacts<'_>) -> Vec<String> {
        let is_marked = |lot: &&LotRow| self.marked.iter().any(|marked| marked.lot == lot.id);
        facts.outstanding().filter(is_marked).filter_map(|lot| lot.no.clone()).collect()
    }

    /// Sets the amount of a marked credit.
    pub fn set_lot_amount(&mut self, lot: &Id, text: String) {
        if let Some(marked) = self.marked.iter_mut().find(|marked| marked.lot == *lot) {
            marked.amount = Some(text);
        }
    }

    /// The text of a credit's amount field; `None` if the credit is not marked.
    #[must_use]
    pub fn lot_text(&self, lot: &LotRow, facts: &PayoutFacts<'_>) -> Option<String> {
        let marked = self.marked.iter().find(|marked| marked.lot == lot.id)?;
        Some(marked.amount.clone().unwrap_or_else(|| typed_amount(lot.os, facts.currency)))
    }

    /// The total to pay out, as far as the input can be parsed; for display.
    #[must_use]
    pub fn going(&self, facts: &PayoutFacts<'_>) -> Money {
        let from = self.taken(facts, &mut Errors::default());
        from.map_or(Money::ZERO, |from| from.iter().map(|part| part.amount).sum())
    }

    /// The money that is handed over and what it is rounded by, where cash is rounded.
    #[must_use]
    pub fn rounded(&self, facts: &PayoutFacts<'_>) -> Option<(Money, Money)> {
        coins::rounded(self.method?, self.going(facts), facts.coin)
    }

    /// The pay-out, followed by its completion if the user may complete it at once.
    ///
    /// # Errors
    /// One error for each invalid field.
    pub fn commands(
        &self,
        customer: &Id,
        facts: &PayoutFacts<'_>,
        complete: bool,
    ) -> Result<Vec<Command>, Errors> {
        let mut errors = Errors::default();
        let from = self.taken(facts, &mut errors);
        let payee = errors.take(PAYEE, optional(&self.payee, limits::NAME));
        let method = errors.take(METHOD, self.method.ok_or(Problem::Missing));
        let reference = errors.take(REFERENCE, optional(&self.reference, limits::REFERENCE));
        let note = note(&self.note, &NOTE, &self.confirmed).and_then(|note| match note {
            None if method == Some(Method::Other) => Err(Problem::Missing),
            note => Ok(note),
        });
        let note = errors.take(NOTE, note);
        let whole = (|| {
            let (from, method) = (from?, method?);
            let amount: Money = from.iter().map(|part| part.amount).sum();
            let bank = self.bank.clone().filter(|_| has_bank(method));
            let (payee, reference, note) = (payee?, reference?, note?);
            let rounding = amount - coins::moves(method, amount, facts.coin);
            Some(ProcessPayout { amount, method, bank, from, payee, reference, note, rounding })
        })();
        let process = Act::ProcessPayout(errors.or(whole)?);
        let command = |id: Id, act| Command { id, customer: Some(customer.clone()), on: None, act };
        let mut commands = vec![command(self.id.clone(), process)];
        // The queue of pay-outs uses the same id, so completing the pay-out there as well counts once.
        let id = Id::new(&format!("{}-complete", self.id)).ok().filter(|_| complete);
        commands.extend(id.map(|id| command(id, Act::CompletePayout(self.id.clone()))));
        Ok(commands)
    }

    fn taken(&self, facts: &PayoutFacts<'_>, errors: &mut Errors) -> Option<Vec<FromLot>> {
        if self.by_lot {
            self.taken_from_marked(facts, errors)
        } else {
            self.taken_from_oldest(facts, errors)
        }
    }

    fn taken_from_oldest(&self, facts: &PayoutFacts<'_>, errors: &mut Errors) -> Option<Vec<FromLot>> {
        let read = amount(&self.amount_text(facts), facts.currency);
        let asked = errors.take(AMOUNT, read.and_then(|asked| within(asked, facts.available())))?;
        let mut left = asked;
        let mut from = Vec::new();
        for lot in facts.outstanding() {
            let amount = left.min(lot.os);
            if amount.is_positive() {
                from.push(FromLot { lot: lot.id.clone(), amount });
                left -= amount;
            }
        }
        Some(from)
    }

    fn taken_from_marked(&self, facts: &PayoutFacts<'_>, errors: &mut Errors) -> Option<Vec<FromLot>> {
        let mut from = Vec::new();
        let mut whole = true;
        for lot in facts.outstanding() {
            let Some(text) = self.lot_text(lot, facts) else { continue };
            let read = amount(&text, facts.currency).and_then(|amount| within(amount, lot.os));
            match errors.take(lot_field(&lot.id), read) {
                Some(amount) => from.push(FromLot { lot: lot.id.clone(), amount }),
                None => whole = false,
            }
        }
        if from.is_empty() && whole {
            errors.push(LOTS, Problem::Missing);
        }
        (whole && !from.is_empty()).then_some(from)
    }
}

/// The methods of a pay-out, as for refunds, without store credit: that would turn credit into credit.
pub fn methods() -> impl Iterator<Item = Method> {
    METHODS.into_iter().filter(|method| *method != Method::Credit)
}

fn within(asked: Money, most: Money) -> Result<Money, Problem> {
    if asked > most { Err(Problem::MoreThanRefundable { most }) } else { Ok(asked) }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::*;
    use ledger::date::Date;
    use ledger::view::lot::LotOrigin;

    fn id(text: &str) -> Id {
        Id::new(text).unwrap()
    }

    fn lot(name: &str, os: i64) -> LotRow {
        LotRow {
            id: id(name),
            no: None,
            on: Date::parse("2026-03-01").unwrap(),
            actor: id("ana"),
            origin: LotOrigin::Granted,
            order: None,
            amount: Money(os),
            os: Money(os),
            left: Money::ZERO,
            uses: Vec::new(),
            reason: None,
            note: None,
        }
    }

    /// Newest first, as in views; one of the lots is used up.
    fn with<T>(check: impl FnOnce(&PayoutFacts<'_>) -> T) -> T {
        let lots = [lot("C-3", 2000), lot("C-2", 0), lot("C-1", 500)];
        let coin = Money(5);
        check(&PayoutFacts { currency: &Currency { code: "GBP".into(), decimals: 2 }, coin, lots: &lots })
    }

    fn ask(draft: &PayoutDraft) -> Result<ProcessPayout, Errors> {
        with(|facts| {
            let commands = draft.commands(&id("mira"), facts, false)?;
            match commands.into_iter().next().map(|command| command.act) {
                Some(Act::ProcessPayout(asked)) => Ok(asked),
                other => panic!("{other:?}"),
            }
        })
    }

    fn part(lot: &str, amount: i64) -> FromLot {
        FromLot { lot: id(lot), amount: Money(amount) }
    }

    #[test]
    fn an_amount_is_taken_from_the_oldest_credit_first() {
        let mut draft = PayoutDraft::new(id("X-1"), false);
        assert_eq!(ask(&draft).unwrap_err(), Errors::one(METHOD, Problem::Missing));
        draft.method = Some(Method::Cash);
        let all = ask(&draft).unwrap();
        assert_eq!((all.amount, all.from), (Money(2500), vec![part("C-1", 500), part("C-3", 2000)]));
        draft.amount = Some("6".into());
        assert_eq!(ask(&draft).unwrap().from, [part("C-1", 500), part("C-3", 100)]);
        draft.amount = Some("6.02".into());
        let coins = ask(&draft).unwrap();
        assert_eq!((coins.amount, coins.rounding), (Money(602), Money(2)), "6.00 is handed over");
        assert_eq!(with(|facts| draft.rounded(facts)), Some((Money(600), Money(2))));
        draft.amount = Some("25.01".into());
        let most = Problem::MoreThanRefundable { most: Money(2500) };
        assert_eq!(ask(&draft).unwrap_err(), Errors::one(AMOUNT, most));
    }

    #[test]
    fn marked_credits_are_paid_out_as_typed() {
        let mut draft = PayoutDraft::new(id("X-1"), true);
        draft.method = Some(Method::Bank);
        assert_eq!(ask(&draft).unwrap_err(), Errors::one(LOTS, Problem::Missing));
        draft.mark(&id("C-3"), true);
        assert_eq!(ask(&draft).unwrap().from, [part("C-3", 2000)]);
        draft.set_lot_amount(&id("C-3"), "20.01".into());
        let most = Problem::MoreThanRefundable { most: Money(2000) };
        assert_eq!(ask(&draft).unwrap_err(), Errors::one(lot_field(&id("C-3")), most));
        draft.set_lot_amount(&id("C-3"), "1e3".into());
        assert_eq!(ask(&draft).unwrap_err(), Errors::one(lot_field(&id("C-3")), Problem::NotAnAmount));
    }

    #[test]
    fn method_other_needs_a_note_and_completing_is_a_second_command() {
        let mut draft = PayoutDraft::new(id("X-1"), false);
        draft.method = Some(Method::Other);
        assert_eq!(ask(&draft).unwrap_err(), Errors::one(NOTE, Problem::Missing));
        draft.note = "to her son".into();
        let commands = with(|facts| draft.commands(&id("mira"), facts, true).unwrap());
        let ids: Vec<_> = commands.iter().map(|command| command.id.to_string()).collect();
        assert_eq!(ids, ["X-1", "X-1-complete"]);
    }
}
