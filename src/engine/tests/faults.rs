//! A device that cannot write, a book that is missing, and an entry that cannot be read.

use super::acts::*;
use crate::engine::Engine;
use crate::engine::NotRecorded;
use crate::store::{Append, CACHES, DEVICE, Fault, Memory, Store};
use journal::Problem;
use ledger::method::Method;

#[test]
fn a_commit_on_a_full_disk_writes_nothing_and_leaves_no_gap() {
    let (store, engine) = shop();
    record(&engine, &[customer("mira"), order("o-1", "mira", 100)]);
    let before = (engine.view(&id("mira")), engine.figures(today()), lines(&engine));
    store.fail_next(Fault::Full);
    let refused = commit(&engine, &[payment("p-1", "mira", 100, Method::Cash, &["o-1"])]);
    assert_eq!(refused.recorded, Err(NotRecorded::Fault(Fault::Full)));
    assert_eq!((engine.view(&id("mira")), engine.figures(today()), lines(&engine)), before);
    let recorded = record(&engine, &[payment("p-1", "mira", 100, Method::Cash, &["o-1"])]);
    assert_eq!(recorded[0].no.as_deref(), Some("AP-0001"));
    lines(&engine);
}

#[test]
fn a_book_is_created_only_in_an_empty_store() {
    assert!(now(Engine::open(Memory::default(), today())).unwrap().is_none());
    let (store, engine) = shop();
    let second = now(Engine::import(store, &lines(&engine), today()));
    assert_eq!(second.err(), Some(Fault::Conflict));
}

#[test]
fn an_account_with_an_unreadable_entry_reports_it_and_refuses_commits() {
    let (store, engine) = shop();
    record(&engine, &[customer("mira"), order("o-1", "mira", 100), customer("bob")]);
    store.damage("o-1", r#""qty":"1""#, r#""qty":true"#);
    let later = tab(&store);
    now(later.open_account(&id("mira"))).unwrap();
    assert!(later.view(&id("mira")).unwrap().incomplete);
    let Some(Fault::Corrupt { what, .. }) = later.trouble(&id("mira")) else { panic!("no trouble") };
    assert_eq!(what, "entry 5 of chain 1 (AI-0001)");
    let refused = commit(&later, &[order("o-2", "mira", 100)]).recorded;
    assert!(matches!(refused, Err(NotRecorded::Fault(Fault::Corrupt { .. }))), "{refused:?}");
    record(&later, &[order("o-2", "bob", 100)]);
}

#[test]
fn checking_the_chain_finds_changed_bytes() {
    let (store, engine) = shop();
    record(&engine, &[customer("mira"), order("o-1", "mira", 100), order("o-2", "mira", 50)]);
    store.damage("o-1", "Chair", "Couch");
    let found = now(engine.verify()).unwrap();
    assert!(matches!(found.as_slice(), [(6, Problem::Prev { .. })]), "{found:?}");
    store.damage("o-1", "Couch", "Chair");
    store.damage("o-2", "Chair", "Couch");
    let found = now(engine.verify()).unwrap();
    assert!(matches!(found.as_slice(), [(6, Problem::Prev { .. })]), "the head knows better: {found:?}");
}

#[test]
fn caches_that_cannot_be_read_are_rebuilt_from_the_journal() {
    let (store, engine) = shop();
    record(&engine, &[customer("mira"), order("o-1", "mira", 100), customer("bob")]);
    record(&engine, &[payment("p-1", "mira", 150, Method::Cash, &["o-1"])]);
    let sums = store.sums();
    let text = now(store.meta(DEVICE)).unwrap();
    let torn = Append {
        expected: text.clone(),
        device: text.unwrap(),
        rebuild: true,
        pages: vec![(0, r#"{"row":1}"#.into())],
        ..Append::default()
    };
    now(store.append(&torn)).unwrap();
    let again = tab(&store);
    assert_eq!(*again.rows(), *engine.rows());
    assert_eq!(again.figures(today()), engine.figures(today()));
    assert_eq!(store.sums(), sums);
    assert_eq!(lines(&again), lines(&engine));
}

#[test]
fn caches_of_another_version_are_rebuilt() {
    let (store, engine) = shop();
    record(&engine, &[customer("mira"), order("o-1", "mira", 100)]);
    let text = now(store.meta(DEVICE)).unwrap();
    let old = Append {
        expected: text.clone(),
        device: text.unwrap(),
        rebuild: true,
        meta: vec![(CACHES.into(), "0".into())],
        ..Append::default()
    };
    now(store.append(&old)).unwrap();
    assert_eq!(*tab(&store).rows(), *engine.rows());
}

/// A changed entry is noticed although it can be read: the digest of the account says so, and nothing is decided on it.
#[test]
fn an_account_whose_entries_were_changed_refuses_commits() {
    let (store, engine) = shop();
    record(&engine, &[customer("mira"), customer("bob")]);
    record(&engine, &[payment("p-1", "mira", 150, Method::Cash, &[])]);
    store.damage("p-1", r#""amount":"1.50""#, r#""amount":"901.50""#);
    let later = tab(&store);
    let pay = |id: &str, customer: &str| payment(id, customer, 100, Method::Cash, &[]);
    let refused = commit(&later, &[pay("p-2", "mira")]).recorded;
    assert!(
        matches!(&refused, Err(NotRecorded::Fault(Fault::Corrupt { what, .. })) if what.contains("mira")),
        "{refused:?}"
    );
    record(&later, &[pay("p-3", "bob")]);
    assert!(later.view(&id("mira")).unwrap().incomplete);
}

/// An account that another tab has changed meanwhile is no damage.
#[test]
fn entries_of_another_tab_are_not_mistaken_for_damage() {
    let (store, engine) = shop();
    record(&engine, &[customer("mira")]);
    let other = tab(&store);
    record(&engine, &[payment("p-1", "mira", 150, Method::Cash, &[])]);
    now(other.open_account(&id("mira"))).unwrap();
    assert_eq!(other.trouble(&id("mira")), None);
    record(&other, &[payment("p-2", "mira", 50, Method::Cash, &[])]);
    assert_eq!(other.rows()[&id("mira")].row.credit, ledger::money::Money(200));
    assert_eq!(now(engine.refresh(today())).unwrap().accounts.len(), 1);
    assert_eq!(*engine.rows(), *other.rows());
    assert_eq!(engine.trouble(&id("mira")), None);
}
