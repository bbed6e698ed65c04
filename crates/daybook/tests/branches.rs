//! Branches: two copies of one counter go on separately, so that different lines have the same number. Both count, and
//! every book that has both is in the same state.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use codec::decode::{Decoded, decode};
use codec::memory::{Book, Caller};
use daybook::journal::journal;
use daybook::parse::parse;
use daybook::state::State;
use journal::{Hash, Line, Verifier};
use ledger::date::Date;
use ledger::decide::Decision;
use ledger::entry::{Place, Record, Verdict};
use ledger::exception::Kind;
use ledger::id::Id;
use ledger::money::Currency;
use ledger::rules::{Act, Command, Exception, ResolveException};
use std::collections::BTreeSet;
use std::convert::Infallible;

/// What both copies have.
const BEFORE: &str = r#"
shop "Corner Shop" GBP
customer mira "Mira Patel"
customer otto "Otto Frisch"
order O-1 mira 100.00
"#;

/// The journal of the counter after these acts.
fn lines(after: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let write = |line: &str| {
        lines.push(line.to_owned());
        Ok::<_, Infallible>(())
    };
    journal(parse(&format!("{BEFORE}{after}\n")).unwrap(), write).unwrap();
    lines
}

/// The lines of several copies, each line once.
fn merged(copies: &[&str]) -> Vec<String> {
    let all: BTreeSet<String> = copies.iter().flat_map(|after| lines(after)).collect();
    all.into_iter().collect()
}

fn record(line: &str) -> Option<Record> {
    let clock = Line::parse(line.as_bytes()).unwrap().clock;
    match decode(line.as_bytes(), clock, Verdict::Ok).unwrap() {
        Decoded::Entry(mut record) => {
            record.place.branch = Hash::of(line.as_bytes()).first_half();
            Some(*record)
        }
        Decoded::Chain(_) => None,
    }
}

fn book<'a>(lines: impl IntoIterator<Item = &'a String>) -> Book {
    let mut book = Book::new();
    for record in lines.into_iter().filter_map(|line| record(line)) {
        book.add(record);
    }
    book
}

fn state(book: &Book) -> serde_json::Value {
    serde_json::to_value(State::of(book, &Currency::new("GBP").unwrap())).unwrap()
}

#[test]
fn two_copies_of_a_counter_verify_as_branches() {
    let (one, other) = (lines("pay P-1 mira 100.00 cash to O-1"), lines("pay P-2 mira 100.00 cash to O-1"));
    let mut verifier = Verifier::default();
    let common = one.iter().zip(&other).take_while(|(one, other)| one == other).count();
    for line in one.iter().chain(&other[common..]) {
        assert_eq!(verifier.check(line.as_bytes()), []);
    }
    assert_eq!(verifier.heads().count(), 2);
}

/// The two payments have the same clock, and only one can pay the order.
#[test]
fn both_branches_count_whatever_the_order_of_arrival() {
    let all = merged(&[
        "pay P-1 mira 100.00 cash to O-1\ncredit C-1 mira 5.00 reason \"goodwill\"",
        "pay P-2 mira 100.00 cash to O-1\npay P-3 mira 7.00 cash",
    ]);
    let expected = state(&book(&all));
    assert_eq!(expected["accounts"]["1000"], "207.00");
    assert_eq!(expected["customers"]["mira"]["owed"], "0.00");
    assert_eq!(expected["customers"]["mira"]["credit"], "112.00");
    let mut seed = 0x2545_f491_4f6c_dd1d_u64;
    for _ in 0..50 {
        let mut shuffled = all.clone();
        for at in (1..shuffled.len()).rev() {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            shuffled.swap(at, usize::try_from(seed % (at as u64 + 1)).unwrap());
        }
        assert_eq!(state(&book(&shuffled)), expected);
    }
}

#[test]
fn an_equal_document_in_two_branches_counts_once() {
    let all = merged(&[
        "pay P-1 mira 60.00 cash to O-1",
        "credit C-1 mira 5.00 reason \"goodwill\"\npay P-1 mira 60.00 cash to O-1",
    ]);
    let book = book(&all);
    let found = state(&book);
    assert_eq!(found["accounts"]["1000"], "60.00");
    assert_eq!(found["customers"]["mira"]["owed"], "40.00");
    assert_eq!(found["exceptions"], serde_json::json!([]));
}

#[test]
fn a_line_that_arrives_again_is_the_same_line() {
    let all = merged(&["pay P-1 mira 60.00 cash to O-1", "pay P-2 mira 10.00 cash to O-1"]);
    let mut book = book(&all);
    let before = state(&book);
    assert!(all.iter().filter_map(|line| record(line)).all(|record| !book.add(record)));
    assert_eq!(state(&book), before);
}

/// The open exceptions: kind, entry and the other entry, sorted.
fn exceptions(book: &Book) -> Vec<(Kind, String, String)> {
    let named = |found: Exception| {
        (found.kind, found.entry.to_string(), found.other.map(|other| other.to_string()).unwrap_or_default())
    };
    let mut all: Vec<_> = book.exceptions().into_iter().map(named).collect();
    all.sort();
    all
}

/// The exceptions of two copies of a counter after these acts; the same when their lines arrive backwards.
fn of_copies(one: &str, other: &str) -> Vec<(Kind, String, String)> {
    let all = merged(&[one, other]);
    let found = exceptions(&book(&all));
    assert_eq!(exceptions(&book(all.iter().rev())), found);
    found
}

/// One of the two orders of a pair, because the hashes of the lines decide which is first.
fn one_pair(found: &[(Kind, String, String)], one: &str, other: &str) {
    assert_eq!(found.len(), 1, "{found:?}");
    let (kind, entry, first) = &found[0];
    assert_eq!(*kind, Kind::NumberTwice);
    let pair = BTreeSet::from([entry.as_str(), first.as_str()]);
    assert_eq!(pair, BTreeSet::from([one, other]));
}

#[test]
fn a_number_of_two_documents_of_one_account_is_an_exception() {
    one_pair(&of_copies("pay P-1 mira 10.00 cash to O-1", "pay P-2 mira 20.00 cash to O-1"), "P-1", "P-2");
}

#[test]
fn a_number_of_two_documents_of_two_accounts_is_an_exception() {
    one_pair(&of_copies("pay P-1 mira 10.00 cash", "pay P-2 otto 20.00 cash"), "P-1", "P-2");
}

#[test]
fn a_number_of_a_document_that_does_not_count_again_is_an_exception() {
    // The first copy prints AP-0001 for P-1, the second AP-0001 for P-2 and AP-0002 for P-1.
    let found = of_copies(
        "pay P-1 mira 10.00 cash\npay P-3 mira 30.00 cash",
        "credit C-1 mira 1.00 reason \"x\"\npay P-2 otto 20.00 cash\npay P-1 mira 10.00 cash",
    );
    let kinds: Vec<_> = found.iter().map(|(kind, ..)| *kind).collect();
    assert_eq!(kinds, [Kind::NumberTwice, Kind::NumberTwice], "{found:?}");
    let named: BTreeSet<_> =
        found.iter().flat_map(|(_, one, other)| [one.as_str(), other.as_str()]).collect();
    assert_eq!(named, BTreeSet::from(["P-1", "P-2", "P-3"]));
}

#[test]
fn equal_documents_and_different_numbers_raise_nothing() {
    assert_eq!(of_copies("pay P-1 mira 10.00 cash", "pay P-1 mira 10.00 cash\npay P-2 mira 5.00 cash"), []);
    assert_eq!(of_copies("pay P-1 mira 10.00 cash", "credit C-1 mira 5.00 reason \"x\""), []);
}

#[test]
fn a_note_resolves_a_number_that_was_used_twice() {
    for other in ["mira", "otto"] {
        let all = merged(&["pay P-1 mira 10.00 cash", &format!("pay P-2 {other} 20.00 cash")]);
        let mut book = book(&all);
        let (_, entry, _) = exceptions(&book).remove(0);
        let found = book.exceptions().remove(0);
        let Act::ResolveException(asked) = found.remedy else { panic!("{:?}", found.remedy) };
        let act = Act::ResolveException(ResolveException { reason: Some("P-2 is marked".into()), ..asked });
        let (owner, today) = (Id::new("owner").unwrap(), Date::parse("2026-01-01").unwrap());
        let customer = book.entry(&found.entry).unwrap().customer.clone();
        let command = Command { id: Id::new("N-1").unwrap(), customer, on: None, act };
        let caller = Caller { actor: &owner, counter: "A", today };
        let Ok(Decision::Record(note)) = book.decide(caller, &command) else { panic!("{entry} of {other}") };
        let place =
            Place { order: (u64::MAX, 0), device: Id::new("Z").unwrap(), chain: 1, seq: 2, branch: 0 };
        book.add(Record { place, verdict: Verdict::Ok, entry: note });
        assert_eq!(exceptions(&book), []);
        assert!(book.decide(caller, &Command { id: Id::new("N-2").unwrap(), ..command }).is_err());
    }
}
