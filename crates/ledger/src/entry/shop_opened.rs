//! `shop.opened`: the first entry of a book.

use crate::entry::content::Content;
use serde::{Deserialize, Serialize};

/// Opens a book. Asked and written alike.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpenShop {
    /// What the shop is called.
    pub name: String,
    /// ISO 4217 code, such as `GBP`.
    pub currency: String,
}

impl Content for OpenShop {
    fn each_text<'a>(&'a self, visit: &mut impl FnMut(&'a str)) {
        [&self.name, &self.currency].into_iter().for_each(|text| visit(text));
    }
}
