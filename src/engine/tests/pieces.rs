//! What follows from the entries of a new store is written in pieces.

use super::acts::*;
use crate::engine::Progress;
use crate::engine::replay::{Pieces, Replay};
use crate::store::{Append, DEVICE, Memory, NewEntry, Store};

const FEW: Pieces = Pieces { documents: 3, pages: 1, sums: 2 };

/// Customers for more than two pages of rows, each with an order.
const CUSTOMERS: usize = 70;

/// The store with the same entries and no book.
fn entries_of(store: &Memory) -> Memory {
    let copy = Memory::default();
    let stored = now(store.arrived_after(0, u32::MAX)).unwrap();
    let entries: Vec<_> = stored.into_iter().map(|stored| NewEntry::parse(stored).unwrap()).collect();
    now(copy.receive(&entries, ("caches", "stale"))).unwrap();
    copy
}

/// Whatever the size of the pieces, the store has the pages and documents that a rebuild of all caches gives.
#[test]
fn pieces_are_what_a_rebuild_gives() {
    let (store, engine) = shop();
    for number in 0..CUSTOMERS {
        let name = format!("c-{number}");
        record(&engine, &[customer(&name)]);
        record(&engine, &[order(&format!("o-{number}"), &name, 100)]);
    }
    let copy = entries_of(&store);
    let mut silent = |_, _| ();
    let progress = &mut Progress::new(&mut silent);
    let mut replay = now(Replay::of_new_store(&copy, 0, FEW, progress)).unwrap();
    let before = now(copy.pages(0)).unwrap();
    assert!((1..=2).contains(&before.len()), "whole pages were written on the way: {}", before.len());
    assert!(now(copy.orders(None, 99)).unwrap().len() >= CUSTOMERS - FEW.documents);
    now(replay.write_documents(&copy)).unwrap();
    let device = engine.device().clone();
    let last = Append { rebuild: false, ..replay.caches(&device).unwrap() };
    assert_eq!((last.pages.len(), last.orders.len(), last.waits.len(), last.totals.len()), (0, 0, 0, 0));
    assert_eq!(now(copy.meta(DEVICE)).unwrap(), None, "no book before the last step");
    now(copy.append(&last)).unwrap();

    let whole = entries_of(&store);
    let rebuilt = now(Replay::of_store(&whole, 0, progress)).unwrap().caches(&device).unwrap();
    now(whole.append(&rebuilt)).unwrap();
    assert_eq!(now(copy.pages(0)).unwrap(), now(whole.pages(0)).unwrap());
    assert_eq!(now(copy.orders(None, 99)).unwrap(), now(whole.orders(None, 99)).unwrap());
    assert_eq!(now(copy.orders(None, 99)).unwrap().len(), CUSTOMERS);
    assert_eq!(now(copy.waiting(None, 99)).unwrap(), now(whole.waiting(None, 99)).unwrap());
    assert!(!whole.sums().is_empty());
    assert_eq!(copy.sums(), whole.sums());
}
