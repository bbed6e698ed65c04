//! `bank.added`: a bank account.

use crate::entry::content::Content;
use serde::{Deserialize, Serialize};

/// Adds a bank account; the first one is the default. Until one is added, the book has an account named `Bank`. Input
/// and recorded content are the same type.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AddBank {
    /// The name of the account, which is also its party in book account 1010.
    pub name: String,
}

impl Content for AddBank {
    fn each_text<'a>(&'a self, visit: &mut impl FnMut(&'a str)) {
        visit(&self.name);
    }
}
