//! Acts on an account, one after another, and what they come to.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod desk;

use desk::{Desk, apply, grant, id, m, note_on, order, pay, refund, sold_by, taxed};
use ledger::code::{BookAccount, Code};
use ledger::decide::Decision;
use ledger::entry::{After, Clawback};
use ledger::preview::{Change, Subject};
use ledger::refusal::Refusal;
use ledger::rules::Act;

#[test]
fn a_payment_pays_its_orders_and_the_rest_becomes_a_lot() {
    let mut desk = Desk::new();
    desk.mira("O-1", Act::PlaceOrder(taxed(12_000)));
    desk.mira("O-2", Act::PlaceOrder(order(3_000)));
    desk.mira("P-1", Act::RecordPayment(pay(20_000, &[("O-1", Some(10_000)), ("O-2", None)])));
    assert_eq!((desk.owed("O-1"), desk.owed("O-2"), desk.os("P-1")), (2_000, 0, 7_000));
    assert_eq!(desk.total_of(Code::Cash), 20_000);
    assert_eq!(desk.total_of(Code::SalesTax), -2_000);
    desk.mira("A-1", Act::ApplyCredit(apply("P-1", "O-1", 2_000)));
    let row = desk.account().row();
    assert_eq!((row.owed, row.credit, row.oldest_due), (m(0), m(5_000), None));
}

#[test]
fn one_number_settles_a_refund() {
    for (after, owed, credited) in [
        (After::Stays, 7_000, 2_000),
        (After::Reopens, 9_000, 0),
        (After::Amount(m(0)), 0, 9_000),
        (After::Amount(m(8_000)), 8_000, 1_000),
    ] {
        let mut desk = Desk::new();
        desk.mira("O-1", Act::PlaceOrder(taxed(12_000)));
        desk.mira("P-1", Act::RecordPayment(pay(5_000, &[("O-1", None)])));
        desk.mira("R-1", Act::Refund(refund("O-1", &[("P-1", 2_000)], after)));
        assert_eq!(desk.owed("O-1"), owed, "{after:?}");
        let view = desk.account().order(&id("O-1"), &desk.shop).unwrap();
        assert_eq!(view.row.credited, m(credited));
        assert_eq!(view.refunds[0].credit, m(credited));
        assert_eq!(desk.total_of(Code::Cash), 3_000);
    }
}

#[test]
fn a_preview_shows_what_recording_would_do_and_changes_nothing() {
    let mut desk = Desk::new();
    desk.mira("O-1", Act::PlaceOrder(sold_by("pat", taxed(12_000))));
    desk.mira("P-1", Act::RecordPayment(pay(5_000, &[("O-1", None)])));
    let mut asked = refund("O-1", &[("P-1", 5_000)], After::Amount(m(0)));
    asked.clawback = Clawback { refund: true, credit: true };
    let shown = desk.preview(&desk.command(Some("mira"), "R-1", Act::Refund(asked))).unwrap();
    assert_eq!(shown.credit_leg, m(12_000));
    let change = |subject, before, after| Change { subject, before: m(before), after: m(after) };
    let expected = [
        change(Subject::Owed, 7_000, 0),
        change(Subject::Credit, 0, 0),
        change(Subject::OrderOwed(id("O-1")), 7_000, 0),
        change(Subject::Money(BookAccount::drawer("A")), 5_000, 0),
        change(Subject::Sale(id("O-1")), 12_000, 0),
        change(Subject::Tax(id("O-1")), 2_000, 0),
        change(Subject::Partner(id("pat")), 417, 0),
    ];
    assert_eq!(shown.changes, expected);
    assert_eq!(desk.owed("O-1"), 7_000);
}

#[test]
fn a_preview_of_a_request_shows_what_approving_it_would_do() {
    let mut desk = Desk::new();
    desk.mira("O-1", Act::PlaceOrder(taxed(12_000)));
    desk.mira("P-1", Act::RecordPayment(pay(5_000, &[("O-1", None)])));
    let asked = refund("O-1", &[("P-1", 5_000)], After::Stays);
    let recorded = desk.preview(&desk.command(Some("mira"), "R-1", Act::Refund(asked.clone()))).unwrap();
    let requested = desk.preview(&desk.command(Some("mira"), "R-1", Act::RequestRefund(asked))).unwrap();
    assert_eq!(requested, recorded);
    assert_eq!(desk.owed("O-1"), 7_000);
}

#[test]
fn a_preview_of_an_order_shows_its_total_and_the_tax_in_it() {
    let desk = Desk::new();
    let placed = desk.command(Some("mira"), "O-1", Act::PlaceOrder(sold_by("pat", taxed(12_000))));
    let change = |subject, after| Change { subject, before: m(0), after: m(after) };
    let expected = [
        change(Subject::Owed, 12_000),
        change(Subject::Credit, 0),
        change(Subject::OrderOwed(id("O-1")), 12_000),
        change(Subject::Sale(id("O-1")), 12_000),
        change(Subject::Tax(id("O-1")), 2_000),
    ];
    assert_eq!(desk.preview(&placed).unwrap().changes, expected);
}

#[test]
fn credit_beyond_what_is_owed_is_released_into_a_lot() {
    let mut desk = Desk::new();
    desk.mira("O-1", Act::PlaceOrder(taxed(6_000)));
    desk.mira("P-1", Act::RecordPayment(pay(6_000, &[("O-1", None)])));
    desk.mira("N-1", Act::CreditNote(note_on("O-1", 2_400)));
    assert_eq!((desk.owed("O-1"), desk.os("N-1")), (0, 2_400));
    let view = desk.account().order(&id("O-1"), &desk.shop).unwrap();
    assert_eq!(view.refundable_total, m(3_600));
    assert_eq!(view.credits[0].amount, m(2_400));
}

#[test]
fn the_same_press_twice_posts_once() {
    let mut desk = Desk::new();
    desk.mira("O-1", Act::PlaceOrder(order(8_000)));
    let press = || Act::RecordPayment(pay(5_000, &[("O-1", None)]));
    desk.mira("P-1", press());
    assert_eq!(desk.ask(Some("mira"), "P-1", press()), Ok(Decision::Already));
    let other = Act::RecordPayment(pay(5_001, &[("O-1", None)]));
    assert_eq!(desk.refuses("P-1", other), Refusal::IdTaken { id: id("P-1") });
    let elsewhere = desk.ask(Some("tom"), "P-1", Act::RecordPayment(pay(5_000, &[])));
    assert_eq!(elsewhere, Err(Refusal::IdTaken { id: id("P-1") }));
    desk.mira("C-1", Act::GrantCredit(grant(100)));
    assert_eq!(desk.ask(Some("mira"), "C-1", Act::GrantCredit(grant(100))), Ok(Decision::Already));
}

#[test]
fn the_shop_survives_its_cache() {
    let mut desk = Desk::new();
    desk.mira("O-1", Act::PlaceOrder(sold_by("up", order(8_000))));
    desk.mira("P-1", Act::RecordPayment(pay(5_000, &[("O-1", None)])));
    let json = serde_json::to_string(&desk.shop).unwrap();
    let read: ledger::shop::Shop = serde_json::from_str(&json).unwrap();
    assert_eq!(read, desk.shop);
    assert_eq!(read.balance(&BookAccount::drawer("A")), m(5_000));
    assert_eq!(read.balance(&BookAccount::kept_by(Code::CommissionAccrued, "up")), m(-300));
}
