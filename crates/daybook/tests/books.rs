//! Invariants of every book: any entries, in any order, at any number of counters.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod random;

use codec::memory::Book;
use daybook::outline::Outline;
use daybook::parse::parse;
use daybook::run::Runner;
use daybook::state::State;
use ledger::account::Status;
use ledger::code::{BookAccount, Code};
use ledger::entry::{Body, Record};
use ledger::exception::Kind;
use ledger::id::Id;
use ledger::money::{Currency, Money};
use proptest::prelude::*;
use random::{CALM, CONTENTION, FOUR, LONG, Shape, TWO, books};
use std::collections::BTreeMap;

/// Records a text and skips refused lines. Calls `after` with the book after every line.
fn record(text: &str, mut after: impl FnMut(&Book)) -> (Book, Currency) {
    let daybook = parse(text).unwrap_or_else(|malformed| panic!("{malformed}\n{text}"));
    let mut runner = Runner::new(&daybook);
    for line in &daybook.lines {
        let _ = runner.line(line);
        after(runner.book());
    }
    (runner.book().clone(), daybook.currency.unwrap())
}

fn refold<'a>(records: impl IntoIterator<Item = &'a Record>) -> Book {
    let mut book = Book::new();
    for record in records {
        book.add(record.clone());
    }
    book
}

fn hash(book: &Book, currency: &Currency) -> String {
    State::of(book, currency).state_hash
}

fn balance(book: &Book, code: Code, party: &str) -> Money {
    book.balances(None).get(&BookAccount { code, party: party.into() }).copied().unwrap_or_default()
}

/// The identities between the figures of screens and the balances of the book.
fn identities(book: &Book) {
    let balances = book.balances(None);
    assert_eq!(balances.values().copied().sum::<Money>(), Money::ZERO, "debits equal credits");
    assert_eq!(balance(book, Code::CreditTransit, ""), Money::ZERO, "2120");
    for (customer, account) in book.accounts() {
        // This includes that no tax group is credited for more than its amount.
        assert_eq!(account.check(), Ok(()), "{customer}");
        let view = account.view(book.shop());
        let owed: Money = view.orders.iter().map(|order| order.owed).sum();
        let os: Money = account.lots().map(|(_, _, os)| os).sum();
        assert_eq!(balance(book, Code::Receivable, customer.as_str()), owed, "1100 of {customer}");
        assert_eq!(balance(book, Code::CustomerCredit, customer.as_str()), -os, "2100 of {customer}");
        assert_eq!(view.customer.owed, owed);
        assert_eq!(view.customer.credit - view.customer.to_repay, os);
        for order in &view.orders {
            assert!(order.owed >= Money::ZERO, "{} owes {:?}", order.id, order.owed);
            assert_eq!(
                order.owed,
                order.amount - order.paid - order.credited - order.written_off,
                "{}",
                order.id
            );
        }
        let named = account.exceptions(book.shop()).iter().any(|found| found.kind == Kind::CreditOverspent);
        let overspent = named || book.records().any(|record| resolves_overspent(&record));
        for (lot, _, os) in account.lots() {
            assert!(os >= Money::ZERO || overspent, "{lot} has {os:?} outstanding without an exception");
        }
    }
    partners(book);
}

/// Whether a record resolves the exception of an overspent lot, which does not settle the lot.
fn resolves_overspent(record: &Record) -> bool {
    matches!(&record.entry.body, Body::ExceptionResolved(resolved) if resolved.kind == "CreditOverspent")
}

/// Accounts 2300 and 2310 follow from the earned and accrued commission of each order.
fn partners(book: &Book) {
    for (id, _) in &book.shop().partners {
        let (mut given, mut accrued) = (Money::ZERO, Money::ZERO);
        for (_, account) in book.accounts() {
            for row in account.view(book.shop()).orders {
                let order = account.order(&row.id, book.shop()).unwrap();
                for earned in order.partners.iter().filter(|earned| earned.partner.id == *id) {
                    given += earned.given;
                    accrued += earned.accrued;
                }
            }
        }
        // The same payment may be recorded at two counters.
        let paid = book.records().filter_map(|record| match record.entry.body {
            Body::PartnerPaid(paid) if paid.partner == *id => Some((record.entry.id, paid.amount)),
            _ => None,
        });
        let mut paid: BTreeMap<Id, Money> = paid.collect();
        paid.retain(|payment, _| !book.shop().reversed_payments.contains_key(payment));
        let paid: Money = paid.into_values().sum();
        assert_eq!(-balance(book, Code::CommissionPayable, id.as_str()), given - paid, "2300 of {id}");
        assert_eq!(-balance(book, Code::CommissionAccrued, id.as_str()), accrued, "2310 of {id}");
    }
}

/// With one counter, money in transit is that of pending and awaiting refunds, without credit that returned to its lot.
fn in_transit(book: &Book) {
    let is_waiting = |status| matches!(status, Status::Pending | Status::Awaiting);
    let rows = book.accounts().flat_map(|(_, account)| account.view(book.shop()).refunds);
    let money = |row: ledger::view::refund::RefundRow| match &book.entry(&row.id).unwrap().body {
        Body::PayoutProcessed(payout) => payout.amount,
        Body::RefundIssued(refund) | Body::RefundRequested(refund) => {
            refund.parts.iter().filter(|part| !part.credit).map(|part| part.amount).sum()
        }
        other => panic!("{} waits", other.kind()),
    };
    let expected: Money = rows.filter(|row| is_waiting(row.status)).map(money).sum();
    assert_eq!(balance(book, Code::RefundsPayable, ""), -expected, "2110");
}

/// Books of every shape.
fn any_book() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => books(CALM),
        4 => books(CONTENTION),
        3 => books(FOUR),
        2 => books(TWO),
        1 => books(Shape { currency: "JPY", ..CONTENTION }),
        1 => books(Shape { currency: "KWD", ..TWO }),
        1 => books(Shape { large: true, ..CONTENTION }),
        1 => books(Shape { currency: "KWD", large: true, ..CALM }),
    ]
}

fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(cases(4000))]

    /// With conflicts, in currencies with zero, two and three decimals, up to the largest amounts.
    #[test]
    fn figures_and_balances_agree_after_every_line(text in any_book()) {
        record(&text, identities);
    }
}

proptest! {
    #![proptest_config(cases(2000))]

    #[test]
    fn with_one_counter_what_is_in_transit_is_pending_or_awaiting(text in books(CALM)) {
        record(&text, in_transit);
    }

    /// Every prefix of any order of arrival gives the state of the same records folded in order; a second copy of a
    /// record changes nothing.
    #[test]
    fn the_order_of_arrival_makes_no_difference(
        (text, shuffled) in any_book().prop_flat_map(|text| {
            let records = record(&text, |_| ()).0.records().collect::<Vec<_>>();
            (Just(text), Just(records).prop_shuffle())
        })
    ) {
        let (book, currency) = record(&text, |_| ());
        let mut found = Book::new();
        for (count, record) in (1..).zip(&shuffled) {
            prop_assert!(found.add(record.clone()) && !found.add(record.clone()));
            let mut sorted: Vec<&Record> = shuffled[..count].iter().collect();
            sorted.sort_by(|a, b| a.place.cmp(&b.place));
            prop_assert_eq!(hash(&found, &currency), hash(&refold(sorted), &currency), "{} records", count);
        }
        prop_assert_eq!(State::of(&found, &currency), State::of(&book, &currency));
        identities(&found);
    }

    /// Packing accounts changes no decision and no record.
    #[test]
    fn packed_accounts_make_no_difference(text in any_book(), most in 0..4_usize) {
        let daybook = parse(&text).unwrap();
        let (mut plain, mut packing) = (Runner::new(&daybook), Runner::packing(&Outline::of(&daybook), most));
        for line in &daybook.lines {
            prop_assert_eq!(plain.line(line), packing.line(line), "line {}", line.number);
        }
        prop_assert!(plain.book().records().eq(packing.book().records()));
        prop_assert_eq!(plain.book().balances(None), packing.book().balances(None));
    }
}

/// The generator reaches its purpose: every kind of entry and exception occurs.
#[test]
fn random_books_record_every_kind() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let mut kinds = BTreeMap::<&str, u32>::new();
    let mut exceptions = BTreeMap::<String, u32>::new();
    let mut runner = TestRunner::deterministic();
    for shape in [CALM, CONTENTION].map(|shape| Shape { acts: LONG, ..shape }) {
        for _ in 0..400 {
            let text = books(shape).new_tree(&mut runner).unwrap().current();
            let (book, currency) = record(&text, |_| ());
            for record in book.records() {
                *kinds.entry(record.entry.body.kind()).or_default() += 1;
            }
            for exception in State::of(&book, &currency).exceptions {
                *exceptions.entry(exception.kind).or_default() += 1;
            }
        }
    }
    println!("{kinds:?}\n{exceptions:?}");
    let expected = [
        "order.placed",
        "order.planned",
        "payment.recorded",
        "credit.applied",
        "credit.unapplied",
        "credit.granted",
        "order.credited",
        "refund.recorded",
        "refund.requested",
        "refund.approved",
        "refund.rejected",
        "refund.issued",
        "refund.settled",
        "payout.processed",
        "payout.completed",
        "payout.rejected",
        "payout.reversed",
        "credit.reversed",
        "credit-note.reversed",
        "credit.transferred",
        "credit.received",
        "payment.reversed",
        "refund.reversed",
        "order.written-off",
        "credit.written-off",
        "write-off.reversed",
        "partner.paid",
        "partner-payment.reversed",
        "money.moved",
        "drawer.counted",
        "money.opened",
        "day.sealed",
        "day.unsealed",
        "exception.resolved",
        "refund.handed-over",
        "staff.added",
        "staff.changed",
        "partner.changed",
        "customer.changed",
        "customer.duplicated",
        "shop.changed",
        "partner.added",
        "bank.added",
    ];
    for kind in expected {
        assert!(kinds.get(kind).is_some_and(|count| *count >= 3), "{kind}: {kinds:?}");
    }
    // Counters exchange all entries, so no entry ever waits for another one, and no counter is copied.
    let never = [Kind::WaitingFor, Kind::NumberTwice];
    for kind in Kind::ALL.into_iter().filter(|kind| !never.contains(kind)) {
        assert!(exceptions.contains_key(&kind.to_string()), "{kind}: {exceptions:?}");
    }
}
