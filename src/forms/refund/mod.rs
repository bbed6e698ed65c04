//! The draft of a refund in the wizard: the amounts, the reason, the method, and the balance afterwards.

mod command;
mod parts;
#[cfg(test)]
mod tests;

pub use command::RefundAct;
pub use parts::{PartDraft, Parts, part_field};

use super::returned::ReturnedDraft;
use super::{Confirmed, Errors, Field, Problem, ReasonDraft, coins, confirms, non_negative};
use crate::forms::typed_amount;
use ledger::entry::{After, Clawback};
use ledger::id::Id;
use ledger::method::Method;
use ledger::money::{Currency, Money};
use ledger::view::order::{LineReturn, Refundable};
use serde::{Deserialize, Serialize};

/// The list of payments.
pub const PAYMENTS: Field = Field::new("payments");
/// The amount of one part; the row key identifies its payment or lot.
pub const PART: &str = "part";
/// The method of the refund.
pub const METHOD: Field = Field::new("method");
/// The bank account.
pub const BANK: Field = Field::new("bank");
/// The reference: check number, slip.
pub const REFERENCE: Field = Field::new("reference");
/// The internal note.
pub const NOTE: Field = Field::new("note");
/// *How much should the client owe you after this transaction is complete?*
pub const OWED_AFTER: Field = Field::new("owed-after");

/// Methods of the drop-down, in its order.
pub const METHODS: [Method; 7] = [
    Method::Cash,
    Method::Check,
    Method::Bank,
    Method::Card,
    Method::Insurance,
    Method::Credit,
    Method::Other,
];

/// The answer to *How much should the client owe you after this transaction is complete?*
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum AfterDraft {
    /// An amount as typed, or *Nothing*.
    Typed(String),
    /// *Same as now*.
    Stays,
    /// *Goes up by the refund*.
    Reopens,
}

/// The order data that the wizard works with.
#[derive(Debug, Clone, Copy)]
#[allow(missing_docs)]
pub struct RefundFacts<'a> {
    pub currency: &'a Currency,
    /// The shop's smallest coin, in minor units; zero where cash is not rounded.
    pub coin: Money,
    pub refundable: &'a [Refundable],
    /// The most that can be refunded in total.
    pub together: Money,
    /// The current balance of the order.
    pub owed: Money,
    /// What is left to come back of each line.
    pub returns: &'a [LineReturn],
    /// Whether the shop's server sends refunds to the card processor.
    pub sends: bool,
}

/// Why a refund cannot be sent to the card processor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotOnline {
    /// The shop has no server that sends refunds.
    NoProcessor,
    /// More than one payment is marked.
    Several,
    /// The payment was not taken online, or none is marked.
    OtherWay,
    /// The payment has no number that the processor gives.
    NoNumber,
}

/// Whether a reference is the number of a payment at the processor, as the server sends it.
fn is_number(reference: &str) -> bool {
    ["pi_", "ch_", "py_"].iter().any(|start| reference.trim().starts_with(start))
}

/// A refund as typed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RefundDraft {
    /// The refund's id, created when the wizard opens.
    pub id: Id,
    /// The order's id.
    pub order: Id,
    /// The marked payments and credits.
    pub parts: Vec<PartDraft>,
    /// The reason.
    pub reason: ReasonDraft,
    /// `None` until chosen; the method of the first marked payment is the default.
    pub method: Option<Method>,
    /// `None` means the first bank account.
    pub bank: Option<String>,
    /// The reference: check number, slip.
    pub reference: String,
    /// The internal note.
    pub note: String,
    /// `None` until answered; there is no default.
    pub after: Option<AfterDraft>,
    /// Whether it was issued at the processor already: no money is handed over.
    #[serde(default)]
    pub issued: bool,
    /// Whether the shop's server is to send it to the processor.
    #[serde(default)]
    pub online: bool,
    /// The lines that came back.
    #[serde(default)]
    pub returned: Vec<ReturnedDraft>,
    /// The two clawback boxes, both unmarked at first.
    pub clawback: Clawback,
    /// What was confirmed.
    #[serde(default)]
    pub confirmed: Confirmed,
}

confirms!(RefundDraft);

impl RefundDraft {
    /// The wizard's initial state.
    #[must_use]
    pub fn new(id: Id, order: Id) -> Self {
        let (parts, reference, note) = Default::default();
        Self {
            id,
            order,
            parts,
            reason: ReasonDraft::default(),
            method: None,
            bank: None,
            reference,
            note,
            after: None,
            issued: false,
            online: false,
            returned: Vec::new(),
            clawback: Clawback::default(),
            confirmed: Confirmed::default(),
        }
    }

    /// Whether only credit is marked. It goes back to the customer's credit, and no money moves.
    #[must_use]
    pub fn is_credit_only(&self, facts: &RefundFacts<'_>) -> bool {
        let mut marked = facts.refundable.iter().filter(|row| self.parts.iter().any(|part| part.is(row)));
        marked.next().is_some_and(|first| first.credit) && marked.all(|row| row.credit)
    }

    /// The refund method: store credit if only credit is marked; else as chosen, otherwise the method of the first
    /// marked payment.
    #[must_use]
    pub fn method(&self, facts: &RefundFacts<'_>) -> Option<Method> {
        if self.is_credit_only(facts) {
            return Some(Method::Credit);
        }
        if self.goes_online(facts) {
            return Some(Method::Online);
        }
        if self.is_issued(facts) {
            return Some(Method::Card);
        }
        self.method.or_else(|| self.as_it_came(facts))
    }

    /// Whether a payment is marked, and all money that is marked was taken online: then it can be given back at the
    /// processor.
    #[must_use]
    pub fn came_online(&self, facts: &RefundFacts<'_>) -> bool {
        let is_marked = |row: &&Refundable| !row.credit && self.parts.iter().any(|part| part.is(row));
        let mut marked = facts.refundable.iter().filter(is_marked).peekable();
        marked.peek().is_some() && marked.all(|row| row.method == Some(Method::Online))
    }

    /// Whether it was issued at the processor already.
    #[must_use]
    pub fn is_issued(&self, facts: &RefundFacts<'_>) -> bool {
        self.issued && self.came_online(facts) && !self.goes_online(facts)
    }

    /// Whether the shop's server sends it to the processor.
    #[must_use]
    pub fn goes_online(&self, facts: &RefundFacts<'_>) -> bool {
        self.online && self.why_not_online(facts).is_none()
    }

    /// Why the shop's server cannot send it: it sends one refund of one payment, by the number that the processor gave to the payment.
    #[must_use]
    pub fn why_not_online(&self, facts: &RefundFacts<'_>) -> Option<NotOnline> {
        let is_marked = |row: &&Refundable| !row.credit && self.parts.iter().any(|part| part.is(row));
        let mut marked = facts.refundable.iter().filter(is_marked);
        let (first, other) = (marked.next(), marked.next());
        match first {
            _ if !facts.sends => Some(NotOnline::NoProcessor),
            Some(_) if other.is_some() => Some(NotOnline::Several),
            Some(row) if row.method == Some(Method::Online) => {
                (!row.reference.as_deref().is_some_and(is_number)).then_some(NotOnline::NoNumber)
            }
            Some(_) | None => Some(NotOnline::OtherWay),
        }
    }

    /// The method that gives the first marked payment back the way it came; an online payment goes back to its card.
    fn as_it_came(&self, facts: &RefundFacts<'_>) -> Option<Method> {
        let first = self.parts.iter().find(|part| !part.credit)?;
        match facts.refundable.iter().find(|row| first.is(row))?.method? {
            Method::Online => Some(Method::Card),
            method => Some(method),
        }
    }

    /// How the money came, if another way was chosen for giving it back.
    #[must_use]
    pub fn another_way(&self, facts: &RefundFacts<'_>) -> Option<Method> {
        let (came, goes) = (self.as_it_came(facts)?, self.method(facts)?);
        (came != goes).then_some(came)
    }

    /// The balance afterwards, as the field shows it.
    #[must_use]
    pub fn after_text(&self, facts: &RefundFacts<'_>) -> String {
        match &self.after {
            None => String::new(),
            Some(AfterDraft::Typed(text)) => text.clone(),
            Some(AfterDraft::Stays) => typed_amount(facts.owed, facts.currency),
            Some(AfterDraft::Reopens) => typed_amount(facts.owed + self.going(facts), facts.currency),
        }
    }

    /// The total to refund, as far as the input can be parsed; for display.
    #[must_use]
    pub fn going(&self, facts: &RefundFacts<'_>) -> Money {
        self.read_parts(facts, &mut Errors::default()).map_or(Money::ZERO, |parts| parts.amount)
    }

    /// The same without the credit that goes back to the customer's credit.
    #[must_use]
    pub fn going_from_payments(&self, facts: &RefundFacts<'_>) -> Money {
        self.read_parts(facts, &mut Errors::default()).map_or(Money::ZERO, |parts| parts.money)
    }

    /// The money that is handed over and what it is rounded by, where cash is rounded.
    #[must_use]
    pub fn rounded(&self, facts: &RefundFacts<'_>) -> Option<(Money, Money)> {
        coins::rounded(self.method(facts)?, self.going_from_payments(facts), facts.coin)
    }

    fn read_after(&self, facts: &RefundFacts<'_>, amount: Money) -> Result<After, Problem> {
        match &self.after {
            None => Err(Problem::Missing),
            Some(AfterDraft::Stays) => Ok(After::Stays),
            Some(AfterDraft::Reopens) => Ok(After::Reopens),
            Some(AfterDraft::Typed(text)) => {
                let (asked, most) = (non_negative(text, facts.currency)?, facts.owed + amount);
                if asked > most {
                    Err(Problem::OwedAfterOutOfRange { most })
                } else {
                    Ok(After::Amount(asked))
                }
            }
        }
    }
}
