//! `order.credited`: a credit note on an order.

use crate::entry::content::{Content, Summary};
use crate::id::Id;
use crate::money::Money;
use serde::{Deserialize, Serialize};

/// The content of `order.credited`: a credit leg. The amount is a ceiling when folded.
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
}

impl Content for OrderCredited {
    fn each_name<'a>(&'a self, visit: &mut impl FnMut(&'a Id)) {
        visit(&self.order);
    }

    fn each_text<'a>(&'a self, visit: &mut impl FnMut(&'a str)) {
        visit(&self.reason);
        self.note.iter().for_each(|text| visit(text));
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
