//! The items of the shop, as the rows of a file are compared with them.

use ledger::entry::{SetItem, ShopTax};
use ledger::id::Id;
use ledger::rate::Rate;
use ledger::shop::Catalogue;
use std::collections::{HashMap, HashSet};

/// The items of the shop, and the tax of an item whose row has none.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Items {
    tax: ShopTax,
    known: HashSet<Id>,
    /// The item that is sold under a code, and its name.
    codes: HashMap<String, (Id, String)>,
}

impl Items {
    /// Of the shop as it is.
    #[must_use]
    pub fn of(catalogue: &Catalogue, tax: ShopTax) -> Self {
        let code = |item: &SetItem| Some((item.code.clone()?, (item.item.clone(), item.name.clone())));
        Self {
            tax,
            known: catalogue.items.keys().cloned().collect(),
            codes: catalogue.sold().filter_map(code).collect(),
        }
    }

    /// Whether the item is here, also if it was changed or withdrawn since.
    #[must_use]
    pub fn has(&self, item: &Id) -> bool {
        self.known.contains(item)
    }

    /// The tax rate of an item whose row has none.
    pub(super) fn rate(&self) -> Rate {
        self.tax.rates.first().copied().unwrap_or(Rate::ZERO)
    }

    /// Whether tax is added to the price.
    pub(super) const fn is_on_top(&self) -> bool {
        self.tax.on_top
    }

    /// The name of another item that is sold under a code.
    pub(super) fn other_with(&self, code: &str, item: &Id) -> Option<&str> {
        let (_, name) = self.codes.get(code).filter(|(id, _)| id != item)?;
        Some(name)
    }
}
