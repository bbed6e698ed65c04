//! `order.written-off`, `write-off.reversed` and `credit.written-off`.

use crate::entry::content::{Content, Summary};
use crate::id::Id;
use crate::money::Money;
use serde::{Deserialize, Serialize};

/// The content of `order.written-off` and `write-off.reversed`. The amount is a ceiling when folded.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct OrderWrittenOff {
    pub order: Id,
    pub amount: Money,
    pub reason: String,
}

/// The content of `credit.written-off`. The amount is a ceiling when folded.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct CreditWrittenOff {
    pub lot: Id,
    pub amount: Money,
    pub reason: String,
}

impl Content for OrderWrittenOff {
    fn each_name<'a>(&'a self, visit: &mut impl FnMut(&'a Id)) {
        visit(&self.order);
    }

    fn each_text<'a>(&'a self, visit: &mut impl FnMut(&'a str)) {
        visit(&self.reason);
    }

    fn summary(&self) -> Summary<'_> {
        Summary {
            orders: vec![&self.order],
            amount: self.amount,
            reason: Some(&self.reason),
            ..Summary::default()
        }
    }
}

impl Content for CreditWrittenOff {
    fn each_name<'a>(&'a self, visit: &mut impl FnMut(&'a Id)) {
        visit(&self.lot);
    }

    fn each_text<'a>(&'a self, visit: &mut impl FnMut(&'a str)) {
        visit(&self.reason);
    }

    fn summary(&self) -> Summary<'_> {
        Summary { amount: self.amount, reason: Some(&self.reason), ..Summary::default() }
    }
}
