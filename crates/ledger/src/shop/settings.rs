//! The settings of the shop, and its catalogue: the parts of a shop that only its own entries change.

use crate::entry::item_set::SetItem;
use crate::entry::logo::Logo;
use crate::entry::shop_changed::{ChangeShop, ShopTax};
use crate::id::Id;
use crate::method::Method;
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

/// The settings that `shop.changed` entries change. An empty text is a setting that was never made.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[allow(missing_docs)]
pub struct Settings {
    pub address: String,
    pub contact: String,
    pub tax_number: String,
    pub receipt_head: String,
    pub receipt_foot: String,
    pub tax: ShopTax,
    pub reasons: Vec<String>,
    pub closed_methods: Vec<Method>,
    pub closed_banks: Vec<String>,
}

impl Settings {
    /// Sets what an entry names.
    pub(crate) fn change(&mut self, changed: &ChangeShop) {
        set_text(&mut self.address, changed.address.as_ref());
        set_text(&mut self.contact, changed.contact.as_ref());
        set_text(&mut self.tax_number, changed.tax_number.as_ref());
        set_text(&mut self.receipt_head, changed.receipt_head.as_ref());
        set_text(&mut self.receipt_foot, changed.receipt_foot.as_ref());
        set(&mut self.tax, changed.tax.as_ref());
        set(&mut self.reasons, changed.reasons.as_ref());
        set(&mut self.closed_methods, changed.closed_methods.as_ref());
        set(&mut self.closed_banks, changed.closed_banks.as_ref());
    }
}

fn set<T: Clone>(field: &mut T, named: Option<&T>) {
    if let Some(value) = named {
        field.clone_from(value);
    }
}

fn set_text(field: &mut String, named: Option<&String>) {
    if let Some(text) = named {
        field.clear();
        field.push_str(text.trim());
    }
}

/// The items and the logo. They can be large and change rarely, so they are cached apart from the rest of the shop.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Catalogue {
    /// The items in the order in which they were added.
    pub items: IndexMap<Id, SetItem>,
    /// The logo; [`Logo::none`] if the shop has none.
    pub logo: Logo,
}

impl Catalogue {
    /// The items that are sold.
    pub fn sold(&self) -> impl Iterator<Item = &SetItem> {
        self.items.values().filter(|item| !item.withdrawn)
    }

    /// The item that is sold under a code. If several are, the one that was added first.
    #[must_use]
    pub fn with_code(&self, code: &str) -> Option<&SetItem> {
        self.sold().find(|item| item.code.as_deref() == Some(code))
    }
}
