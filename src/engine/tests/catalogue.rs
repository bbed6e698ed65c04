//! The items and the logo in the caches.

use super::acts::*;
use crate::engine::Engine;
use crate::store::{CATALOGUE, Memory, Store};
use ledger::entry::{ChangeShop, Logo, SetItem};
use ledger::method::Method;
use ledger::money::Money;
use ledger::rate::Rate;
use ledger::rules::{Act, Command};

fn item(name: &str, of: &str, price: i64) -> Command {
    let set = SetItem {
        item: id(of),
        name: format!("Item {of}"),
        code: Some(format!("code-{of}")),
        price: Some(Money(price)),
        rate: Rate(200_000),
        on_top: false,
        withdrawn: false,
    };
    act(name, None, Act::SetItem(set))
}

fn stored(store: &Memory) -> Option<String> {
    now(store.meta(CATALOGUE)).unwrap()
}

fn prices(engine: &Engine<Memory>) -> Vec<Option<Money>> {
    engine.shop().catalogue.sold().map(|item| item.price).collect()
}

#[test]
fn items_and_logo_are_cached_apart_and_written_only_when_they_change() {
    let (store, engine) = shop();
    assert_eq!(stored(&store), None);
    record(&engine, &[item("i-1", "oil", 850), item("i-2", "bell", 900)]);
    let first = stored(&store).unwrap();
    assert_eq!(prices(&tab(&store)), [Some(Money(850)), Some(Money(900))]);
    record(&engine, &[customer("mira"), payment("p-1", "mira", 500, Method::Cash, &[])]);
    assert_eq!(stored(&store).as_ref(), Some(&first), "a payment does not write the items");
    let other = tab(&store);
    record(&engine, &[item("i-3", "oil", 1_000)]);
    now(other.refresh(today())).unwrap();
    assert_eq!(prices(&other), [Some(Money(1_000)), Some(Money(900))], "the item keeps its place");
    let png = Logo::new("data:image/png;base64,iVBORw0KGgo=").unwrap();
    let change = ChangeShop { logo: Some(png.clone()), ..ChangeShop::default() };
    record(&engine, &[act("logo", None, Act::ChangeShop(change))]);
    assert_eq!(tab(&store).shop().catalogue.logo, png);
    assert_eq!(tab(&store).shop().catalogue.with_code("code-bell").unwrap().item, id("bell"));
}
