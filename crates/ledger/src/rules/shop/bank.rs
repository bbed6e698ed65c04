//! Add a bank account. A fact.

use crate::entry::bank_added::AddBank;
use crate::entry::{Body, EntryKind};
use crate::money::Money;
use crate::refusal::Refusal;
use crate::rules::case::Case;
use crate::shop::Shop;

impl Case<'_> {
    /// Refusal: NotPermitted.
    pub(crate) fn add_bank(&self, asked: &AddBank) -> Result<Body, Refusal> {
        self.permitted(EntryKind::BankAdded, Money::ZERO)?;
        Ok(Body::BankAdded(asked.clone()))
    }
}

/// Whether a body has the content that is asked for.
pub(crate) fn is_same(_: &Case<'_>, asked: &AddBank, body: &Body) -> bool {
    matches!(body, Body::BankAdded(written) if written == asked)
}

impl Shop {
    /// Adds a bank account; a name that already exists is ignored.
    pub(crate) fn add_bank(&mut self, bank: &AddBank) {
        if !self.banks.contains(&bank.name) {
            self.banks.push(bank.name.clone());
        }
    }
}
