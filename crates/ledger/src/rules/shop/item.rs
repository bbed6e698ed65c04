//! Add an item, or change its name, code, price or tax, or withdraw it. A claim.

use crate::entry::item_set::SetItem;
use crate::entry::{Body, EntryKind};
use crate::money::Money;
use crate::refusal::Refusal;
use crate::rules::case::Case;
use crate::shop::Shop;
use std::sync::Arc;

impl Case<'_> {
    /// Refusals in order: NotPermitted, AmountNotPositive (below zero), OverLimit, RateOutOfRange.
    pub(crate) fn set_item(&self, asked: &SetItem) -> Result<Body, Refusal> {
        self.permitted(EntryKind::ItemSet, Money::ZERO)?;
        if let Some(price) = asked.price {
            if price < Money::ZERO {
                return Err(Refusal::AmountNotPositive);
            }
            self.within(price)?;
        }
        if asked.rate.in_range() { Ok(Body::ItemSet(asked.clone())) } else { Err(Refusal::RateOutOfRange) }
    }
}

/// Whether a body has the content that is asked for.
pub(crate) fn is_same(_: &Case<'_>, asked: &SetItem, body: &Body) -> bool {
    matches!(body, Body::ItemSet(written) if written == asked)
}

impl Shop {
    /// Adds or replaces an item. It keeps its place, and its name if the new one is blank.
    pub(crate) fn set_item(&mut self, set: &SetItem) {
        let items = &mut Arc::make_mut(&mut self.catalogue).items;
        let mut item = set.clone();
        if item.name.trim().is_empty() {
            let Some(old) = items.get(&set.item) else { return };
            item.name.clone_from(&old.name);
        }
        items.insert(set.item.clone(), item);
    }
}
