//! `method.added`: a payment method of the owner's own.

use crate::code::Code;
use crate::entry::content::Content;
use crate::method::Tag;
use serde::{Deserialize, Serialize};

/// Adds a method, such as gift vouchers. Asked and written alike.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AddMethod {
    /// What entries call it.
    pub word: Tag,
    /// What people call it.
    pub name: String,
    /// Where its money lies: 1000 (the drawer of the counter), 1010 (a chosen bank account), 1020 or 1090.
    pub account: Code,
}

impl Content for AddMethod {
    fn each_text<'a>(&'a self, visit: &mut impl FnMut(&'a str)) {
        visit(&self.name);
    }
}
