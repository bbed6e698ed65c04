//! `bank.added`: a bank account.

use crate::entry::content::Content;
use serde::{Deserialize, Serialize};

/// Adds a bank account; the first is the default. OpenUntil there is one, the book has one called `Bank`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AddBank {
    /// The account's name, which is also its party in book account 1010.
    pub name: String,
}

impl Content for AddBank {
    fn each_text<'a>(&'a self, visit: &mut impl FnMut(&'a str)) {
        visit(&self.name);
    }
}
