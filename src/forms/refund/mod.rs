//! A refund as the wizard holds it: what goes back, why and how, and what is owed afterwards.

mod command;
mod parts;
#[cfg(test)]
mod tests;

pub use command::RefundAct;
pub use parts::{PartDraft, Parts, part_field};

use super::{Errors, Field, Problem, ReasonDraft, non_negative};
use ledger::entry::{After, Clawback};
use ledger::id::Id;
use ledger::method::Method;
use ledger::money::{Currency, Money};
use ledger::view::order::Refundable;
use serde::{Deserialize, Serialize};

/// The list of payments.
pub const PAYMENTS: Field = Field::new("payments");
/// The amount of one part; the row is what it comes from.
pub const PART: &str = "part";
/// How the money goes back.
pub const METHOD: Field = Field::new("method");
/// Which bank account.
pub const BANK: Field = Field::new("bank");
/// Check number, slip.
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

/// The answer to the one question.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum AfterDraft {
    /// Typed, or *Nothing*.
    Typed(String),
    /// *Same as now*.
    Stays,
    /// *Goes up by the refund*.
    Reopens,
}

/// What the wizard knows of the order.
#[derive(Debug, Clone, Copy)]
#[allow(missing_docs)]
pub struct RefundFacts<'a> {
    pub currency: &'a Currency,
    pub refundable: &'a [Refundable],
    /// No more than this may go back together.
    pub together: Money,
    /// Owed on the order now.
    pub owed: Money,
}

/// A refund as typed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RefundDraft {
    /// The refund's, minted when the wizard opened.
    pub id: Id,
    /// The order.
    pub order: Id,
    /// The payments and credits that are marked.
    pub parts: Vec<PartDraft>,
    /// Why.
    pub reason: ReasonDraft,
    /// `None` until chosen: as the first marked payment came.
    pub method: Option<Method>,
    /// `None`: the first.
    pub bank: Option<String>,
    /// Check number, slip.
    pub reference: String,
    /// Internal note.
    pub note: String,
    /// `None` until answered: there is no default.
    pub after: Option<AfterDraft>,
    /// The two boxes, both unmarked.
    pub clawback: Clawback,
}

impl RefundDraft {
    /// The wizard as it opens.
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
            clawback: Clawback::default(),
        }
    }

    /// How the money goes back: as chosen, else as the first marked payment came.
    #[must_use]
    pub fn method(&self, facts: &RefundFacts<'_>) -> Option<Method> {
        let came = || {
            let first = self.parts.iter().find(|part| !part.credit)?;
            facts.refundable.iter().find(|row| first.is(row))?.method
        };
        let as_it_came = || match came()? {
            Method::Online => Some(Method::Card),
            method => Some(method),
        };
        self.method.or_else(as_it_came)
    }

    /// Owed afterwards, as the field shows it.
    #[must_use]
    pub fn after_text(&self, facts: &RefundFacts<'_>) -> String {
        match &self.after {
            None => String::new(),
            Some(AfterDraft::Typed(text)) => text.clone(),
            Some(AfterDraft::Stays) => facts.currency.format(facts.owed),
            Some(AfterDraft::Reopens) => facts.currency.format(facts.owed + self.going(facts)),
        }
    }

    /// What goes back as far as it can be read; for display.
    #[must_use]
    pub fn going(&self, facts: &RefundFacts<'_>) -> Money {
        self.read_parts(facts, &mut Errors::default()).map_or(Money::ZERO, |parts| parts.amount)
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
