//! Acts on one account, and the figures that follow from them.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod counter;

use counter::{Counter, apply, grant, id, m, note_on, order, pay, refund, sold_by, taxed};
use ledger::code::{BookAccount, Code};
use ledger::decide::Decision;
use ledger::entry::{After, Clawback};
use ledger::preview::{Change, Subject};
use ledger::refusal::Refusal;
use ledger::rules::{Act, TransferCredit, WriteOff};
use ledger::view::span::Span;

#[test]
fn a_payment_pays_its_orders_and_the_rest_becomes_a_lot() {
    let mut counter = Counter::new();
    counter.mira("O-1", Act::PlaceOrder(taxed(12_000)));
    counter.mira("O-2", Act::PlaceOrder(order(3_000)));
    counter.mira("P-1", Act::RecordPayment(pay(20_000, &[("O-1", Some(10_000)), ("O-2", None)])));
    assert_eq!((counter.owed("O-1"), counter.owed("O-2"), counter.os("P-1")), (2_000, 0, 7_000));
    assert_eq!(counter.total_of(Code::Cash), 20_000);
    assert_eq!(counter.total_of(Code::SalesTax), -2_000);
    counter.mira("A-1", Act::ApplyCredit(apply("P-1", "O-1", 2_000)));
    let row = counter.account().row();
    assert_eq!((row.owed, row.credit, row.oldest_due), (m(0), m(5_000), None));
}

#[test]
fn owed_after_determines_the_credit_leg() {
    for (after, owed, credited) in [
        (After::Stays, 7_000, 2_000),
        (After::Reopens, 9_000, 0),
        (After::Amount(m(0)), 0, 9_000),
        (After::Amount(m(8_000)), 8_000, 1_000),
    ] {
        let mut counter = Counter::new();
        counter.mira("O-1", Act::PlaceOrder(taxed(12_000)));
        counter.mira("P-1", Act::RecordPayment(pay(5_000, &[("O-1", None)])));
        counter.mira("R-1", Act::Refund(refund("O-1", &[("P-1", 2_000)], after)));
        assert_eq!(counter.owed("O-1"), owed, "{after:?}");
        let view = counter.account().order(&id("O-1"), &counter.shop).unwrap();
        assert_eq!(view.row.credited, m(credited));
        assert_eq!(view.refunds[0].credit, m(credited));
        assert_eq!(counter.total_of(Code::Cash), 3_000);
    }
}

#[test]
fn a_preview_shows_what_recording_would_do_and_changes_nothing() {
    let mut counter = Counter::new();
    counter.mira("O-1", Act::PlaceOrder(sold_by("pat", taxed(12_000))));
    counter.mira("P-1", Act::RecordPayment(pay(5_000, &[("O-1", None)])));
    let mut asked = refund("O-1", &[("P-1", 5_000)], After::Amount(m(0)));
    asked.clawback = Clawback { refund: true, credit: true };
    let shown = counter.preview(&counter.command(Some("mira"), "R-1", Act::Refund(asked))).unwrap();
    assert_eq!(shown.credit_leg, m(12_000));
    let change = |subject, before, after| Change { subject, before: m(before), after: m(after) };
    let expected = [
        change(Subject::Owed, 7_000, 0),
        change(Subject::Credit, 0, 0),
        change(Subject::OrderOwed(id("O-1")), 7_000, 0),
        change(Subject::Money(BookAccount::drawer("A")), 5_000, 0),
        change(Subject::Sale(id("O-1")), 12_000, 0),
        change(Subject::Tax(id("O-1")), 2_000, 0),
        change(Subject::Payable(id("pat")), 417, 0),
    ];
    assert_eq!(shown.changes, expected);
    assert_eq!(counter.owed("O-1"), 7_000);
}

#[test]
fn a_preview_of_a_request_shows_what_approving_it_would_do() {
    let mut counter = Counter::new();
    counter.mira("O-1", Act::PlaceOrder(taxed(12_000)));
    counter.mira("P-1", Act::RecordPayment(pay(5_000, &[("O-1", None)])));
    let asked = refund("O-1", &[("P-1", 5_000)], After::Stays);
    let recorded =
        counter.preview(&counter.command(Some("mira"), "R-1", Act::Refund(asked.clone()))).unwrap();
    let requested =
        counter.preview(&counter.command(Some("mira"), "R-1", Act::RequestRefund(asked))).unwrap();
    assert_eq!(requested, recorded);
    assert_eq!(counter.owed("O-1"), 7_000);
}

#[test]
fn a_preview_of_an_order_shows_its_total_and_the_tax_in_it() {
    let counter = Counter::new();
    let placed = counter.command(Some("mira"), "O-1", Act::PlaceOrder(sold_by("pat", taxed(12_000))));
    let change = |subject, after| Change { subject, before: m(0), after: m(after) };
    let expected = [
        change(Subject::Owed, 12_000),
        change(Subject::Credit, 0),
        change(Subject::OrderOwed(id("O-1")), 12_000),
        change(Subject::Sale(id("O-1")), 12_000),
        change(Subject::Tax(id("O-1")), 2_000),
    ];
    assert_eq!(counter.preview(&placed).unwrap().changes, expected);
}

#[test]
fn credit_beyond_what_is_owed_is_released_into_a_lot() {
    let mut counter = Counter::new();
    counter.mira("O-1", Act::PlaceOrder(taxed(6_000)));
    counter.mira("P-1", Act::RecordPayment(pay(6_000, &[("O-1", None)])));
    counter.mira("N-1", Act::CreditNote(note_on("O-1", 2_400)));
    assert_eq!((counter.owed("O-1"), counter.os("N-1")), (0, 2_400));
    let view = counter.account().order(&id("O-1"), &counter.shop).unwrap();
    assert_eq!(view.refundable_total, m(3_600));
    assert_eq!(view.credits[0].amount, m(2_400));
}

/// What is recovered shows in the preview as a sale that grows, and in the statement as charged and as paid.
#[test]
fn a_payment_that_recovers_a_write_off_shows_both_sides() {
    let mut counter = Counter::new();
    counter.mira("O-1", Act::PlaceOrder(order(10_000)));
    counter.mira("P-1", Act::RecordPayment(pay(1_000, &[("O-1", None)])));
    let (amount, reason) = (m(6_000), Some("moved away".into()));
    counter.mira("W-1", Act::WriteOff(WriteOff { of: id("O-1"), amount, reason }));
    assert_eq!((counter.owed("O-1"), counter.total_of(Code::WriteOffs)), (3_000, 6_000));
    let act = Act::RecordPayment(pay(9_500, &[("O-1", None)]));
    let shown = counter.preview(&counter.command(Some("mira"), "P-2", act.clone())).unwrap();
    assert_eq!(shown.left_over, m(500));
    let change = |subject, before, after| Change { subject, before: m(before), after: m(after) };
    assert!(shown.changes.contains(&change(Subject::Sale(id("O-1")), 4_000, 10_000)), "{shown:?}");
    counter.mira("P-2", act);
    assert_eq!((counter.owed("O-1"), counter.os("P-2")), (0, 500));
    assert_eq!(counter.total_of(Code::WriteOffs), 0);
    let statement = counter.books[&id("mira")].statement(&counter.shop.seals, Span::default());
    let row = statement.rows.last().unwrap();
    assert_eq!((row.charged, row.paid, row.given), (m(6_000), m(9_000), m(500)));
    assert_eq!((row.after.owed, row.after.credit), (m(0), m(500)));
    assert_eq!(statement.rows.len(), 4);
}

/// Both entries or none; the preview shows the side of the giver.
#[test]
fn a_transfer_is_an_entry_in_each_account() {
    let mut counter = Counter::new();
    counter.mira("C-1", Act::GrantCredit(grant(2_500)));
    let asked = |reason: &str| {
        let (lot, to, reason) = (id("C-1"), id("tom"), Some(reason.into()));
        Act::TransferCredit(TransferCredit { lot, amount: m(1_000), to, reason })
    };
    let shown = counter.preview(&counter.command(Some("mira"), "T-1", asked("family"))).unwrap();
    let change = |subject, before, after| Change { subject, before: m(before), after: m(after) };
    assert_eq!(shown.changes, [change(Subject::Owed, 0, 0), change(Subject::Credit, 2_500, 1_500)]);
    let Ok(Decision::RecordBoth(both)) = counter.ask(Some("mira"), "T-1", asked("family")) else {
        panic!("two entries");
    };
    let sides = both.each_ref().map(|entry| (entry.id.as_str(), entry.customer.clone()));
    assert_eq!(sides, [("T-1-given", Some(id("mira"))), ("T-1", Some(id("tom")))]);
    assert_eq!((counter.os("C-1"), counter.total_of(Code::CreditTransit)), (1_500, 0));
    let received = counter.books[&id("tom")].account();
    assert_eq!(received.lots().collect::<Vec<_>>(), [(&id("T-1"), m(1_000), m(1_000))]);
    assert_eq!(received.between(), m(1_000));
    assert_eq!(counter.ask(Some("mira"), "T-1", asked("family")), Ok(Decision::Already));
    assert_eq!(counter.refuses("T-1", asked("x")), Refusal::IdTaken { id: id("T-1") });
    let long = "x".repeat(60);
    assert_eq!(counter.refuses(&long, asked("x")).name(), "OverLimit");
}

#[test]
fn the_same_command_twice_posts_once() {
    let mut counter = Counter::new();
    counter.mira("O-1", Act::PlaceOrder(order(8_000)));
    let command = || Act::RecordPayment(pay(5_000, &[("O-1", None)]));
    counter.mira("P-1", command());
    assert_eq!(counter.ask(Some("mira"), "P-1", command()), Ok(Decision::Already));
    let other = Act::RecordPayment(pay(5_001, &[("O-1", None)]));
    assert_eq!(counter.refuses("P-1", other), Refusal::IdTaken { id: id("P-1") });
    let elsewhere = counter.ask(Some("tom"), "P-1", Act::RecordPayment(pay(5_000, &[])));
    assert_eq!(elsewhere, Err(Refusal::IdTaken { id: id("P-1") }));
    counter.mira("C-1", Act::GrantCredit(grant(100)));
    assert_eq!(counter.ask(Some("mira"), "C-1", Act::GrantCredit(grant(100))), Ok(Decision::Already));
}

#[test]
fn the_shop_round_trips_through_its_cache() {
    let mut counter = Counter::new();
    counter.mira("O-1", Act::PlaceOrder(sold_by("up", order(8_000))));
    counter.mira("P-1", Act::RecordPayment(pay(5_000, &[("O-1", None)])));
    let json = serde_json::to_string(&counter.shop).unwrap();
    let read: ledger::shop::Shop = serde_json::from_str(&json).unwrap();
    assert_eq!(read, counter.shop);
    assert_eq!(read.balance(&BookAccount::drawer("A")), m(5_000));
    assert_eq!(read.balance(&BookAccount::of_party(Code::CommissionAccrued, "up")), m(-300));
}
