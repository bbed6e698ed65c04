//! Money of the shop itself: counting the drawer, moving money between accounts, and paying a partner.

use super::payment::has_bank;
use super::{Confirmed, Errors, Field, Problem, amount, confirms, non_negative, note};
use crate::forms::typed_amount;
use ledger::code::MoneyAccount;
use ledger::entry::MoveMoney;
use ledger::id::Id;
use ledger::method::Method;
use ledger::money::{Currency, Money};
use ledger::rules::{Act, Command, CountDrawer, PayPartner};
use serde::{Deserialize, Serialize};

/// The cash that was counted.
pub const COUNTED: Field = Field::new("counted");
/// The amount that is moved or paid.
pub const AMOUNT: Field = Field::new("amount");
/// The account that receives the money.
pub const TO: Field = Field::new("to");
/// What the bank takes for it.
pub const FEE: Field = Field::new("fee");
/// How a partner is paid.
pub const METHOD: Field = Field::new("method");
/// The bank account that a partner is paid from.
pub const BANK: Field = Field::new("bank");
/// The note on a count.
pub const COUNT_NOTE: Field = Field::new("count-note");
/// The note on money that is moved or paid.
pub const NOTE: Field = Field::new("note");

/// *Count the drawer* as typed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct CountDraft {
    pub id: Id,
    pub counted: String,
    pub note: String,
    pub confirmed: Confirmed,
}

impl CountDraft {
    /// An empty form.
    #[must_use]
    pub fn new(id: Id) -> Self {
        let (counted, note, confirmed) = Default::default();
        Self { id, counted, note, confirmed }
    }

    /// The count, with the amount that the ledger expects left to the decision.
    ///
    /// # Errors
    /// One error for each invalid field.
    pub fn command(&self, currency: &Currency) -> Result<Command, Errors> {
        let mut errors = Errors::default();
        let counted = errors.take(COUNTED, non_negative(&self.counted, currency));
        let note = errors.take(COUNT_NOTE, note(&self.note, &COUNT_NOTE, &self.confirmed));
        let whole = counted.zip(note).map(|(counted, note)| CountDrawer { counted, note });
        let act = Act::CountDrawer(errors.or(whole)?);
        Ok(Command { id: self.id.clone(), customer: None, on: None, act })
    }
}

/// *Move money* as typed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct MoveDraft {
    pub id: Id,
    pub from: Option<MoneyAccount>,
    pub to: Option<MoneyAccount>,
    pub amount: String,
    /// Empty where the bank takes nothing.
    pub fee: String,
    pub note: String,
    pub confirmed: Confirmed,
}

impl MoveDraft {
    /// An empty form between two accounts.
    #[must_use]
    pub fn new(id: Id, from: Option<MoneyAccount>, to: Option<MoneyAccount>) -> Self {
        let (amount, fee, note, confirmed) = Default::default();
        Self { id, from, to, amount, fee, note, confirmed }
    }

    /// The move.
    ///
    /// # Errors
    /// One error for each invalid field.
    pub fn command(&self, currency: &Currency) -> Result<Command, Errors> {
        let mut errors = Errors::default();
        let other = self.to.clone().filter(|to| self.from.as_ref() != Some(to)).ok_or(Problem::SameAccount);
        let to = errors.take(TO, other);
        let amount = errors.take(AMOUNT, amount(&self.amount, currency));
        let fee = errors.take(FEE, fee(&self.fee, currency));
        let note = errors.take(NOTE, note(&self.note, &NOTE, &self.confirmed));
        let whole = self.from.clone().zip(to).zip(amount).zip(fee.zip(note));
        let whole =
            whole.map(|(((from, to), amount), (fee, note))| MoveMoney { from, to, amount, fee, note });
        let act = Act::MoveMoney(errors.or(whole)?);
        Ok(Command { id: self.id.clone(), customer: None, on: None, act })
    }
}

/// A fee; none if it is empty or zero.
fn fee(text: &str, currency: &Currency) -> Result<Option<Money>, Problem> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    non_negative(text, currency).map(|fee| fee.is_positive().then_some(fee))
}

/// *Pay Partner* as typed.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct PartnerPaymentDraft {
    pub id: Id,
    pub partner: Id,
    /// What is payable now, in minor units.
    pub payable: Money,
    pub amount: String,
    pub method: Method,
    pub bank: Option<String>,
    pub note: String,
    pub confirmed: Confirmed,
}

impl PartnerPaymentDraft {
    /// A payment of all that is payable, in cash.
    #[must_use]
    pub fn new(id: Id, partner: Id, payable: Money, currency: &Currency) -> Self {
        let (bank, note, confirmed) = Default::default();
        let amount = typed_amount(payable, currency);
        Self { id, partner, payable, amount, method: Method::Cash, bank, note, confirmed }
    }

    /// The payment.
    ///
    /// # Errors
    /// One error for each invalid field.
    pub fn command(&self, currency: &Currency) -> Result<Command, Errors> {
        let mut errors = Errors::default();
        let read = amount(&self.amount, currency).and_then(|amount| match amount > self.payable {
            true => Err(Problem::MoreThanThere { most: self.payable }),
            false => Ok(amount),
        });
        let amount = errors.take(AMOUNT, read);
        let note = errors.take(NOTE, note(&self.note, &NOTE, &self.confirmed));
        let bank = self.bank.clone().filter(|_| has_bank(self.method));
        let (partner, method) = (self.partner.clone(), self.method);
        let whole = amount.zip(note).map(|(amount, note)| PayPartner { partner, amount, method, bank, note });
        let act = Act::PayPartner(errors.or(whole)?);
        Ok(Command { id: self.id.clone(), customer: None, on: None, act })
    }
}

confirms!(CountDraft, MoveDraft, PartnerPaymentDraft);

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use ledger::code::{BookAccount, Code};

    fn pounds() -> Currency {
        Currency { code: "GBP".into(), decimals: 2 }
    }

    fn id(text: &str) -> Id {
        Id::new(text).unwrap()
    }

    fn accounts() -> (Option<MoneyAccount>, Option<MoneyAccount>) {
        (Some(BookAccount::drawer("A")), Some(BookAccount::of_party(Code::Bank, "main")))
    }

    #[test]
    fn an_empty_drawer_is_counted_as_zero_and_nothing_typed_is_no_count() {
        let mut draft = CountDraft::new(id("K-1"));
        assert_eq!(draft.command(&pounds()).unwrap_err(), Errors::one(COUNTED, Problem::NoAmount));
        draft.counted = "-1".into();
        assert_eq!(draft.command(&pounds()).unwrap_err(), Errors::one(COUNTED, Problem::NotPositive));
        draft.counted = "0".into();
        let counted = CountDrawer { counted: Money::ZERO, note: None };
        assert_eq!(draft.command(&pounds()).unwrap().act, Act::CountDrawer(counted));
    }

    #[test]
    fn money_moves_between_two_accounts() {
        let (from, to) = accounts();
        let mut draft = MoveDraft::new(id("M-1"), from.clone(), from.clone());
        let errors = draft.command(&pounds()).unwrap_err();
        assert_eq!(errors.of(&TO), Some(&Problem::SameAccount));
        assert_eq!(errors.of(&AMOUNT), Some(&Problem::NoAmount));
        draft.to.clone_from(&to);
        (draft.amount, draft.fee) = ("250".into(), "0.00".into());
        let moved = |fee| MoveMoney {
            from: from.clone().unwrap(),
            to: to.clone().unwrap(),
            amount: Money(25_000),
            fee,
            note: None,
        };
        assert_eq!(draft.command(&pounds()).unwrap().act, Act::MoveMoney(moved(None)));
        draft.fee = "1.50".into();
        assert_eq!(draft.command(&pounds()).unwrap().act, Act::MoveMoney(moved(Some(Money(150)))));
        draft.fee = "much".into();
        assert_eq!(draft.command(&pounds()).unwrap_err(), Errors::one(FEE, Problem::NotAnAmount));
    }

    #[test]
    fn a_partner_is_paid_at_most_what_is_payable() {
        let mut draft = PartnerPaymentDraft::new(id("W-1"), id("pat"), Money(1_200), &pounds());
        draft.bank = Some("main".into());
        let paid = |amount, method, bank: Option<&str>| {
            let bank = bank.map(str::to_owned);
            Act::PayPartner(PayPartner { partner: id("pat"), amount, method, bank, note: None })
        };
        assert_eq!(draft.command(&pounds()).unwrap().act, paid(Money(1_200), Method::Cash, None));
        (draft.amount, draft.method) = ("5".into(), Method::Bank);
        assert_eq!(draft.command(&pounds()).unwrap().act, paid(Money(500), Method::Bank, Some("main")));
        draft.amount = "12.01".into();
        let more = Problem::MoreThanThere { most: Money(1_200) };
        assert_eq!(draft.command(&pounds()).unwrap_err(), Errors::one(AMOUNT, more));
    }
}
