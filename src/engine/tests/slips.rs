//! Codes on papers: what each is worth, on the counter that printed it and on others.

use super::acts::{act, author, commit, customer, id, lines, now, order, payment, record, refund, shop, tab};
use super::receive::{backup, merge, restore};
use crate::engine::{
    Author, Engine, Presented, ReportAsked, ReportFigures, Slip, SlipCode, SlipFound, SlipSays, Wanted,
};
use crate::store::Memory;
use ledger::entry::{After, EntryKind};
use ledger::method::Method;
use ledger::money::Money;
use ledger::rules::{Act, Reversal};
use ledger::view::paper::Content;
use ledger::view::span::Span;
use ledger::view::statement::Pair;

/// A shop with an order of 120.00 of which 50.00 are paid.
fn book() -> (Memory, Engine<Memory>) {
    let (store, engine) = shop();
    let acts = [
        customer("mira"),
        order("O-1", "mira", 12_000),
        payment("P-1", "mira", 5_000, Method::Cash, &["O-1"]),
        customer("otto"),
        order("O-2", "otto", 700),
    ];
    record(&engine, &acts);
    (store, engine)
}

fn code(engine: &Engine<Memory>, document: &str) -> SlipCode {
    now(engine.slip_code(&id("mira"), &id(document))).unwrap().unwrap()
}

fn check(engine: &Engine<Memory>, text: &str) -> SlipFound {
    now(engine.check_slip(&Presented::parse(text).expect(text))).unwrap()
}

fn genuine(engine: &Engine<Memory>, code: &SlipCode) -> Slip {
    let SlipFound::Genuine(slip) = check(engine, &code.to_string()) else { panic!("{code}") };
    *slip
}

fn superseded(engine: &Engine<Memory>, code: &SlipCode) -> Vec<EntryKind> {
    let SlipFound::Superseded(slip) = check(engine, &code.to_string()) else { panic!("{code}") };
    slip.since.iter().map(|row| row.kind).collect()
}

#[test]
fn a_receipt_is_genuine_until_its_payment_is_refunded_or_reversed() {
    let (store, engine) = book();
    let printed = code(&engine, "P-1");
    let slip = genuine(&engine, &printed);
    let SlipSays::Document(paper) = &slip.says else { panic!("{slip:?}") };
    let Content::Receipt(receipt) = &paper.content else { panic!("{paper:?}") };
    assert_eq!((receipt.payment.received(), slip.customer.name.as_str()), (Money(5_000), "mira"));
    // A tab that has not read the account finds the same.
    assert_eq!(genuine(&tab(&store), &printed).document, id("P-1"));

    record(&engine, &[act("R-1", Some("mira"), Act::Refund(refund("O-1", "P-1", 2_000, After::Stays)))]);
    assert_eq!(superseded(&engine, &printed), [EntryKind::RefundRecorded]);
    // Printed again it says what is so now.
    let again = code(&engine, "P-1");
    genuine(&engine, &again);
    genuine(&engine, &code(&engine, "R-1"));
    let reversal = Reversal { of: id("R-1"), reason: Some("typed twice".into()) };
    record(&engine, &[act("X-1", Some("mira"), Act::ReverseRefund(reversal))]);
    assert_eq!(superseded(&engine, &code_of(&again, "R-1", &engine)), [EntryKind::RefundReversed]);
}

/// The code that the slip of a refund had before its reversal: the entry that the later receipt names.
fn code_of(receipt: &SlipCode, refund: &str, engine: &Engine<Memory>) -> SlipCode {
    let code = SlipCode { document: id(refund), ..receipt.clone() };
    assert_ne!(code, self::code(engine, refund));
    code
}

#[test]
fn an_invoice_is_superseded_by_what_changes_the_sale_and_not_by_payments() {
    let (_, engine) = book();
    let printed = code(&engine, "O-1");
    record(&engine, &[payment("P-2", "mira", 1_000, Method::Card, &["O-1"])]);
    genuine(&engine, &printed);
    record(&engine, &[act("R-1", Some("mira"), Act::Refund(refund("O-1", "P-1", 2_000, After::Stays)))]);
    assert_eq!(superseded(&engine, &printed), [EntryKind::RefundRecorded]);
}

#[test]
fn a_statement_is_of_the_last_entry_of_its_account() {
    let (_, engine) = book();
    let printed = code(&engine, "mira");
    let balances = |slip: &Slip| match &slip.says {
        SlipSays::Statement(pair) => *pair,
        other => panic!("{other:?}"),
    };
    let owed = Pair { owed: Money(7_000), credit: Money::ZERO };
    assert_eq!(balances(&genuine(&engine, &printed)), owed);
    record(&engine, &[payment("P-2", "mira", 1_000, Method::Card, &["O-1"])]);
    let SlipFound::Superseded(slip) = check(&engine, &printed.to_string()) else { panic!() };
    assert_eq!((balances(&slip), slip.since.len()), (owed, 1));
}

#[test]
fn whatever_is_altered_is_found() {
    let (_, engine) = book();
    let printed = code(&engine, "P-1");
    let altered = |code: SlipCode| matches!(check(&engine, &code.to_string()), SlipFound::Altered(_));
    // Each digit of the hash counts, and the number of the entry, and that it is the document's own.
    for at in 0..printed.hash.len() {
        let mut digits: Vec<char> = printed.hash.chars().collect();
        digits[at] = if digits[at] == '0' { '1' } else { '0' };
        assert!(altered(SlipCode { hash: digits.iter().collect(), ..printed.clone() }), "digit {at}");
    }
    assert!(altered(SlipCode { seq: printed.seq + 1, ..printed.clone() }));
    assert!(altered(SlipCode { document: id("O-2"), ..printed.clone() }));
    let unknown = SlipCode { document: id("P-9"), ..printed.clone() };
    assert!(matches!(check(&engine, &unknown.to_string()), SlipFound::Unknown));
    let other = SlipCode { shop: "OTHER".into(), ..printed.clone() };
    assert!(matches!(check(&engine, &other.to_string()), SlipFound::OtherShop));
    // An entry of the shop has no paper.
    assert!(matches!(
        check(&engine, &SlipCode { document: id("ana"), ..printed }.to_string()),
        SlipFound::Unknown
    ));
}

#[test]
fn the_number_and_its_check_characters_are_enough() {
    let (_, engine) = book();
    let check_characters = code(&engine, "P-1").check();
    let typed = |no: &str, characters: &str| check(&engine, &format!("{no} {characters}"));
    assert!(matches!(typed("AP-0001", &check_characters), SlipFound::Genuine(_)));
    assert!(matches!(typed("ap1", &check_characters), SlipFound::Genuine(_)));
    assert!(matches!(typed("AI-0001", &check_characters), SlipFound::Altered(_)));
    assert!(matches!(typed("AP-0009", &check_characters), SlipFound::Unknown));
    // Another counter that has the entries finds the same; one that lacks them does not know the paper.
    let all = lines(&engine);
    let restored = now(Engine::import(Memory::default(), &all, super::acts::today())).unwrap();
    assert!(matches!(check(&restored, &code(&engine, "P-1").to_string()), SlipFound::Genuine(_)));
    let late = payment("P-3", "mira", 100, Method::Cash, &["O-1"]);
    assert!(commit(&engine, &[late]).recorded.is_ok());
    assert!(matches!(check(&restored, &code(&engine, "P-3").to_string()), SlipFound::Unknown));
}

fn of_today(engine: &Engine<Memory>) -> ReportFigures {
    let day = super::acts::today();
    let asked =
        ReportAsked { wanted: Wanted::Day(day), span: Span { from: Some(day), to: None }, known: None };
    now(engine.report(&asked, |_| (), || true)).unwrap().unwrap()
}

/// Another counter was offline: its payment comes in after the papers were printed, and counts before their last entry.
#[test]
fn an_entry_that_comes_in_later_and_counts_before_the_last_one_is_noticed() {
    let (_, engine) = book();
    let other = restore(&Memory::default(), &backup(&engine)).unwrap();
    record(&other, &[payment("P-9", "mira", 300, Method::Cash, &["O-1"])]);
    let later = Author { now: author().now + 60_000, ..author() };
    let own = payment("P-2", "mira", 1_000, Method::Card, &["O-1"]);
    now(engine.commit(&[own], &later, async || ())).recorded.unwrap();

    let (receipt, statement) = (code(&engine, "P-2"), code(&engine, "mira"));
    let day = of_today(&engine).code.unwrap();
    let old = SlipCode { count: None, ..statement.clone() };
    let day_found = |code: &SlipCode| {
        let SlipFound::Day(slip) = check(&engine, &code.to_string()) else { panic!("{code}") };
        (slip.later(), slip.is_reordered)
    };
    genuine(&engine, &statement);
    assert_eq!(day_found(&day), (Some(0), false));

    merge(&engine, &backup(&other)).unwrap();
    let SlipFound::Superseded(slip) = check(&engine, &statement.to_string()) else { panic!() };
    assert!(slip.is_reordered && slip.since.is_empty());
    assert_eq!(day_found(&day), (Some(0), true));
    // The payment changes nothing of the other payment's receipt, and a paper of an earlier version does not say how many.
    genuine(&engine, &receipt);
    genuine(&engine, &old);
    genuine(&engine, &code(&engine, "mira"));
    assert_eq!(day_found(&of_today(&engine).code.unwrap()), (Some(0), false));
}

#[test]
fn the_report_of_a_day_is_of_the_last_entry_that_counts_on_it() {
    let (_, engine) = book();
    let day = super::acts::today();
    let figures = || of_today(&engine);
    let printed = figures().code.unwrap();
    let of_day = |text: &str| {
        let SlipFound::Day(slip) = check(&engine, text) else { panic!("{text}") };
        assert_eq!(slip.day, day);
        slip.later()
    };
    assert_eq!(of_day(&printed.to_string()), Some(0));
    assert_eq!(of_day(&format!("{day} {}", printed.check())), Some(0));
    record(&engine, &[payment("P-2", "mira", 1_000, Method::Card, &["O-1"])]);
    assert_eq!(of_day(&printed.to_string()), Some(1));
    assert_eq!(of_day(&figures().code.unwrap().to_string()), Some(0));
    // What posts nothing changes no figure.
    record(&engine, &[customer("eve")]);
    assert_eq!(of_day(&figures().code.unwrap().to_string()), Some(0));
    for wrong in [
        SlipCode { seq: printed.seq + 1, ..printed.clone() },
        SlipCode { hash: "0123456789ABCDEF".into(), ..printed.clone() },
    ] {
        assert_eq!(of_day(&wrong.to_string()), None);
    }
    let empty = SlipCode { document: id("day-2001-01-01"), ..printed };
    assert!(matches!(check(&engine, &empty.to_string()), SlipFound::Day(slip) if slip.later().is_none()));
}
