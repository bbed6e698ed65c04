//! `shop.changed`: a new name of the shop.

use crate::entry::content::Content;
use serde::{Deserialize, Serialize};

/// Changes the name of the shop; of several changes the last in order counts. The currency never changes. Input and
/// recorded content are the same type.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct ChangeShop {
    pub name: String,
}

impl Content for ChangeShop {
    fn each_text<'a>(&'a self, visit: &mut impl FnMut(&'a str)) {
        visit(&self.name);
    }
}
