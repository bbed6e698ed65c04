//! Entries become lines, and lines become the very entries again.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use codec::DeviceState;
use codec::compose::{Press, compose, open_chain};
use codec::decode::{Decoded, NotDecoded, decode, decode_strict};
use journal::{ChainOpened, Clock, LineError, Verifier, Why};
use ledger::code::{BookAccount, Code};
use ledger::date::Date;
use ledger::entry::{AddBank, AddCustomer, Allocation, Body, Entry, PaymentRecorded, Verdict};
use ledger::id::Id;
use ledger::method::Method;
use ledger::money::{Currency, Money};

fn id(text: &str) -> Id {
    Id::new(text).unwrap()
}

fn gbp() -> Currency {
    Currency::new("GBP").unwrap()
}

fn entry(name: &str, customer: Option<&str>, body: Body) -> Entry {
    let on = Date::parse("2026-03-02").unwrap();
    Entry { id: id(name), no: None, actor: id("ana"), on, customer: customer.map(id), body }
}

fn payment(name: &str, amount: i64) -> Entry {
    let written = PaymentRecorded {
        method: Method::Cash,
        account: BookAccount { code: Code::Cash, party: "A".into() },
        amount: Money(amount),
        tendered: None,
        allocations: vec![Allocation { order: id("O-1"), amount: Money(amount), paid: Money::ZERO }],
        eligible: true,
        reference: Some("slip \"7\"".into()),
        note: None,
    };
    entry(name, Some("mira"), Body::PaymentRecorded(written))
}

fn customer() -> Entry {
    let written = AddCustomer {
        name: "Mira".into(),
        company: false,
        phone: None,
        email: None,
        note: None,
        walk_in: false,
    };
    entry("mira", Some("mira"), Body::CustomerAdded(written))
}

/// A device with its chain opened, and the line that did so.
fn opened() -> (DeviceState, String) {
    let mut device = DeviceState::new(id("shop"), id("till"), 1, "A", "Europe/London");
    let first =
        ChainOpened { letter: "A".into(), name: "Till".into(), key: None, why: Why::New, after: None };
    let on = Date::parse("2026-03-02").unwrap();
    let line = open_chain(&mut device, &first, (&id("c-1"), &id("ana")), on, 1_000).unwrap();
    (device, line)
}

fn pressed(device: &DeviceState, entries: Vec<Entry>) -> Press {
    compose(device, entries, &gbp(), 1_000).unwrap()
}

#[test]
fn a_press_gives_numbers_clocks_and_places_in_its_order() {
    let (device, _) = opened();
    let press = pressed(&device, vec![customer(), payment("p-1", 500), payment("p-2", 700)]);
    let numbers: Vec<_> = press.lines.iter().map(|line| line.record.entry.no.as_deref()).collect();
    assert_eq!(numbers, [None, Some("AP-0001"), Some("AP-0002")]);
    let places: Vec<_> =
        press.lines.iter().map(|line| (line.record.place.seq, line.record.place.order)).collect();
    assert_eq!(places, [(2, (1_000, 1)), (3, (1_000, 2)), (4, (1_000, 3))]);
    assert_eq!(press.device.head.unwrap().seq, 4);
    assert_eq!(press.device.head.unwrap().hash, press.lines[2].hash);
}

#[test]
fn composing_changes_nothing_until_it_is_kept() {
    let (device, _) = opened();
    let once = pressed(&device, vec![payment("p-1", 500)]);
    assert_eq!(pressed(&device, vec![payment("p-1", 500)]), once);
}

#[test]
fn lines_verify_and_decode_to_the_same_records() {
    let (device, first) = opened();
    let press = pressed(&device, vec![customer(), payment("p-1", 123_456)]);
    let next =
        pressed(&press.device, vec![entry("b", None, Body::BankAdded(AddBank { name: "Current".into() }))]);
    let mut verifier = Verifier::default();
    assert_eq!(verifier.check(first.as_bytes()), []);
    for line in press.lines.iter().chain(&next.lines) {
        assert_eq!(verifier.check(line.bytes.as_bytes()), []);
        let order = Clock(line.record.place.order.0, line.record.place.order.1);
        let again = decode_strict(line.bytes.as_bytes(), order, Verdict::Ok, &gbp()).unwrap();
        assert_eq!(again, Decoded::Entry(Box::new(line.record.clone())));
    }
    assert!(press.lines[1].bytes.contains(r#""amount":"1234.56""#), "{}", press.lines[1].bytes);
}

#[test]
fn the_first_line_of_a_chain_is_no_entry() {
    let (_, first) = opened();
    let decoded = decode(first.as_bytes(), Clock::default(), Verdict::Ok).unwrap();
    assert!(matches!(decoded, Decoded::Chain(ChainOpened { why: Why::New, .. })));
}

#[test]
fn a_device_is_rebuilt_from_its_lines() {
    let (device, first) = opened();
    let press = pressed(&device, vec![customer(), payment("p-1", 500), payment("p-2", 700)]);
    let lines = std::iter::once(first.as_str()).chain(press.lines.iter().map(|line| line.bytes.as_str()));
    let rebuilt = DeviceState::after(lines).unwrap();
    assert_eq!(rebuilt, press.device);
    assert_eq!(
        pressed(&rebuilt, vec![payment("p-3", 1)]).lines[0].record.entry.no.as_deref(),
        Some("AP-0003")
    );
    assert_eq!(DeviceState::after([press.lines[0].bytes.as_str()]), Err(LineError::Wrong("body")));
}

#[test]
fn state_survives_its_json() {
    let (device, _) = opened();
    let press = pressed(&device, vec![payment("p-1", 500)]);
    let json = serde_json::to_string(&press.device).unwrap();
    assert_eq!(serde_json::from_str::<DeviceState>(&json).unwrap(), press.device);
}

#[test]
fn an_entry_that_does_not_fit_a_line_is_not_given_out() {
    let (device, _) = opened();
    let bank = AddBank { name: "x".repeat(journal::MAX_LINE) };
    let answer =
        compose(&device, vec![payment("p-1", 1), entry("b", None, Body::BankAdded(bank))], &gbp(), 1);
    assert!(matches!(answer, Err(LineError::TooLong { .. })));
}

#[test]
fn kinds_of_a_newer_version_survive_and_what_is_malformed_is_named() {
    let (device, _) = opened();
    let line = pressed(&device, vec![payment("p-1", 500)]).lines[0].bytes.clone();
    let newer = line.replace("payment.recorded", "payment.dreamt");
    let Ok(Decoded::Entry(record)) = decode(newer.as_bytes(), Clock::default(), Verdict::Ok) else {
        panic!("{newer}")
    };
    assert!(matches!(record.entry.body, Body::Unknown(ref unknown) if unknown.kind == "payment.dreamt"));
    let torn = line.replace(r#""method":"cash""#, r#""method":"sea shells""#);
    assert!(matches!(decode(torn.as_bytes(), Clock::default(), Verdict::Ok), Err(NotDecoded::Body(_))));
    let no_day = line.replace("2026-03-02", "2026-02-30");
    let error = decode(no_day.as_bytes(), Clock::default(), Verdict::Ok).unwrap_err();
    assert_eq!(error, NotDecoded::Line(LineError::Wrong("on")));
}

#[test]
fn a_foreign_line_must_be_canonical() {
    let (device, _) = opened();
    let line = pressed(&device, vec![payment("p-1", 500)]).lines[0].bytes.clone();
    let spaced = line.replace(r#""method":"cash""#, r#""method": "cash""#);
    assert!(decode(spaced.as_bytes(), Clock::default(), Verdict::Ok).is_ok());
    assert!(decode_strict(spaced.as_bytes(), Clock::default(), Verdict::Ok, &gbp()).is_err());
}
