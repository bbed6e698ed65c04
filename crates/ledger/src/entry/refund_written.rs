//! `refund.recorded`, `refund.issued`, `refund.requested`: a refund of an order.

use crate::code::MoneyAccount;
use crate::entry::content::{Content, Summary, rounding_within, sum_within};
use crate::entry::returned::{self, Returned};
use crate::id::Id;
use crate::limits::{MAX_PARTS, OverLimit, at_most};
use crate::method::Method;
use crate::money::Money;
use serde::{Deserialize, Serialize};

/// The amount T that the customer should owe after the refund (*How much should the client owe you after this
/// transaction is complete?*). B is what is owed before, R the refund.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum After {
    /// The same as before: T = B, so the credit leg equals the refund.
    Stays,
    /// More by the refund: T = B + R, so there is no credit leg.
    Reopens,
    /// This amount in minor units, from 0 to B + R.
    Amount(Money),
}

/// The part of a refund that comes from one payment, or from the credit applied from one lot.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// The id of the payment or of the lot.
    pub from: Id,
    /// Whether `from` is a lot; its applied credit goes back to it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub credit: bool,
    /// The amount in minor units, above zero.
    pub amount: Money,
}

/// The two commission boxes; both are unmarked by default.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clawback {
    /// Whether the refund lowers commission (*Apply Refund to Referral Partner Commissions (Clawback)*).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub refund: bool,
    /// Whether the credit leg lowers commission (*Apply Credit to Referral Partner Commissions*).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub credit: bool,
}

/// The content of a refund that is recorded, issued or requested, version 3.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct RefundWritten {
    pub order: Id,
    pub method: Method,
    /// The account that the money leaves; `None` for store credit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<MoneyAccount>,
    pub parts: Vec<Part>,
    pub after: After,
    /// The credit leg C as decided: a ceiling when folded.
    pub credit: Money,
    #[serde(default)]
    pub clawback: Clawback,
    pub reason: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The lines that came back; they decide in which tax groups the credit leg falls.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub returned: Vec<Returned>,
    /// Cash rounding: what the parts take from payments less what was paid out, below zero where more was paid out.
    #[serde(default, deserialize_with = "crate::money::signed", skip_serializing_if = "Money::is_zero_ref")]
    pub rounding: Money,
}

/// The content of a refund, version 2, in which nothing is rounded.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RefundWrittenV2 {
    order: Id,
    method: Method,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    account: Option<MoneyAccount>,
    parts: Vec<Part>,
    after: After,
    credit: Money,
    #[serde(default)]
    clawback: Clawback,
    reason: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reference: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    returned: Vec<Returned>,
}

impl From<RefundWrittenV2> for RefundWritten {
    fn from(old: RefundWrittenV2) -> Self {
        let RefundWrittenV2 {
            order,
            method,
            account,
            parts,
            after,
            credit,
            clawback,
            reason,
            reference,
            note,
            returned,
        } = old;
        Self {
            order,
            method,
            account,
            parts,
            after,
            credit,
            clawback,
            reason,
            reference,
            note,
            returned,
            rounding: Money::ZERO,
        }
    }
}

/// The content of a refund, version 1, which names no lines.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RefundWrittenV1 {
    order: Id,
    method: Method,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    account: Option<MoneyAccount>,
    parts: Vec<Part>,
    after: After,
    credit: Money,
    #[serde(default)]
    clawback: Clawback,
    reason: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reference: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

impl From<RefundWrittenV1> for RefundWritten {
    fn from(old: RefundWrittenV1) -> Self {
        let RefundWrittenV1 {
            order,
            method,
            account,
            parts,
            after,
            credit,
            clawback,
            reason,
            reference,
            note,
        } = old;
        Self {
            order,
            method,
            account,
            parts,
            after,
            credit,
            clawback,
            reason,
            reference,
            note,
            returned: Vec::new(),
            rounding: Money::ZERO,
        }
    }
}

impl RefundWritten {
    /// What the parts take from payments, in minor units. The other parts give applied credit back to its lot.
    #[must_use]
    pub fn payments_total(&self) -> Money {
        payments_total(&self.parts)
    }
}

/// What the parts of a refund take from payments, in minor units.
pub(crate) fn payments_total(parts: &[Part]) -> Money {
    parts.iter().filter(|part| !part.credit).map(|part| part.amount).sum()
}

impl Content for RefundWritten {
    fn each_name<'a>(&'a self, visit: &mut impl FnMut(&'a Id)) {
        visit(&self.order);
        self.parts.iter().for_each(|part| visit(&part.from));
    }

    fn each_text<'a>(&'a self, visit: &mut impl FnMut(&'a str)) {
        visit(&self.reason);
        [&self.reference, &self.note].into_iter().flatten().for_each(|text| visit(text));
    }

    fn money_accounts(&self) -> [Option<&MoneyAccount>; 2] {
        [self.account.as_ref(), None]
    }

    fn money_accounts_mut(&mut self) -> [Option<&mut MoneyAccount>; 2] {
        [self.account.as_mut(), None]
    }

    fn check_limits(&self) -> Result<(), OverLimit> {
        at_most("parts", self.parts.len(), MAX_PARTS)?;
        returned::within(&self.returned)?;
        rounding_within(self.payments_total(), self.rounding)?;
        sum_within(self.parts.iter().map(|part| part.amount))
    }

    fn reference(&self) -> Option<&str> {
        self.reference.as_deref()
    }

    fn summary(&self) -> Summary<'_> {
        Summary {
            method: Some(self.method),
            account: self.account.as_ref(),
            orders: vec![&self.order],
            amount: self.parts.iter().map(|part| part.amount).sum(),
            reason: Some(&self.reason),
            note: self.note.as_deref(),
            ..Summary::default()
        }
    }
}
