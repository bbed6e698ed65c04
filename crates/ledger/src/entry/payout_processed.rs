//! `payout.processed`: credit is held until it is paid out.

use crate::code::MoneyAccount;
use crate::entry::content::{Content, Summary, rounding_within, sum_within};
use crate::id::Id;
use crate::limits::{MAX_PARTS, OverLimit, at_most};
use crate::method::Method;
use crate::money::Money;
use serde::{Deserialize, Serialize};

/// The amount taken from one lot.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct FromLot {
    pub lot: Id,
    pub amount: Money,
}

/// The content of `payout.processed`, version 2: a hold, which is cut to what is outstanding of the lots when folded.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct PayoutProcessed {
    pub amount: Money,
    pub method: Method,
    pub account: MoneyAccount,
    pub from: Vec<FromLot>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payee: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Cash rounding: the amount less what is to be paid out, below zero where more is.
    #[serde(default, deserialize_with = "crate::money::signed", skip_serializing_if = "Money::is_zero_ref")]
    pub rounding: Money,
}

/// The content of `payout.processed`, version 1, in which nothing is rounded.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PayoutProcessedV1 {
    amount: Money,
    method: Method,
    account: MoneyAccount,
    from: Vec<FromLot>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    payee: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reference: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

impl From<PayoutProcessedV1> for PayoutProcessed {
    fn from(old: PayoutProcessedV1) -> Self {
        let PayoutProcessedV1 { amount, method, account, from, payee, reference, note } = old;
        Self { amount, method, account, from, payee, reference, note, rounding: Money::ZERO }
    }
}

impl Content for PayoutProcessed {
    fn each_name<'a>(&'a self, visit: &mut impl FnMut(&'a Id)) {
        self.from.iter().for_each(|part| visit(&part.lot));
    }

    fn each_text<'a>(&'a self, visit: &mut impl FnMut(&'a str)) {
        [&self.payee, &self.reference, &self.note].into_iter().flatten().for_each(|text| visit(text));
    }

    fn money_accounts(&self) -> [Option<&MoneyAccount>; 2] {
        [Some(&self.account), None]
    }

    fn money_accounts_mut(&mut self) -> [Option<&mut MoneyAccount>; 2] {
        [Some(&mut self.account), None]
    }

    fn check_limits(&self) -> Result<(), OverLimit> {
        at_most("parts", self.from.len(), MAX_PARTS)?;
        rounding_within(self.amount, self.rounding)?;
        sum_within(self.from.iter().map(|part| part.amount))
    }

    fn reference(&self) -> Option<&str> {
        self.reference.as_deref()
    }

    fn summary(&self) -> Summary<'_> {
        Summary {
            method: Some(self.method),
            account: Some(&self.account),
            amount: self.amount,
            note: self.note.as_deref(),
            ..Summary::default()
        }
    }
}
