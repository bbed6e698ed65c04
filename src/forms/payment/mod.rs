//! A payment as it is being entered, by either door.

mod commands;
mod credit;
mod facts;
#[cfg(test)]
mod tests;

pub use credit::Applied;
pub use facts::{PaymentFacts, due};

use super::order::TaxChoice;
use super::{Field, Problem, amount, non_negative};
use ledger::id::Id;
use ledger::method::Method;
use ledger::money::Money;
use serde::{Deserialize, Serialize};

/// Which invoice, or none.
pub const INVOICE: Field = Field::new("invoice");
/// What was sold to a walk-in.
pub const WHAT: Field = Field::new("what");
/// Tax of a walk-in sale.
pub const RATE: Field = Field::new("rate");
/// How much.
pub const AMOUNT: Field = Field::new("amount");
/// When.
pub const DATE: Field = Field::new("date");
/// How.
pub const METHOD: Field = Field::new("method");
/// Which bank account.
pub const BANK: Field = Field::new("bank");
/// Cash handed over.
pub const RECEIVED: Field = Field::new("received");
/// Check number, slip.
pub const REFERENCE: Field = Field::new("reference");
/// The internal note.
pub const NOTE: Field = Field::new("note");
/// The amount for one of several invoices; the row is the order's id.
pub const SHARE: &str = "share";

/// What the money is for.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub enum Towards {
    /// Not chosen: the invoice due first, or credit where nothing is owed.
    #[default]
    First,
    /// One invoice.
    Order(Id),
    /// Several, each with an amount or with what it owes.
    Several(Vec<Share>),
    /// No invoice: all of it becomes credit.
    Credit,
    /// A sale to somebody who is not named, recorded together with its payment.
    Sale(Sale),
}

/// One of several invoices.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Share {
    pub order: Id,
    /// Empty: what it owes, or what is left of the payment.
    pub amount: String,
}

/// What a walk-in bought.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Sale {
    pub text: String,
    pub tax: TaxChoice,
    pub rate: String,
}

/// A payment as typed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PaymentDraft {
    /// The payment's, minted when the form opened.
    pub id: Id,
    /// What it is for.
    pub towards: Towards,
    /// `None` until typed: the balance due.
    pub amount: Option<String>,
    /// As the date field writes it; empty: today.
    pub date: String,
    /// How the money comes.
    pub method: Method,
    /// `None`: the first.
    pub bank: Option<String>,
    /// Cash handed over; empty: just the amount.
    pub received: String,
    /// Whether what was handed over beyond the amount stays as credit instead of going back as change.
    pub keep_change: bool,
    /// *Use available credit*.
    pub use_credit: bool,
    /// Check number, terminal slip.
    pub reference: String,
    /// Internal note.
    pub note: String,
    /// *Apply to Commissions*.
    pub eligible: bool,
}

/// Methods of the drop-down, in its order. *Credit card (charge now)* is apart: it needs a gateway.
pub const METHODS: [Method; 6] =
    [Method::Cash, Method::Card, Method::Bank, Method::Check, Method::Insurance, Method::Other];

/// Whether money of this method lies in a bank account.
#[must_use]
pub const fn has_bank(method: Method) -> bool {
    matches!(method, Method::Bank | Method::Check | Method::Insurance)
}

impl PaymentDraft {
    /// The form as it opens: today, cash, the whole balance due, Apply to Commissions.
    #[must_use]
    pub fn new(id: Id, towards: Towards) -> Self {
        let (received, reference, note, date) = Default::default();
        Self {
            id,
            towards,
            amount: None,
            date,
            method: Method::Cash,
            bank: None,
            received,
            keep_change: false,
            use_credit: false,
            reference,
            note,
            eligible: true,
        }
    }

    /// What the chosen invoices owe, in the order in which they are served.
    #[must_use]
    pub fn owing(&self, facts: &PaymentFacts<'_>) -> Vec<(Id, Money)> {
        let owed = |id: &Id| facts.due.iter().find(|row| row.id == *id).map(|row| (row.id.clone(), row.owed));
        match &self.towards {
            Towards::First => facts.due.first().map(|row| (row.id.clone(), row.owed)).into_iter().collect(),
            Towards::Order(id) => owed(id).into_iter().collect(),
            Towards::Several(shares) => shares.iter().filter_map(|share| owed(&share.order)).collect(),
            Towards::Credit | Towards::Sale(_) => Vec::new(),
        }
    }

    /// What is still to be paid: what is owed, less the credit that is used for it. It is the default amount.
    #[must_use]
    pub fn to_pay(&self, facts: &PaymentFacts<'_>) -> Money {
        let owing: Money = self.owing(facts).into_iter().map(|(_, owed)| owed).sum();
        owing - self.credit_used(facts)
    }

    /// What the amount field shows: as typed, else what is to be paid.
    #[must_use]
    pub fn amount_text(&self, facts: &PaymentFacts<'_>) -> String {
        self.amount.clone().unwrap_or_else(|| self.default_amount(facts))
    }

    fn default_amount(&self, facts: &PaymentFacts<'_>) -> String {
        let to_pay = self.to_pay(facts);
        if to_pay.is_positive() || self.pays_by_credit(facts) {
            facts.currency.format(to_pay)
        } else {
            String::new()
        }
    }

    /// True when available credit covers all, so that no money comes in.
    fn pays_by_credit(&self, facts: &PaymentFacts<'_>) -> bool {
        self.credit_used(facts).is_positive() && self.to_pay(facts).is_zero()
    }

    /// The amount of the payment: what is typed, and change that is kept as credit.
    pub(super) fn read_amount(&self, facts: &PaymentFacts<'_>) -> Result<Money, Problem> {
        let text = self.amount_text(facts);
        let typed = if self.pays_by_credit(facts) {
            non_negative(&text, facts.currency)?
        } else {
            amount(&text, facts.currency)?
        };
        Ok(typed + self.kept_change(typed, facts))
    }

    /// Cash handed over, when it was written.
    fn read_received(&self, facts: &PaymentFacts<'_>) -> Result<Option<Money>, Problem> {
        if self.method != Method::Cash || self.received.trim().is_empty() {
            return Ok(None);
        }
        amount(&self.received, facts.currency).map(Some)
    }

    fn kept_change(&self, typed: Money, facts: &PaymentFacts<'_>) -> Money {
        match self.read_received(facts) {
            Ok(Some(received)) if self.keep_change && received > typed => received - typed,
            _ => Money::ZERO,
        }
    }

    /// What goes back over the counter; `None` while it cannot be told.
    #[must_use]
    pub fn change(&self, facts: &PaymentFacts<'_>) -> Option<Money> {
        let received = self.read_received(facts).ok()??;
        let amount = self.read_amount(facts).ok()?;
        (received >= amount).then(|| received - amount)
    }

    /// What of the amount nobody owes and so becomes credit; `None` while it cannot be told.
    #[must_use]
    pub fn left_over(&self, facts: &PaymentFacts<'_>) -> Option<Money> {
        let amount = self.read_amount(facts).ok()?;
        if matches!(self.towards, Towards::Sale(_)) {
            return Some(self.kept_change_now(facts));
        }
        Some((amount - self.to_pay(facts)).max(Money::ZERO))
    }

    fn kept_change_now(&self, facts: &PaymentFacts<'_>) -> Money {
        amount(&self.amount_text(facts), facts.currency)
            .map_or(Money::ZERO, |typed| self.kept_change(typed, facts))
    }
}
