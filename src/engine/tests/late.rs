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

#[test]
fn late_entries_are_found_by_every_way_in_and_go_with_a_note() {
    let [then, later] = ["2026-03-02", "2026-03-03"].map(|day| Date::parse(day).unwrap());
    let lines = journal();
    let whole = now(Engine::import(Memory::default(), &lines, later)).unwrap();
    let late = |engine: &Engine<Memory>| {
        let mut found: Vec<_> =
            engine.late().into_iter().map(|late| (late.entry.to_string(), late.amount)).collect();
        found.sort();
        found
    };
    let expected = vec![("P-1".to_owned(), Money(4_000)), ("line-9".to_owned(), Money(1_000))];
    assert_eq!(late(&whole), expected);
    // As screens show them.
    let rows = now(whole.late_rows(9)).unwrap();
    let of = |entry: &str| rows.iter().find(|row| row.late.entry.as_str() == entry).unwrap();
    let payment = of("P-1");
    assert_eq!((payment.sealed, payment.counts_on), (Some(then), Some(later)));
    assert_eq!(payment.of_account.as_ref().map(|row| row.on), Some(then));
    assert_eq!(of("line-9").of_shop.as_ref().map(|entry| entry.on), Some(then));
    // The next start reads them from the caches.
    let store = whole.store().clone();
    assert_eq!(late(&now(Engine::open(store, later)).unwrap().unwrap()), expected);
    // A note takes one off the list, and stays after a rebuild.
    let author = Author { actor: id("owner"), today: later, ..author() };
    let mut note = ledger::rules::resolve_manually(ledger::exception::Kind::LateIntoSealedDay, &id("P-1"));
    if let Act::ResolveException(asked) = &mut note {
        asked.reason = Some("seen".into());
    }
    let noted = now(whole.commit(&[act("note", Some("mira"), note)], &author, async || ()));
    assert!(noted.recorded.is_ok(), "{noted:?}");
    assert_eq!(late(&whole), expected[1..]);
    now(whole.recalculate(later, author.now)).unwrap();
    assert_eq!(late(&whole), expected[1..]);
}

#[test]
fn a_seal_carries_what_the_counter_holds_and_the_trial_balance() {
    let day = Date::parse("2026-03-02").unwrap();
    let mut lines = journal();
    let seal = lines.pop().unwrap();
    let body: serde_json::Value = serde_json::from_str(&seal).unwrap();
    let text = TEXT.replace("offline B\n", "").replace("seal 2026-03-02\n", "");
    let mut held = Vec::new();
    let written = daybook::journal::journal(daybook::parse::parse(&text).unwrap(), |line| {
        held.push(line.to_owned());
        Ok::<_, Infallible>(())
    });
    written.unwrap();
    let engine = now(Engine::import(Memory::default(), &held, day)).unwrap();
    let Act::SealDay(asked) = now(engine.seal_day(day)).unwrap() else { panic!("another act") };
    assert_eq!(asked.after, None);
    let of = |account: &str| {
        let found = asked.balances.iter().find(|line| line.account.to_string() == account);
        found.map(|line| line.balance)
    };
    assert_eq!(of("1000:B"), Some(Money(3_000)));
    assert_eq!(of("1010:Bank"), Some(Money(1_000)));
    assert_eq!(of("1100"), Some(Money(6_000)));
    assert_eq!(of("4000"), Some(Money(-10_000)));
    assert_eq!(asked.balances.iter().map(|line| line.balance).sum::<Money>(), Money::ZERO);
    // The last line of every chain; this device's own chain is among them.
    let ends = body["body"]["covers"].as_array().unwrap().len();
    assert!(asked.covers.len() >= ends, "{:?}", asked.covers);
    let own = engine.device().device.clone();
    assert!(asked.covers.iter().any(|covered| covered.device == own));
    // After the seal, nothing that was held is late.
    let author = Author { actor: id("owner"), today: day, ..author() };
    let command = act("seal", None, Act::SealDay(asked));
    assert!(now(engine.commit(&[command], &author, async || ())).recorded.is_ok());
    assert_eq!(engine.shop().sealed, Some(day));
    now(engine.recalculate(day, author.now)).unwrap();
    assert_eq!(engine.late(), []);
    assert_eq!(engine.shop().sealed, Some(day));
}
