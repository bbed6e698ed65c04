//! *Recalculate Account Balances*: agrees with a sound book, finds and mends figures that are wrong, and does not calculate
//! from entries that were changed.

use super::acts::*;
use super::receive::busy;
use crate::engine::Engine;
use crate::store::{Append, DEVICE, Fault, Memory, Store};
use ledger::money::Money;

/// Writes a page of cached accounts as it is, and opens the book anew.
fn with_page(store: &Memory, change: impl Fn(&str) -> String) -> Engine<Memory> {
    let device = now(store.meta(DEVICE)).unwrap().unwrap();
    let page = now(store.page(0)).unwrap().unwrap();
    let pages = vec![(0, change(&page))];
    assert_ne!(pages[0].1, page);
    now(store.append(&Append { expected: Some(device.clone()), device, pages, ..Append::default() }))
        .unwrap();
    tab(store)
}

#[test]
fn a_sound_book_agrees_and_nothing_is_written() {
    let (store, engine) = busy();
    let before = lines(&engine);
    let customers: Vec<_> = engine.rows().keys().cloned().collect();
    for customer in customers {
        assert_eq!(now(engine.difference(&customer, today())).unwrap().0, None);
    }
    assert_eq!(
        (lines(&tab(&store)), now(store.arrivals()).unwrap()),
        (before, now(engine.store().arrivals()).unwrap())
    );
}

#[test]
fn wrong_figures_are_found_and_replaced_without_an_entry() {
    let (store, engine) = busy();
    let owed = engine.row(&id("mira")).unwrap().owed;
    let before = lines(&engine);
    let engine = with_page(&store, |page| wrong_by_one(page, owed));
    let (found, _) = now(engine.difference(&id("mira"), today())).unwrap();
    let found = found.unwrap();
    assert_eq!((found.stored.owed, found.folded.owed), (owed + Money(1), owed));
    let changed = now(engine.recalculate(today(), author().now)).unwrap();
    assert!(changed.all);
    assert_eq!(engine.row(&id("mira")).unwrap().owed, owed);
    assert_eq!(now(engine.difference(&id("mira"), today())).unwrap().0, None);
    assert_eq!(lines(&engine), before, "nothing was posted");
}

/// The page with one minor unit more owed by Mira.
fn wrong_by_one(page: &str, owed: Money) -> String {
    let mut rows: serde_json::Value = serde_json::from_str(page).unwrap();
    let row = rows.as_array_mut().unwrap().iter_mut().find(|row| row[0][0] == "mira").unwrap();
    assert_eq!(row[1][0], serde_json::to_value(owed).unwrap());
    row[1][0] = serde_json::to_value(owed + Money(1)).unwrap();
    rows.to_string()
}

#[test]
fn figures_are_not_calculated_from_a_changed_entry() {
    let (store, engine) = busy();
    drop(engine);
    let engine = with_page(&store, |page| {
        let mut rows: serde_json::Value = serde_json::from_str(page).unwrap();
        let row = rows.as_array_mut().unwrap().iter_mut().find(|row| row[0][0] == "mira").unwrap();
        row[3][1] = 1.into();
        rows.to_string()
    });
    let found = now(engine.difference(&id("mira"), today()));
    assert!(matches!(found, Err(Fault::Corrupt { .. })), "{found:?}");
}
