//! The items of the shop as forms find them.

use crate::normalize::searchable;
use crate::session::Session;
use crate::sort::sort_by_key;
use crate::text::{money, say};
use ledger::entry::SetItem;
use ledger::id::Id;
use ledger::money::Currency;
use ledger::shop::Catalogue;
use leptos::prelude::*;

/// The most items that a field offers.
const OFFERED: usize = 8;

/// Passes the catalogue to a function.
pub fn with_catalogue<T>(session: Session, read: impl FnOnce(&Catalogue) -> T) -> T {
    session.shop().with(|shop| match shop {
        Some(shop) => read(&shop.catalogue),
        None => read(&Catalogue::default()),
    })
}

/// The items that a text means: those whose name begins with it come before those that have it in another word, or whose
/// code begins with it. None for an empty text.
#[must_use]
pub fn matching(session: Session, text: &str) -> Vec<SetItem> {
    let wanted = searchable(text);
    if wanted.is_empty() {
        return Vec::new();
    }
    with_catalogue(session, |catalogue| {
        let ranked = catalogue.sold().filter_map(|item| Some((rank(item, &wanted)?, item)));
        let mut found: Vec<_> = ranked.collect();
        sort_by_key(&mut found, |(rank, _)| *rank);
        found.into_iter().take(OFFERED).map(|(_, item)| item.clone()).collect()
    })
}

/// How well an item fits; less is better.
fn rank(item: &SetItem, wanted: &str) -> Option<u8> {
    let name = searchable(&item.name);
    if name.starts_with(wanted) {
        return Some(0);
    }
    if name.split(' ').any(|word| word.starts_with(wanted)) {
        return Some(1);
    }
    let code = item.code.as_ref().is_some_and(|code| searchable(code).starts_with(wanted));
    code.then_some(2)
}

/// The item with an id.
#[must_use]
pub fn with_id(session: Session, id: &str) -> Option<SetItem> {
    let id = Id::new(id).ok()?;
    untrack(|| with_catalogue(session, |catalogue| catalogue.items.get(&id).cloned()))
}

/// The item that is sold under a code.
#[must_use]
pub fn with_code(session: Session, code: &str) -> Option<SetItem> {
    untrack(|| with_catalogue(session, |catalogue| catalogue.with_code(code).cloned()))
}

/// The price of an item, and whether it contains tax; `None` if the price is typed with each sale.
#[must_use]
pub fn price(item: &SetItem, currency: &Currency) -> Option<String> {
    let price = money::money(item.price?, currency);
    let rate = money::decimal(item.rate);
    Some(match (item.rate.0, item.on_top) {
        (0, _) => price,
        (_, true) => say!(items.price_net, price = price, rate = rate),
        (_, false) => say!(items.price_gross, price = price, rate = rate),
    })
}

/// The tax of an item: none, in the price, or added to it.
#[must_use]
pub fn tax(item: &SetItem) -> String {
    let rate = money::decimal(item.rate);
    match (item.rate.0, item.on_top) {
        (0, _) => say!(add_order.no_tax),
        (_, true) => say!(items.tax_added, rate = rate),
        (_, false) => say!(items.tax_included, rate = rate),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use ledger::rate::Rate;

    #[test]
    fn a_name_that_begins_with_the_text_comes_first() {
        let item = |name: &str, code: &str| SetItem {
            item: Id::new("i").unwrap(),
            name: name.into(),
            code: Some(code.into()),
            price: None,
            rate: Rate::ZERO,
            on_top: false,
            withdrawn: false,
        };
        assert_eq!(rank(&item("Chain oil", "501"), "chain"), Some(0));
        assert_eq!(rank(&item("Chain oil", "501"), "oil"), Some(1));
        assert_eq!(rank(&item("Chain oil", "501"), "50"), Some(2));
        assert_eq!(rank(&item("Chain oil", "501"), "ain"), None);
    }
}
