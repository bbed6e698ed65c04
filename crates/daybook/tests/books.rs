//! What holds in every book, whatever was recorded in whatever sequence on however many counters.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod random;

use book::memory::Book;
use daybook::parse::parse;
use daybook::run::Runner;
use daybook::state::State;
use ledger::act::refund::Status;
use ledger::body::Body;
use ledger::code::{BookAccount, Code};
use ledger::entry::Record;
use ledger::exception::Kind;
use ledger::money::{Currency, Money};
use proptest::prelude::*;
use random::{Acts, Shape, books};

const CASES: u32 = 128;

/// One counter, two customers: nothing is ever cut.
const CALM: Shape = Shape { customers: 2, tills: 1, acts: 60, acts_of: Acts::All, currency: "GBP" };
/// One customer, three counters that are often offline: everything meets everything.
const CONTENTION: Shape = Shape { customers: 1, tills: 3, acts: 60, acts_of: Acts::All, currency: "GBP" };
/// The most counters that a random book has.
const FOUR: Shape = Shape { tills: 4, ..CONTENTION };

/// Records a text; lines that are refused are passed over. `after` sees the book after every line.
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
    for (customer, account) in book.accounts() {
        // In there: no tax group is credited for more than it holds.
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
        let overspent = account.exceptions().iter().any(|found| found.kind == Kind::CreditOverspent);
        for (lot, _, os) in account.lots() {
            assert!(os >= Money::ZERO || overspent, "{lot} stands at {os:?} without an exception");
        }
    }
    partners(book);
}

/// 2300 and 2310 follow from what each order has given and accrued.
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
        let paid = book.records().filter_map(|record| match &record.entry.body {
            Body::PartnerPaid(paid) if paid.partner == *id => Some(paid.amount),
            _ => None,
        });
        assert_eq!(-balance(book, Code::CommissionPayable, id.as_str()), given - paid.sum(), "2300 of {id}");
        assert_eq!(-balance(book, Code::CommissionAccrued, id.as_str()), accrued, "2310 of {id}");
    }
}

/// With one counter, what is in transit is what is pending or awaiting; credit that went back to its lot is not.
fn in_transit(book: &Book) {
    let waiting = |status| matches!(status, Status::Pending | Status::Awaiting);
    let rows = book.accounts().flat_map(|(_, account)| account.view(book.shop()).refunds);
    let money = |row: ledger::view::refund::RefundRow| match &book.known(&row.id).unwrap().body {
        Body::PayoutProcessed(payout) => payout.amount,
        Body::RefundIssued(refund) | Body::RefundRequested(refund) => {
            refund.parts.iter().filter(|part| !part.credit).map(|part| part.amount).sum()
        }
        other => panic!("{} waits", other.kind()),
    };
    let expected: Money = rows.filter(|row| waiting(row.status)).map(money).sum();
    assert_eq!(balance(book, Code::RefundsPayable, ""), -expected, "2110");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: CASES, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn figures_and_balances_agree_after_every_line(text in books(CALM)) {
        record(&text, |book| {
            identities(book);
            in_transit(book);
        });
    }

    #[test]
    fn figures_and_balances_agree_while_counters_disagree(
        text in prop_oneof![books(CONTENTION), books(FOUR)]
    ) {
        record(&text, identities);
    }

    #[test]
    fn the_way_records_come_makes_no_difference(
        (text, shuffled) in prop_oneof![books(CONTENTION), books(FOUR)].prop_flat_map(|text| {
            let records = record(&text, |_| ()).0.records().collect::<Vec<_>>();
            (Just(text), Just(records).prop_shuffle())
        })
    ) {
        let (book, currency) = record(&text, |_| ());
        let expected = State::of(&book, &currency);
        let mut found = refold(&shuffled);
        prop_assert_eq!(&State::of(&found, &currency), &expected);
        for record in shuffled {
            prop_assert!(!found.add(record));
        }
        prop_assert_eq!(hash(&found, &currency), expected.state_hash);
        identities(&found);
    }

    #[test]
    fn adding_one_by_one_is_folding_from_nothing(text in books(CONTENTION)) {
        let (book, currency) = record(&text, |_| ());
        let mut incremental = Book::new();
        let records: Vec<Record> = book.records().collect();
        for (count, record) in (1..).zip(&records) {
            incremental.add(record.clone());
            let mut sorted: Vec<&Record> = records[..count].iter().collect();
            sorted.sort_by(|a, b| a.place.cmp(&b.place));
            prop_assert_eq!(hash(&incremental, &currency), hash(&refold(sorted), &currency), "after {} records", count);
        }
    }

    #[test]
    fn currencies_without_and_with_three_decimals(
        text in prop_oneof![
            books(Shape { currency: "JPY", ..CALM }),
            books(Shape { currency: "KWD", tills: 2, ..CALM }),
        ]
    ) {
        record(&text, identities);
    }
}

/// The generator has to reach what it is for: most acts of each kind are recorded somewhere.
#[test]
fn random_books_record_every_kind() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let mut kinds = std::collections::BTreeMap::<&str, u32>::new();
    let mut exceptions = std::collections::BTreeMap::<String, u32>::new();
    let mut runner = TestRunner::deterministic();
    for shape in [CALM, CONTENTION] {
        for _ in 0..300 {
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
        "credit.reversed",
        "credit-note.reversed",
        "payment.reversed",
        "refund.reversed",
        "order.written-off",
        "credit.written-off",
        "write-off.reversed",
        "partner.paid",
        "money.moved",
        "drawer.counted",
    ];
    for kind in expected {
        assert!(kinds.get(kind).is_some_and(|count| *count >= 5), "{kind}: {kinds:?}");
    }
}
