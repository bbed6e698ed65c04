//! Add a bank account. A fact.

use crate::body::Body;
use crate::decide::Case;
use crate::money::Money;
use crate::refusal::Refusal;
use serde::{Deserialize, Serialize};

/// Adds a bank account; the first is the default. Until there is one, the book has one called `Bank`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AddBank {
    /// The account's name, which is also its party in book account 1010.
    pub name: String,
}

impl Case<'_> {
    /// NotPermitted.
    pub(crate) fn add_bank(&self, asked: &AddBank) -> Result<Body, Refusal> {
        self.permitted("bank.added", Money::ZERO)?;
        Ok(Body::BankAdded(asked.clone()))
    }
}
