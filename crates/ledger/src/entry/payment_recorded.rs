//! `payment.recorded`: money received and allocated to orders.

use crate::code::MoneyAccount;
use crate::entry::content::{Content, Summary, rounding_within, sum_within};
use crate::id::Id;
use crate::limits::{MAX_PARTS, OverLimit, at_most};
use crate::method::Method;
use crate::money::Money;
use serde::{Deserialize, Serialize};

/// The part of a payment that is allocated to an order; the amount is a ceiling when folded.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Allocation {
    pub order: Id,
    pub amount: Money,
    /// What the order had kept of payments when the payment was decided, in minor units. If the order has kept more
    /// when the payment is folded, and owes too little, another payment has paid it meanwhile.
    #[serde(default, skip_serializing_if = "Money::is_zero_ref")]
    pub paid: Money,
}

/// The content of `payment.recorded`, version 2.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct PaymentRecorded {
    pub method: Method,
    pub account: MoneyAccount,
    /// What counts for the customer.
    pub amount: Money,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tendered: Option<Money>,
    pub allocations: Vec<Allocation>,
    pub eligible: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Cash rounding: what counts for the customer less what was received, below zero where more was received.
    #[serde(default, deserialize_with = "crate::money::signed", skip_serializing_if = "Money::is_zero_ref")]
    pub rounding: Money,
}

/// The content of `payment.recorded`, version 1, in which nothing is rounded.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PaymentRecordedV1 {
    method: Method,
    account: MoneyAccount,
    amount: Money,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    tendered: Option<Money>,
    allocations: Vec<Allocation>,
    eligible: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reference: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

impl From<PaymentRecordedV1> for PaymentRecorded {
    fn from(old: PaymentRecordedV1) -> Self {
        let PaymentRecordedV1 { method, account, amount, tendered, allocations, eligible, reference, note } =
            old;
        let rounding = Money::ZERO;
        Self { method, account, amount, tendered, allocations, eligible, reference, note, rounding }
    }
}

impl Content for PaymentRecorded {
    fn each_name<'a>(&'a self, visit: &mut impl FnMut(&'a Id)) {
        self.allocations.iter().for_each(|part| visit(&part.order));
    }

    fn each_text<'a>(&'a self, visit: &mut impl FnMut(&'a str)) {
        [&self.reference, &self.note].into_iter().flatten().for_each(|text| visit(text));
    }

    fn money_accounts(&self) -> [Option<&MoneyAccount>; 2] {
        [Some(&self.account), None]
    }

    fn money_accounts_mut(&mut self) -> [Option<&mut MoneyAccount>; 2] {
        [Some(&mut self.account), None]
    }

    fn check_limits(&self) -> Result<(), OverLimit> {
        at_most("allocations", self.allocations.len(), MAX_PARTS)?;
        rounding_within(self.amount, self.rounding)?;
        sum_within(self.allocations.iter().map(|part| part.amount))
    }

    fn reference(&self) -> Option<&str> {
        self.reference.as_deref()
    }

    fn summary(&self) -> Summary<'_> {
        Summary {
            method: Some(self.method),
            account: Some(&self.account),
            orders: self.allocations.iter().map(|part| &part.order).collect(),
            amount: self.amount,
            note: self.note.as_deref(),
            ..Summary::default()
        }
    }
}
