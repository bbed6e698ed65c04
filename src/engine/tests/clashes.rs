//! Documents of different accounts with the same number or id are found however their entries arrive.

use super::acts::*;
use super::receive::{backup, merge, restore};
use crate::engine::{Engine, Flaw, NotReceived};
use crate::store::Memory;
use ledger::exception::Kind;
use ledger::method::Method;
use ledger::rules::resolve_manually;
use ledger::view::exception::ExceptionRow;

/// Two copies of a device, as when a browser profile is copied: both are counter A.
fn two_copies() -> [Engine<Memory>; 2] {
    let (_, engine) = shop();
    record(&engine, &[customer("mira"), customer("bob")]);
    let lines = lines(&engine);
    [(); 2].map(|()| now(Engine::import(Memory::default(), &lines, today())).unwrap())
}

fn exceptions(engine: &Engine<Memory>, customer: &str) -> Vec<ExceptionRow> {
    let customer = id(customer);
    now(engine.open_account(&customer)).unwrap();
    let found = engine.view(&customer).unwrap().exceptions;
    assert_eq!(engine.row(&customer).unwrap().exceptions as usize, found.len(), "the list says the same");
    found
}

/// What the exceptions of both customers are about.
fn all(engine: &Engine<Memory>) -> Vec<(Kind, String, Option<String>)> {
    let about = |row: &ExceptionRow| {
        let elsewhere = row.elsewhere.as_ref().map(ToString::to_string);
        (row.exception.kind, row.exception.entry.to_string(), elsewhere)
    };
    ["mira", "bob"].iter().flat_map(|customer| exceptions(engine, customer)).map(|row| about(&row)).collect()
}

#[test]
fn a_number_printed_for_two_customers_is_told_on_both_accounts() {
    let [one, two] = two_copies();
    record(&one, &[payment("p-1", "mira", 100, Method::Cash, &[])]);
    record(&two, &[payment("p-2", "bob", 200, Method::Cash, &[])]);
    assert_eq!((all(&one), all(&two)), (vec![], vec![]));
    let told =
        |entry: &str, elsewhere: &str| (Kind::NumberTwice, entry.to_owned(), Some(elsewhere.to_owned()));
    let both = vec![told("p-1", "bob"), told("p-2", "mira")];
    // A few entries, all at once into an empty store, and both in one file into a book that has neither.
    assert_eq!(merge(&one, &backup(&two)), Ok(1));
    assert_eq!(all(&one), both);
    assert_eq!(all(&restore(&Memory::default(), &backup(&one)).unwrap()), both);
    // A copy that recorded nothing itself does not receive its own chain; another counter does.
    let [copy, _] = two_copies();
    assert!(matches!(merge(&copy, &backup(&one)), Err(NotReceived::Line(_, Flaw::OwnChain))));
    let neither = restore(&Memory::default(), &backup(&copy)).unwrap();
    merge(&neither, &backup(&one)).unwrap();
    assert_eq!(all(&neither), both);
    // Another tab reads them.
    let again = tab(one.store());
    assert_eq!(all(&again), both);

    let note = resolve_manually(Kind::NumberTwice, &id("p-2"));
    let note = match note {
        ledger::rules::Act::ResolveException(asked) => {
            ledger::rules::Act::ResolveException(ledger::rules::ResolveException {
                reason: Some("Bob's is marked B".into()),
                ..asked
            })
        }
        other => other,
    };
    record(&one, &[act("n-1", Some("bob"), note)]);
    assert_eq!(all(&one), []);
    now(again.refresh(today())).unwrap();
    assert_eq!(all(&again), []);
    assert_eq!(all(&restore(&Memory::default(), &backup(&one)).unwrap()), []);
    // The note reaches the other counter before, with and after the entries that it is about.
    merge(&neither, &backup(&one)).unwrap();
    assert_eq!(all(&neither), []);
    merge(&two, &backup(&one)).unwrap();
    assert_eq!(all(&two), []);
}

#[test]
fn an_id_in_two_accounts_is_told_on_both() {
    let [one, two] = two_copies();
    record(&one, &[payment("p-1", "mira", 100, Method::Cash, &[])]);
    record(&two, &[order("o-1", "bob", 100), payment("p-1", "bob", 200, Method::Cash, &[])]);
    merge(&one, &backup(&two)).unwrap();
    let kinds = all(&one).into_iter().map(|(kind, entry, _)| (kind, entry)).collect::<Vec<_>>();
    assert_eq!(kinds, [(Kind::IdClash, "p-1".to_owned()), (Kind::IdClash, "p-1".to_owned())]);
}

#[test]
fn the_same_document_twice_in_one_account_is_no_clash() {
    let [one, two] = two_copies();
    record(&one, &[payment("p-1", "mira", 100, Method::Cash, &[])]);
    record(&two, &[order("o-1", "bob", 100)]);
    record(&two, &[payment("p-1", "mira", 100, Method::Cash, &[])]);
    assert_eq!(merge(&one, &backup(&two)), Ok(2));
    assert_eq!(all(&one), []);
    assert_eq!(one.row(&id("mira")).unwrap().credit.0, 100);
}
