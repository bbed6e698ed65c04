//! The money of a history row and of a refund is what the entry posted to money accounts, in random books of several
//! counters.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod random;

use codec::memory::{Book, Caller};
use daybook::parse::parse;
use daybook::run::{Runner, run};
use ledger::account::{Account, Status};
use ledger::code::Code;
use ledger::date::Date;
use ledger::decide::Decision;
use ledger::entry::{Body, Entry, Flow};
use ledger::fold::CustomerBook;
use ledger::id::Id;
use ledger::money::Money;
use ledger::rules::{Act, Command};
use ledger::view::refund::RefundRow;
use proptest::prelude::*;
use random::{CALM, CONTENTION, FOUR, TWO, books};

fn id(text: &str) -> Id {
    Id::new(text).unwrap()
}

/// The accounts of a book, folded again, with what every entry posted.
fn customer_books(book: &Book) -> Vec<CustomerBook> {
    let of = |customer: &Id| {
        let records = book.records().filter(|record| record.entry.customer.as_ref() == Some(customer));
        CustomerBook::new(customer.clone(), records.collect())
    };
    book.accounts().map(|(customer, _)| of(customer)).collect()
}

/// What an entry posted to accounts of these codes, debit positive.
fn posted(book: &CustomerBook, is: impl Fn(&Entry) -> bool, counts: fn(Code) -> bool) -> Money {
    let entries = book.posted().iter().filter(|posted| is(&posted.entry));
    let moved = entries.flat_map(|posted| &posted.moved).filter(|line| counts(line.account.code));
    moved.map(|line| line.amount).sum()
}

/// Money, or money in transit.
fn is_out(code: Code) -> bool {
    code.is_money() || code == Code::RefundsPayable
}

fn history(book: &CustomerBook) -> Result<(), TestCaseError> {
    for entry in book.account().entries() {
        let Some(row) = book.account().history_row(entry) else { continue };
        let shown = match row.flow {
            Flow::In => row.amount,
            Flow::Out => -row.amount,
            Flow::None => Money::ZERO,
        };
        let expected = posted(book, |other| other.id == entry.id, Code::is_money);
        prop_assert_eq!(shown, expected, "{:?}", row);
    }
    Ok(())
}

fn refund_rows(account: &Account, shop: &ledger::shop::Shop) -> Vec<RefundRow> {
    account.view(shop).refunds
}

/// What the act would post to money accounts and 2110 if the owner recorded it now; `None` if it is refused.
fn would_post(book: &Book, row: &RefundRow, act: Act, counts: fn(Code) -> bool) -> Option<Money> {
    let today = Date(jiff::civil::Date::constant(2026, 1, 31));
    let (owner, customer) = (id("owner"), Some(row.customer.clone()));
    let command = Command { id: id("decision"), customer, on: None, act };
    let Ok(Decision::Record(_)) = book.decide(Caller { actor: &owner, counter: "A", today }, &command) else {
        return None;
    };
    let shown = book.preview(Caller { actor: &owner, counter: "A", today }, &command).unwrap();
    let moved = shown.changes.into_iter().filter_map(|row| match row.subject {
        ledger::preview::Subject::Money(account) if counts(account.code) => Some(row.after - row.before),
        _ => None,
    });
    Some(moved.sum())
}

fn refunds(book: &Book, customer: &CustomerBook) -> Result<(), TestCaseError> {
    for row in refund_rows(customer.account(), book.shop()) {
        let is_payout = row.order.is_none();
        let posts_it = |entry: &Entry| match &entry.body {
            Body::RefundRecorded(_) | Body::RefundIssued(_) => entry.id == row.id,
            Body::RefundApproved(approved) => approved.request == row.id,
            Body::PayoutCompleted(completed) => completed.payout == row.id,
            _ => false,
        };
        let expected = match row.status {
            Status::Requested => would_post(book, &row, Act::ApproveRefund(row.id.clone()), is_out),
            Status::Awaiting => would_post(book, &row, Act::CompletePayout(row.id.clone()), Code::is_money),
            _ if is_payout => Some(posted(customer, posts_it, Code::is_money)),
            _ => Some(posted(customer, posts_it, is_out)),
        };
        if let Some(expected) = expected {
            prop_assert_eq!(-row.money, expected, "{:?}", row);
        }
        prop_assert!(row.handed_over || row.money.is_positive(), "nothing to hand over: {:?}", row);
        let parts: Money = row.parts.iter().map(|part| part.amount).sum();
        prop_assert_eq!(parts, if is_payout { Money::ZERO } else { row.amount }, "{:?}", row);
    }
    Ok(())
}

/// The refunds of a payment add up to what the payment and its orders no longer keep.
fn payments(book: &Book, account: &Account) -> Result<(), TestCaseError> {
    let view = account.view(book.shop());
    for payment in &view.payments {
        let by_order: Money = payment.allocated.iter().map(|to| to.refundable).sum();
        prop_assert_eq!(by_order, payment.refundable, "{:?}", payment);
        for to in payment.allocated.iter().filter(|_| !payment.pending) {
            let order = account.order(&to.order, book.shop());
            let offered = order.iter().flat_map(|order| &order.refundable);
            let offered = offered.filter(|offer| !offer.credit && offer.from == payment.id);
            let offered: Money = offered.map(|offer| offer.refundable).sum();
            prop_assert!(order.is_none() || offered == to.refundable, "{:?}", payment);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn money_is_what_was_posted(text in prop_oneof![books(CALM), books(CONTENTION), books(FOUR), books(TWO)]) {
        let daybook = parse(&text).unwrap();
        let mut runner = Runner::new(&daybook);
        for line in &daybook.lines {
            let _ = runner.line(line);
        }
        let book = runner.book();
        for customer in customer_books(book) {
            history(&customer)?;
            refunds(book, &customer)?;
            payments(book, customer.account())?;
        }
    }
}

/// Applied credit goes back to its lot; only the rest of a refund leaves the drawer.
#[test]
fn only_the_money_of_a_refund_is_handed_over() {
    let text = "shop \"Three payments\" GBP\ncustomer mira \"Mira Patel\"\norder O-1 mira 72.00\n\
        credit C-1 mira 30.00 reason \"r\"\npay P-1 mira 30.00 card to O-1\npay P-2 mira 12.00 cash to O-1\n\
        apply C-1 to O-1 30.00\n\
        refund R-1 O-1 72.00 cash from P-1 30.00, P-2 12.00, credit C-1 30.00 stays reason \"r\"\n";
    let book = run(&parse(text).unwrap()).unwrap();
    let account = book.account(&id("mira")).unwrap();
    let row = account.refund_row(&id("R-1")).unwrap();
    assert_eq!((row.amount, row.money, row.handed_over), (Money(7_200), Money(4_200), false));
    assert_eq!((row.part_of(&id("P-2")), row.part_of(&id("C-1"))), (Some(Money(1_200)), None));
    let history = account.history_row(account.entry(&id("R-1")).unwrap()).unwrap();
    assert_eq!((history.amount, history.flow), (Money(4_200), Flow::Out));
}

/// A payment of two orders shows for each what can still be refunded.
#[test]
fn a_payment_shows_what_is_refundable_on_each_order() {
    let text = "shop \"Two orders\" GBP\ncustomer mira \"Mira Patel\"\norder O-1 mira 40.00\norder O-2 mira 60.00\n\
        pay P-1 mira 100.00 cash to O-1, O-2\nrefund R-1 O-1 40.00 cash from P-1 stays reason \"r\"\n";
    let book = run(&parse(text).unwrap()).unwrap();
    let payment = &book.account(&id("mira")).unwrap().view(book.shop()).payments[0];
    let orders = payment.allocated.iter().map(|to| (to.amount, to.refundable));
    assert_eq!(orders.collect::<Vec<_>>(), [(Money(4_000), Money(0)), (Money(6_000), Money(6_000))]);
}
