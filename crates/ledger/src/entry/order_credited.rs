//! `order.credited`: a credit note on an order.

use crate::entry::content::{Content, Summary};
use crate::entry::returned::{self, Returned};
use crate::id::Id;
use crate::limits::OverLimit;
use crate::money::Money;
use serde::{Deserialize, Serialize};

/// The content of `order.credited`, version 2: a credit leg. The amount is a ceiling when folded.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct OrderCredited {
    pub order: Id,
    pub amount: Money,
    pub reason: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub clawback: bool,
    /// The lines that came back; they decide in which tax groups the leg falls.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub returned: Vec<Returned>,
}

/// The content of `order.credited`, version 1, which names no lines.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct OrderCreditedV1 {
    order: Id,
    amount: Money,
    reason: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    clawback: bool,
}

impl From<OrderCreditedV1> for OrderCredited {
    fn from(old: OrderCreditedV1) -> Self {
        let OrderCreditedV1 { order, amount, reason, note, clawback } = old;
        Self { order, amount, reason, note, clawback, returned: Vec::new() }
    }
}

impl Content for OrderCredited {
    fn each_name<'a>(&'a self, visit: &mut impl FnMut(&'a Id)) {
        visit(&self.order);
    }

    fn each_text<'a>(&'a self, visit: &mut impl FnMut(&'a str)) {
        visit(&self.reason);
        self.note.iter().for_each(|text| visit(text));
    }

    fn check_limits(&self) -> Result<(), OverLimit> {
        returned::within(&self.returned)
    }

    fn summary(&self) -> Summary<'_> {
        Summary {
            orders: vec![&self.order],
            amount: self.amount,
            reason: Some(&self.reason),
            note: self.note.as_deref(),
            ..Summary::default()
        }
    }
}
