//! `credit.transferred`: credit that a customer gives to another. The receiver has `credit.received`, in the same press.

use crate::entry::content::{Content, Summary};
use crate::id::Id;
use crate::money::Money;
use serde::{Deserialize, Serialize};

/// The content of `credit.transferred`, in the account of the giver.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct CreditTransferred {
    pub lot: Id,
    pub amount: Money,
    /// The customer who receives the credit.
    pub to: Id,
    pub reason: String,
}

impl Content for CreditTransferred {
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
