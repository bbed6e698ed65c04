//! `shop.opened`: the first entry of a book.

use crate::entry::content::Content;
use serde::{Deserialize, Serialize};

/// Opens a book. Input and recorded content are the same type.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpenShop {
    /// The name of the shop.
    pub name: String,
    /// The ISO 4217 code of the currency, such as `GBP`.
    pub currency: String,
}

impl Content for OpenShop {
    fn each_text<'a>(&'a self, visit: &mut impl FnMut(&'a str)) {
        [&self.name, &self.currency].into_iter().for_each(|text| visit(text));
    }
}
