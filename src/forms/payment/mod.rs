//! The draft of a payment, opened for a customer or for a walk-in sale.

mod commands;
mod credit;
mod facts;
#[cfg(test)]
mod tests;

pub use commands::payment_of;
pub use credit::Applied;
pub use facts::{PaymentFacts, due, first_due, most, to_settle};

use super::order::TaxChoice;
use super::{Confirmed, Field, Problem, amount, coins, confirms, non_negative};
use crate::forms::typed_amount;
use ledger::entry::ShopTax;
use ledger::id::Id;
use ledger::method::Method;
use ledger::money::Money;
use ledger::view::order::OrderRow;
use serde::{Deserialize, Serialize};

/// The invoice to pay, or none.
pub const INVOICE: Field = Field::new("invoice");
/// The description of a walk-in sale.
pub const WHAT: Field = Field::new("what");
/// The tax rate of a walk-in sale.
pub const RATE: Field = Field::new("rate");
/// The amount.
pub const AMOUNT: Field = Field::new("amount");
/// The date.
pub const DATE: Field = Field::new("date");
/// The payment method.
pub const METHOD: Field = Field::new("method");
/// The bank account.
pub const BANK: Field = Field::new("bank");
/// The cash received.
pub const RECEIVED: Field = Field::new("received");
/// The reference: check number, terminal slip.
pub const REFERENCE: Field = Field::new("reference");
/// The internal note.
pub const NOTE: Field = Field::new("note");
/// The amount for one of several invoices; the row is the order's id.
pub const SHARE: &str = "share";

/// The purpose of the payment.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub enum Towards {
    /// Not chosen: the invoice due first, or credit if no balance is due.
    #[default]
    First,
    /// One invoice.
    Order(Id),
    /// Several invoices; each gets the amount typed for it, and one without an amount gets nothing.
    Several(Vec<Share>),
    /// No invoice: the whole amount becomes credit.
    Credit,
    /// A walk-in sale, recorded together with its payment.
    Sale(Sale),
}

/// The amount for one of several invoices.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Share {
    pub order: Id,
    /// What is settled of the invoice, by credit and by the payment together; empty: nothing.
    pub amount: String,
}

/// The shares of invoices that still have a balance, which are those that the form shows.
fn shown<'a>(shares: &'a [Share], facts: &PaymentFacts<'a>) -> impl Iterator<Item = &'a Share> {
    let due = facts.due;
    shares.iter().filter(move |share| due.iter().any(|row| row.id == share.order))
}

impl Share {
    /// What is to be settled of the invoice; `None` if nothing was typed.
    pub(super) fn read(&self, facts: &PaymentFacts<'_>) -> Result<Option<Money>, Problem> {
        if self.amount.trim().is_empty() {
            return Ok(None);
        }
        amount(&self.amount, facts.currency).map(Some)
    }
}

/// A walk-in sale.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Sale {
    pub text: String,
    pub tax: TaxChoice,
    pub rate: String,
}

impl Sale {
    /// An empty sale with the first tax rate of the shop. What is paid at once always contains the tax.
    #[must_use]
    pub fn new(tax: &ShopTax) -> Self {
        let (_, rate) = TaxChoice::of_shop(tax);
        let tax = if rate.is_empty() { TaxChoice::None } else { TaxChoice::Inside };
        Self { text: String::new(), tax, rate }
    }
}

/// A payment as typed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PaymentDraft {
    /// The payment's id, created when the form opens.
    pub id: Id,
    /// The purpose of the payment.
    pub towards: Towards,
    /// `None` until typed; the balance due is the default.
    pub amount: Option<String>,
    /// In the format of the date field; empty means today.
    pub date: String,
    /// The payment method.
    pub method: Method,
    /// Whether [`CHARGE_NOW`] is paid by the customer with a link, rather than from the saved card.
    #[serde(default)]
    pub by_link: bool,
    /// Whether the customer agrees that the card with which the link is paid is saved.
    #[serde(default)]
    pub saves_card: bool,
    /// `None` means the first bank account.
    pub bank: Option<String>,
    /// The cash received; empty means exactly the amount.
    pub received: String,
    /// Whether cash received beyond the amount becomes credit instead of change.
    pub keep_change: bool,
    /// *Use available credit*.
    pub use_credit: bool,
    /// The reference: check number, terminal slip.
    pub reference: String,
    /// The internal note.
    pub note: String,
    /// *Apply to Commissions*.
    pub eligible: bool,
    /// What was confirmed.
    #[serde(default)]
    pub confirmed: Confirmed,
}

confirms!(PaymentDraft);

/// Methods of the drop-down, in its order. *Credit card (charge now)* comes after them, see [`CHARGE_NOW`].
pub const METHODS: [Method; 6] =
    [Method::Cash, Method::Card, Method::Bank, Method::Check, Method::Insurance, Method::Other];

/// The method of *Credit card (charge now)*: the card that the customer has saved at the card processor is charged.
pub const CHARGE_NOW: Method = Method::Online;

/// Whether money of this method is held in a bank account.
#[must_use]
pub const fn has_bank(method: Method) -> bool {
    matches!(method, Method::Bank | Method::Check | Method::Insurance)
}

impl PaymentDraft {
    /// The form's initial state: today, cash, the whole balance due, Apply to Commissions.
    #[must_use]
    pub fn new(id: Id, towards: Towards) -> Self {
        let (received, reference, note, date) = Default::default();
        Self {
            id,
            towards,
            amount: None,
            date,
            method: Method::Cash,
            by_link: false,
            saves_card: false,
            bank: None,
            received,
            keep_change: false,
            use_credit: false,
            reference,
            note,
            eligible: true,
            confirmed: Confirmed::default(),
        }
    }

    /// Whether the card processor is asked: to charge a saved card, or for a payment link.
    #[must_use]
    pub fn charges(&self) -> bool {
        self.method == CHARGE_NOW
    }

    /// Whether a payment link is asked for.
    #[must_use]
    pub fn asks_link(&self) -> bool {
        self.charges() && self.by_link
    }

    /// What is to be settled of each chosen invoice, in the order in which they are paid: its balance, or the amount
    /// typed for it. Amounts that cannot be read are left out.
    #[must_use]
    pub fn owing(&self, facts: &PaymentFacts<'_>) -> Vec<(Id, Money)> {
        let settled = |row: &OrderRow| (row.id.clone(), to_settle(row));
        let owed = |id: &Id| facts.due.iter().find(|row| row.id == *id).map(settled);
        match &self.towards {
            Towards::First => first_due(facts.due).map(settled).into_iter().collect(),
            Towards::Order(id) => owed(id).into_iter().collect(),
            Towards::Several(shares) => {
                let typed = |share: &Share| Some((share.order.clone(), share.read(facts).ok()??));
                shown(shares, facts).filter_map(typed).collect()
            }
            Towards::Credit | Towards::Sale(_) => Vec::new(),
        }
    }

    /// The invoice being paid, if it is one.
    #[must_use]
    pub fn one_order(&self, facts: &PaymentFacts<'_>) -> Option<Id> {
        let owing = self.owing(facts);
        let single = matches!(self.towards, Towards::First | Towards::Order(_));
        owing.into_iter().next().filter(|_| single).map(|(order, _)| order)
    }

    /// The amount still to pay: what is to be settled, less the credit used. It is the default amount.
    fn to_pay(&self, facts: &PaymentFacts<'_>) -> Money {
        let owing: Money = self.owing(facts).into_iter().map(|(_, owed)| owed).sum();
        owing - self.credit_used(facts)
    }

    /// The text of the amount field: as typed, otherwise the amount to pay.
    #[must_use]
    pub fn amount_text(&self, facts: &PaymentFacts<'_>) -> String {
        self.amount.clone().unwrap_or_else(|| self.default_amount(facts))
    }

    fn default_amount(&self, facts: &PaymentFacts<'_>) -> String {
        let to_pay = self.to_pay(facts);
        if to_pay.is_positive() || self.pays_by_credit(facts) {
            typed_amount(to_pay, facts.currency)
        } else {
            String::new()
        }
    }

    /// True when available credit covers everything, so that no money is received.
    fn pays_by_credit(&self, facts: &PaymentFacts<'_>) -> bool {
        self.credit_used(facts).is_positive() && self.to_pay(facts).is_zero()
    }

    /// The amount of the payment: the amount typed, plus change that becomes credit.
    pub(super) fn read_amount(&self, facts: &PaymentFacts<'_>) -> Result<Money, Problem> {
        let text = self.amount_text(facts);
        let typed = if self.pays_by_credit(facts) {
            non_negative(&text, facts.currency)?
        } else {
            amount(&text, facts.currency)?
        };
        Ok(typed + self.kept_change(typed, facts))
    }

    /// The cash received, if it was typed.
    fn read_received(&self, facts: &PaymentFacts<'_>) -> Result<Option<Money>, Problem> {
        if self.method != Method::Cash || self.received.trim().is_empty() {
            return Ok(None);
        }
        amount(&self.received, facts.currency).map(Some)
    }

    fn kept_change(&self, typed: Money, facts: &PaymentFacts<'_>) -> Money {
        match self.read_received(facts) {
            Ok(Some(received)) if self.keep_change && received > self.moves(typed, facts) => {
                received - self.moves(typed, facts)
            }
            _ => Money::ZERO,
        }
    }

    /// What is handed over for an amount.
    pub(super) fn moves(&self, counts: Money, facts: &PaymentFacts<'_>) -> Money {
        coins::moves(self.method, counts, facts.coin)
    }

    /// What is to be handed over and what it is rounded by, where cash is rounded.
    #[must_use]
    pub fn rounded(&self, facts: &PaymentFacts<'_>) -> Option<(Money, Money)> {
        coins::rounded(self.method, self.read_amount(facts).ok()?, facts.coin)
    }

    /// The cash received, where it is less than what is to be handed over and can be a part payment of one invoice.
    #[must_use]
    pub fn part_payment(&self, facts: &PaymentFacts<'_>) -> Option<Money> {
        let single = matches!(self.towards, Towards::First | Towards::Order(_));
        let received = self.read_received(facts).ok()??;
        let moves = self.moves(self.read_amount(facts).ok()?, facts);
        (single && received < moves).then_some(received)
    }

    /// The change to return; `None` while it cannot be computed.
    #[must_use]
    pub fn change(&self, facts: &PaymentFacts<'_>) -> Option<Money> {
        let received = self.read_received(facts).ok()??;
        let moves = self.moves(self.read_amount(facts).ok()?, facts);
        (received >= moves).then(|| received - moves)
    }
}
