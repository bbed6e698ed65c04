//! Entries are composed to lines and decoded to the same entries.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use codec::DeviceState;
use codec::compose::{Composed, ComposedBatch, compose, open_chain};
use codec::decode::{DecodeError, Decoded, decode, decode_strict};
use journal::{ChainOpened, Clock, Line, LineError, Press, Verifier, Why};
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
        rounding: Money::ZERO,
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

/// A device with an open chain, and the line that opened it.
fn opened() -> (DeviceState, String) {
    let mut device = DeviceState::new(id("shop"), id("till"), 1, "A", "Europe/London");
    let (letter, drawer, name) = ("A".into(), "A".into(), "Till".into());
    let first = ChainOpened { letter, drawer, name, key: None, why: Why::New, after: None };
    let on = Date::parse("2026-03-02").unwrap();
    let line = open_chain(&mut device, &first, (&id("c-1"), &id("ana")), on, 1_000).unwrap();
    (device, line)
}

fn composed(device: &DeviceState, entries: Vec<Entry>) -> ComposedBatch {
    compose(device, entries, &gbp(), 1_000).unwrap()
}

#[test]
fn a_commit_assigns_numbers_clocks_and_places_in_order() {
    let (device, _) = opened();
    let batch = composed(&device, vec![customer(), payment("p-1", 500), payment("p-2", 700)]);
    let numbers: Vec<_> = batch.lines.iter().map(|line| line.record.entry.no.as_deref()).collect();
    assert_eq!(numbers, [None, Some("AP-0001"), Some("AP-0002")]);
    let press = |line: &Composed| Line::parse(line.bytes.as_bytes()).unwrap().press;
    let presses: Vec<_> = batch.lines.iter().map(press).collect();
    assert_eq!(presses, [Some(Press(1, 3)), Some(Press(2, 3)), Some(Press(3, 3))]);
    assert_eq!(press(&composed(&device, vec![customer()]).lines[0]), None);
    let places: Vec<_> =
        batch.lines.iter().map(|line| (line.record.place.seq, line.record.place.order)).collect();
    assert_eq!(places, [(2, (1_000, 1)), (3, (1_000, 2)), (4, (1_000, 3))]);
    assert_eq!(batch.device.head.unwrap().seq, 4);
    assert_eq!(batch.device.head.unwrap().hash, batch.lines[2].hash);
}

#[test]
fn composing_does_not_change_the_device() {
    let (device, _) = opened();
    let once = composed(&device, vec![payment("p-1", 500)]);
    assert_eq!(composed(&device, vec![payment("p-1", 500)]), once);
}

#[test]
fn lines_verify_and_decode_to_the_same_records() {
    let (device, first) = opened();
    let batch = composed(&device, vec![customer(), payment("p-1", 123_456)]);
    let next =
        composed(&batch.device, vec![entry("b", None, Body::BankAdded(AddBank { name: "Current".into() }))]);
    let mut verifier = Verifier::default();
    assert_eq!(verifier.check(first.as_bytes()), []);
    for line in batch.lines.iter().chain(&next.lines) {
        assert_eq!(verifier.check(line.bytes.as_bytes()), []);
        let order = Clock(line.record.place.order.0, line.record.place.order.1);
        let decoded = decode_strict(line.bytes.as_bytes(), order, Verdict::Ok, &gbp()).unwrap();
        assert_eq!(decoded, Decoded::Entry(Box::new(line.record.clone())));
    }
    assert!(batch.lines[1].bytes.contains(r#""amount":"1234.56""#), "{}", batch.lines[1].bytes);
}

#[test]
fn the_first_line_of_a_chain_is_not_an_entry() {
    let (_, first) = opened();
    let decoded = decode(first.as_bytes(), Clock::default(), Verdict::Ok).unwrap();
    assert!(matches!(decoded, Decoded::Chain(ChainOpened { why: Why::New, .. })));
}

#[test]
fn a_device_is_rebuilt_from_its_lines() {
    let (device, first) = opened();
    let batch = composed(&device, vec![customer(), payment("p-1", 500), payment("p-2", 700)]);
    let lines = std::iter::once(first.as_str()).chain(batch.lines.iter().map(|line| line.bytes.as_str()));
    let rebuilt = DeviceState::after(lines).unwrap();
    assert_eq!(rebuilt, batch.device);
    assert_eq!(
        composed(&rebuilt, vec![payment("p-3", 1)]).lines[0].record.entry.no.as_deref(),
        Some("AP-0003")
    );
    assert_eq!(DeviceState::after([batch.lines[0].bytes.as_str()]), Err(LineError::Wrong("body")));
}

#[test]
fn state_survives_its_json() {
    let (device, _) = opened();
    let batch = composed(&device, vec![payment("p-1", 500)]);
    let json = serde_json::to_string(&batch.device).unwrap();
    assert_eq!(serde_json::from_str::<DeviceState>(&json).unwrap(), batch.device);
}

#[test]
fn a_state_without_a_drawer_has_the_letter_as_its_drawer() {
    let (device, _) = opened();
    let json = serde_json::to_string(&device).unwrap();
    let earlier = json.replace(r#","drawer":"A""#, "");
    assert_ne!(earlier, json);
    assert_eq!(serde_json::from_str::<DeviceState>(&earlier).unwrap(), device);
}

#[test]
fn a_device_keeps_its_drawer_under_a_new_letter() {
    let mut device = DeviceState {
        drawer: "A".into(),
        ..DeviceState::new(id("shop"), id("till"), 2, "B", "Europe/London")
    };
    let (letter, drawer, name) = ("B".into(), "A".into(), "Till".into());
    let first = ChainOpened { letter, drawer, name, key: None, why: Why::Restored, after: None };
    let on = Date::parse("2026-03-02").unwrap();
    let line = open_chain(&mut device, &first, (&id("c-2"), &id("ana")), on, 1_000).unwrap();
    assert_eq!(DeviceState::after([line.as_str()]).unwrap(), device);
    let paid = composed(&device, vec![payment("p-1", 500)]);
    assert_eq!(paid.lines[0].record.entry.no.as_deref(), Some("BP-0001"));
}

#[test]
fn a_chain_of_version_1_has_its_letter_as_its_drawer() {
    let (device, line) = opened();
    let earlier = line.replace(r#""kv":2"#, r#""kv":1"#).replace(r#","drawer":"A""#, "");
    assert_ne!(earlier, line);
    let found = DeviceState::after([earlier.as_str()]).unwrap();
    assert_eq!((found.letter, found.drawer), (device.letter, device.drawer));
}

#[test]
fn an_entry_that_does_not_fit_in_a_line_is_an_error() {
    let (device, _) = opened();
    let bank = AddBank { name: "x".repeat(journal::MAX_LINE) };
    let answer =
        compose(&device, vec![payment("p-1", 1), entry("b", None, Body::BankAdded(bank))], &gbp(), 1);
    assert!(matches!(answer, Err(LineError::TooLong { .. })));
}

#[test]
fn unknown_kinds_are_accepted_and_errors_are_named() {
    let (device, _) = opened();
    let line = composed(&device, vec![payment("p-1", 500)]).lines[0].bytes.clone();
    let newer = line.replace("payment.recorded", "payment.dreamt");
    let Ok(Decoded::Entry(record)) = decode(newer.as_bytes(), Clock::default(), Verdict::Ok) else {
        panic!("{newer}")
    };
    assert!(matches!(record.entry.body, Body::Unknown(ref unknown) if unknown.kind == "payment.dreamt"));
    let malformed = line.replace(r#""method":"cash""#, r#""method":"sea shells""#);
    assert!(matches!(decode(malformed.as_bytes(), Clock::default(), Verdict::Ok), Err(DecodeError::Body(_))));
    let no_date = line.replace("2026-03-02", "2026-02-30");
    let error = decode(no_date.as_bytes(), Clock::default(), Verdict::Ok).unwrap_err();
    assert_eq!(error, DecodeError::Line(LineError::Wrong("on")));
}

#[test]
fn strict_decoding_accepts_the_canonical_form_alone() {
    let (device, _) = opened();
    let line = composed(&device, vec![payment("p-1", 500)]).lines[0].bytes.clone();
    let spaced = line.replace(r#""method":"cash""#, r#""method": "cash""#);
    assert!(decode(spaced.as_bytes(), Clock::default(), Verdict::Ok).is_ok());
    assert!(decode_strict(spaced.as_bytes(), Clock::default(), Verdict::Ok, &gbp()).is_err());
}
