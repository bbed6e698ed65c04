//! An entry recorded too late for a seal counts on the first open day, in the takings and in the sums of the accounts.

use super::acts::*;
use crate::engine::{Author, Engine};
use crate::store::{Fault, Memory, Store};
use ledger::date::Date;
use ledger::money::Money;
use ledger::rules::{Act, Command, UnsealDay};
use std::convert::Infallible;

/// Counter B is offline when counter A seals the day, and takes money on that day.
const TEXT: &str = r#"
@2026-03-02
shop "Corner Shop" GBP
customer mira "Mira Patel"
order O-1 mira 100.00
@till B
offline B
pay P-1 mira 40.00 cash to O-1
move-cash 10.00 to bank
@till A
seal 2026-03-02
"#;

fn journal() -> Vec<String> {
    let mut lines = Vec::new();
    let written = daybook::journal::journal(daybook::parse::parse(TEXT).unwrap(), |line| {
        lines.push(line.to_owned());
        Ok::<_, Infallible>(())
    });
    written.unwrap();
    lines
}

#[test]
fn an_entry_too_late_for_a_seal_counts_on_the_first_open_day() {
    let days = ["2026-03-02", "2026-03-03"];
    let [then, now_open] = days.map(|day| Date::parse(day).unwrap());
    for (today, taken) in [(then, 0), (now_open, 4_000)] {
        let engine = now(Engine::import(Memory::default(), &journal(), today)).unwrap();
        assert_eq!(engine.figures(today).taken, Money(taken), "taken on {today}");
        let of = |code, party: &str| days.map(|day| (code, party.to_owned(), day.to_owned()));
        let read = |code, party| now(engine.store().totals(&of(code, party))).unwrap();
        assert_eq!(read(1000, "B"), [0, 3_000], "the drawer");
        assert_eq!(read(1010, "Bank"), [0, 1_000], "the bank");
        assert_eq!(read(1100, ""), [10_000, -4_000], "what customers owe");
        assert_eq!(engine.shop().balance(&ledger::code::BookAccount::drawer("B")), Money(3_000));
    }
}

/// The stored sums of two days: drawer B, the bank, and what customers owe.
fn sums(engine: &Engine<Memory>, days: [&str; 2]) -> [Vec<i64>; 3] {
    let of = |code, party: &str| days.map(|day| (code, party.to_owned(), day.to_owned()));
    let read = |code, party| now(engine.store().totals(&of(code, party))).unwrap();
    [read(1000, "B"), read(1010, "Bank"), read(1100, "")]
}

#[test]
fn after_an_unseal_of_this_device_it_counts_on_its_own_day() {
    let days = ["2026-03-02", "2026-03-03"];
    let [then, later] = days.map(|day| Date::parse(day).unwrap());
    let engine = now(Engine::import(Memory::default(), &journal(), later)).unwrap();
    assert_eq!(sums(&engine, days), [vec![0, 3_000], vec![0, 1_000], vec![10_000, -4_000]]);
    let author = Author { actor: id("owner"), today: later, ..author() };
    let unseal = unseal(then);
    let committed = now(engine.commit(std::slice::from_ref(&unseal), &author, async || ()));
    assert!(committed.recorded.is_ok(), "{committed:?}");
    assert_eq!(engine.shop().sealed, None);
    assert_eq!(sums(&engine, days), [vec![3_000, 0], vec![1_000, 0], vec![6_000, 0]]);
    assert_eq!((engine.figures(later).taken, engine.figures(then).taken), (Money(0), Money(0)));
    // The same figures as on a device that adds everything up, and on this one after its next start.
    let store = engine.store().clone();
    let again = now(Engine::open(store.clone(), then)).unwrap().unwrap();
    assert_eq!(again.figures(then).taken, Money(4_000));
    let mut text = String::new();
    now(engine.export_pages(|page| text.push_str(&page))).unwrap();
    let lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let whole = Memory::default();
    now(Engine::import(whole.clone(), &lines, later)).unwrap();
    assert_eq!(store.sums(), whole.sums());
    // Recorded once: the same command again rebuilds nothing.
    let again = now(engine.commit(&[unseal], &author, async || ()));
    assert!(again.recorded.unwrap()[0].already);
}

#[test]
fn sums_that_an_interrupted_unseal_left_are_corrected_at_the_next_start() {
    let days = ["2026-03-02", "2026-03-03"];
    let [then, later] = days.map(|day| Date::parse(day).unwrap());
    let store = Memory::default();
    let engine = now(Engine::import(store.clone(), &journal(), later)).unwrap();
    // The entry is written, and the rebuild after it fails.
    store.fail_second(Fault::Full);
    let author = Author { actor: id("owner"), today: later, ..author() };
    let committed = now(engine.commit(&[unseal(then)], &author, async || ()));
    assert!(committed.recorded.is_ok(), "{committed:?}");
    assert_eq!(sums(&engine, days), [vec![0, 3_000], vec![0, 1_000], vec![10_000, -4_000]]);
    let again = now(Engine::open(store, later)).unwrap().unwrap();
    assert_eq!(sums(&again, days), [vec![3_000, 0], vec![1_000, 0], vec![6_000, 0]]);
    assert_eq!(again.shop().sealed, None);
}

fn unseal(day: Date) -> Command {
    let (seal, reason) = (Some(id("line-11")), Some("an invoice was missing".into()));
    act("unseal", None, Act::UnsealDay(UnsealDay { day, seal, before: None, reason }))
}
