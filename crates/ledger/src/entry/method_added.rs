//! `method.added`: a payment method that the owner adds.

use crate::code::Code;
use crate::entry::content::Content;
use crate::method::Tag;
use serde::{Deserialize, Serialize};

/// Adds a payment method, such as gift vouchers. Input and recorded content are the same type.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AddMethod {
    /// Its word in entries.
    pub word: Tag,
    /// Its name on screens.
    pub name: String,
    /// The code of its money account: 1000 (the drawer of the counter), 1010 (a chosen bank account), 1020 or 1090.
    pub account: Code,
}

impl Content for AddMethod {
    fn each_text<'a>(&'a self, visit: &mut impl FnMut(&'a str)) {
        visit(&self.name);
    }
}
