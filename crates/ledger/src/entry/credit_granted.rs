//! `credit.granted`: credit that is granted without an order.

use crate::entry::content::{Content, Summary};
use crate::money::Money;
use crate::rate::Rate;
use serde::{Deserialize, Serialize};

/// The content of `credit.granted`; with a rate it is a credit note with tax.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct CreditGranted {
    pub amount: Money,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rate: Option<Rate>,
    pub reason: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub opening: bool,
}

impl Content for CreditGranted {
    fn each_text<'a>(&'a self, visit: &mut impl FnMut(&'a str)) {
        visit(&self.reason);
        self.note.iter().for_each(|text| visit(text));
    }

    fn summary(&self) -> Summary<'_> {
        Summary {
            amount: self.amount,
            reason: Some(&self.reason),
            note: self.note.as_deref(),
            ..Summary::default()
        }
    }
}
