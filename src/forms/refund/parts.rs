//! The parts of a refund: the amount returned from each payment, or to each lot whose credit was applied.

use super::{PART, PAYMENTS, RefundDraft, RefundFacts};
use crate::forms::typed_amount;
use crate::forms::{Errors, Field, Problem, amount};
use ledger::entry::Part;
use ledger::id::Id;
use ledger::money::Money;
use ledger::view::order::Refundable;
use serde::{Deserialize, Serialize};

/// A marked payment or credit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PartDraft {
    /// The id of the payment or the lot.
    pub from: Id,
    /// True for credit that was applied from the lot.
    pub credit: bool,
    /// `None` until typed; the whole refundable amount is the default.
    pub amount: Option<String>,
}

impl PartDraft {
    /// Whether this part belongs to the row.
    #[must_use]
    pub fn is(&self, row: &Refundable) -> bool {
        self.from == row.from && self.credit == row.credit
    }

    /// The amount field of this part.
    #[must_use]
    pub fn field(&self) -> Field {
        part_field(&self.from, self.credit)
    }
}

/// The amount field of a payment or lot.
#[must_use]
pub fn part_field(from: &Id, credit: bool) -> Field {
    if credit { Field::of(PART, format!("{from}-credit")) } else { Field::of(PART, from) }
}

/// All parts of the refund.
#[derive(Debug, Clone, PartialEq)]
pub struct Parts {
    /// The parts, each above zero.
    pub list: Vec<Part>,
    /// Their total.
    pub amount: Money,
    /// The money in that total, without the credit that returns to its lot.
    pub money: Money,
}

impl RefundDraft {
    /// Marks or unmarks a row.
    pub fn mark(&mut self, row: &Refundable, marked: bool) {
        self.parts.retain(|part| !part.is(row));
        if marked {
            self.parts.push(PartDraft { from: row.from.clone(), credit: row.credit, amount: None });
        }
    }

    /// Sets the amount of a marked row.
    pub fn set_amount(&mut self, row: &Refundable, text: String) {
        if let Some(part) = self.parts.iter_mut().find(|part| part.is(row)) {
            part.amount = Some(text);
        }
    }

    /// The text of a row's amount field; `None` if the row is not marked.
    #[must_use]
    pub fn amount_text(&self, row: &Refundable, facts: &RefundFacts<'_>) -> Option<String> {
        let part = self.parts.iter().find(|part| part.is(row))?;
        Some(part.amount.clone().unwrap_or_else(|| typed_amount(row.refundable, facts.currency)))
    }

    /// Parses the marked parts, in the order of the rows.
    pub(super) fn read_parts(&self, facts: &RefundFacts<'_>, errors: &mut Errors) -> Option<Parts> {
        let mut list = Vec::new();
        let mut whole = true;
        for row in facts.refundable {
            let Some(text) = self.amount_text(row, facts) else { continue };
            let read = amount(&text, facts.currency).and_then(|amount| within(amount, row));
            match errors.take(part_field(&row.from, row.credit), read) {
                Some(amount) => list.push(Part { from: row.from.clone(), credit: row.credit, amount }),
                None => whole = false,
            }
        }
        let sum = |money_only: bool| {
            list.iter().filter(|part| !(money_only && part.credit)).map(|part| part.amount).sum::<Money>()
        };
        let (amount, money) = (sum(false), sum(true));
        if list.is_empty() && whole {
            errors.push(PAYMENTS, Problem::Missing);
        } else if whole && amount > facts.together {
            errors.push(PAYMENTS, Problem::MoreThanTogether { most: facts.together });
        }
        (whole && !list.is_empty()).then_some(Parts { list, amount, money })
    }
}

fn within(amount: Money, row: &Refundable) -> Result<Money, Problem> {
    if amount > row.refundable {
        Err(Problem::MoreThanRefundable { most: row.refundable })
    } else {
        Ok(amount)
    }
}
