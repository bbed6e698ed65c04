//! `credit.received`: credit that another customer gave. The giver has `credit.transferred`, in the same press.

use crate::entry::content::{Content, Summary};
use crate::id::Id;
use crate::money::Money;
use serde::{Deserialize, Serialize};

/// The content of `credit.received`, in the account of the receiver. It names nothing of that account: the lot of the
/// giver is in another one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct CreditReceived {
    /// The customer who gives the credit, and their lot.
    pub from: Id,
    pub lot: Id,
    pub amount: Money,
    /// Whether the credit counts for commission, as that of the giver did.
    pub eligible: bool,
    pub reason: String,
}

impl Content for CreditReceived {
    fn each_text<'a>(&'a self, visit: &mut impl FnMut(&'a str)) {
        visit(&self.reason);
    }

    fn summary(&self) -> Summary<'_> {
        Summary { amount: self.amount, reason: Some(&self.reason), ..Summary::default() }
    }
}
