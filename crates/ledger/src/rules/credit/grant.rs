//! Grant credit without an order: goodwill, a credit note with tax, or an opening balance. A claim.

use crate::account::fold::Fold;
use crate::code::{BookAccount, Code};
use crate::entry::credit_granted::CreditGranted;
use crate::entry::{Body, EntryKind};
use crate::money::Money;
use crate::rate::Rate;
use crate::refusal::Refusal;
use crate::rules::asked::Asked;
use crate::rules::case::{Case, non_blank, reason};

/// Credit to grant without an order. The id of the command becomes the id of the lot. With a tax rate it is a credit
/// note.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct GrantCredit {
    pub amount: Money,
    pub rate: Option<Rate>,
    pub reason: Option<String>,
    pub note: Option<String>,
    pub opening: bool,
}

impl Case<'_> {
    /// Refusals in order: UnknownCustomer, AmountNotPositive, ReasonRequired, NotPermitted, dates, RateOutOfRange.
    pub(crate) fn grant_credit(&self, asked: &GrantCredit) -> Result<Body, Refusal> {
        self.customer()?;
        self.positive(asked.amount)?;
        let reason = reason(asked.reason.as_ref())?;
        self.permitted(EntryKind::CreditGranted, asked.amount)?;
        self.dated()?;
        if asked.rate.is_some_and(|rate| !rate.in_range()) {
            return Err(Refusal::RateOutOfRange);
        }
        Ok(Body::CreditGranted(CreditGranted {
            amount: asked.amount,
            rate: asked.rate.filter(|_| !asked.opening),
            reason,
            note: non_blank(asked.note.as_ref()),
            opening: asked.opening,
        }))
    }
}

impl Fold<'_> {
    /// Dr 5200, or Dr 4010 and 2200 with a rate, or Dr 3000 for an opening balance; Cr 2100.
    pub(crate) fn grant_credit(&mut self, granted: &CreditGranted) {
        let id = &self.entry.id;
        self.lot(id).amount += granted.amount;
        let tax = granted.tax();
        let credit = self.credit.clone();
        self.lines.transfer(&origin_account(granted), &credit, granted.amount - tax);
        self.lines.transfer(&tax_account(granted), &credit, tax);
    }
}

impl CreditGranted {
    /// T0: the tax in the amount, in minor units; zero without a rate.
    pub(crate) fn tax(&self) -> Money {
        self.rate.map_or(Money::ZERO, |rate| rate.inside(self.amount))
    }
}

pub(super) fn origin_account(granted: &CreditGranted) -> BookAccount {
    BookAccount::of(match granted {
        CreditGranted { opening: true, .. } => Code::OpeningBalances,
        CreditGranted { rate: Some(_), .. } => Code::Returns,
        CreditGranted { .. } => Code::Goodwill,
    })
}

pub(super) fn tax_account(granted: &CreditGranted) -> BookAccount {
    granted.rate.map_or_else(|| BookAccount::of(Code::SalesTax), tax_of)
}

fn tax_of(rate: Rate) -> BookAccount {
    BookAccount::of_party(Code::SalesTax, &rate.to_string())
}

/// Whether a body has the content that is asked for.
pub(crate) fn is_same(_: &Case<'_>, asked: &GrantCredit, body: &Body) -> bool {
    let Body::CreditGranted(granted) = body else { return false };
    let GrantCredit { amount, rate, reason, opening, note } = asked;
    (*amount, rate.filter(|_| !opening), *opening) == (granted.amount, granted.rate, granted.opening)
        && non_blank(reason.as_ref()).as_ref() == Some(&granted.reason)
        && non_blank(note.as_ref()) == granted.note
}

/// The input that would record the credit again.
impl From<&CreditGranted> for GrantCredit {
    fn from(granted: &CreditGranted) -> Self {
        Self {
            amount: granted.amount,
            rate: granted.rate,
            reason: Some(granted.reason.clone()),
            note: granted.note.clone(),
            opening: granted.opening,
        }
    }
}

impl Asked for GrantCredit {}
