//! *Recalculate Account Balances*: agrees with a sound book, finds and mends figures that are wrong, and does not calculate
//! from entries that were changed.

use super::acts::*;
use super::receive::busy;
use crate::engine::Engine;
use crate::engine::cached::Cached;
use crate::engine::rows::Rows;
use crate::store::{Append, DEVICE, Fault, Memory, Store};
use ledger::money::Money;
use std::sync::Arc;

/// Changes the cached row of Mira in the store, and opens the book anew.
fn with_row(store: &Memory, change: impl Fn(&mut Cached)) -> Engine<Memory> {
    let device = now(store.meta(DEVICE)).unwrap().unwrap();
    let mut rows = Rows::default();
    rows.put_page(0, &now(store.page(0)).unwrap().unwrap()).unwrap();
    let mut changed = rows.all()[&id("mira")].clone();
    change(&mut changed);
    let pages = rows.pages_with(&[changed]).unwrap();
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
    let engine = with_row(&store, |cached| Arc::make_mut(&mut cached.row).owed += Money(1));
    let (found, _) = now(engine.difference(&id("mira"), today())).unwrap();
    let found = found.unwrap();
    assert_eq!((found.stored.owed, found.folded.owed), (owed + Money(1), owed));
    let changed = now(engine.recalculate(today(), author().now)).unwrap();
    assert!(changed.all);
    assert_eq!(engine.row(&id("mira")).unwrap().owed, owed);
    assert_eq!(now(engine.difference(&id("mira"), today())).unwrap().0, None);
    assert_eq!(lines(&engine), before, "nothing was posted");
}

#[test]
fn figures_are_not_calculated_from_a_changed_entry() {
    let (store, engine) = busy();
    drop(engine);
    let engine = with_row(&store, |cached| cached.digest ^= 1);
    let found = now(engine.difference(&id("mira"), today()));
    assert!(matches!(found, Err(Fault::Corrupt { .. })), "{found:?}");
}
