//! The example shop: it can be recorded, it ends today, and it has customers of every kind.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use codec::decode::{Decoded, decode};
use codec::example_template::{TemplateError, instantiate};
use codec::memory::Book;
use daybook::example;
use journal::{Clock, Line, Press, Verifier};
use ledger::date::Date;
use ledger::entry::{Body, Record, Verdict};
use ledger::id::Id;
use ledger::money::Money;
use ledger::view::account::AccountView;
use std::collections::BTreeSet;

const NOW: u64 = 1_798_000_000_000;

fn instantiated(template: &str, today: &str) -> Result<Vec<String>, TemplateError> {
    let id = |text| Id::new(text).unwrap();
    instantiate(template, Date::parse(today).unwrap(), id("shop-1"), id("device-1"), NOW)
}

fn example_lines(today: &str) -> Vec<String> {
    instantiated(&example::template().unwrap(), today).unwrap()
}

/// The records of the lines after the first one.
fn records(lines: &[String]) -> Vec<Record> {
    let record = |line: &String| {
        let bytes = line.as_bytes();
        let clock = Line::parse(bytes).unwrap().clock;
        let Decoded::Entry(record) = decode(bytes, clock, Verdict::Ok).unwrap() else { panic!("{line}") };
        *record
    };
    lines[1..].iter().map(record).collect()
}

/// The book of the lines.
fn book(lines: &[String]) -> Book {
    let mut book = Book::new();
    for record in records(lines) {
        book.add(record);
    }
    book
}

#[test]
fn the_template_in_public_is_current() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../public/example.txt");
    let shipped = std::fs::read_to_string(file).unwrap();
    assert!(
        shipped == example::template().unwrap(),
        "cargo run -p daybook --example example_template > public/example.txt"
    );
}

#[test]
fn other_texts_are_not_templates() {
    let whole = example::template().unwrap();
    let (first, rest) = whole.split_once('\n').unwrap();
    for (text, why) in [
        ("", "nothing"),
        (rest, "no shop"),
        (&first[..first.len() - 1], "half a body"),
        ("a\tb", "half a line"),
    ] {
        assert!(instantiated(text, "2027-02-28").is_err(), "{why}");
    }
}

#[test]
fn its_lines_are_a_valid_journal() {
    let lines = example_lines("2027-02-28");
    let mut verifier = Verifier::default();
    for line in &lines {
        assert_eq!(verifier.check(line.as_bytes()), [], "{line}");
        assert!(Line::parse(line.as_bytes()).unwrap().clock <= Clock(NOW, u32::MAX));
    }
    assert_eq!(verifier.heads().next().unwrap().2.seq, u64::try_from(lines.len()).unwrap());
}

#[test]
fn it_ends_on_any_given_day() {
    for today in ["2026-11-20", "2027-02-28", "2028-02-29", "2031-01-01", "2020-06-15"] {
        let records = records(&example_lines(today));
        assert_eq!(records.iter().map(|record| record.entry.on).max().unwrap().to_string(), today);
        let numbers: Vec<_> = records.iter().filter_map(|record| record.entry.no.as_deref()).collect();
        assert!(numbers.contains(&"AI-0001") && numbers.contains(&"AR-0001"));
    }
}

#[test]
fn the_same_day_gives_the_same_lines() {
    assert_eq!(example_lines("2027-02-28"), example_lines("2027-02-28"));
}

/// Everything that a shop can record, but for what needs a second counter or an owner's choice.
#[test]
fn it_has_acts_of_every_kind() {
    let lines = example_lines("2026-11-20");
    let records = records(&lines);
    let found: BTreeSet<&str> = records.iter().map(|record| record.entry.body.kind()).collect();
    let missing: BTreeSet<&str> =
        Body::KINDS.iter().map(|(kind, _)| *kind).filter(|kind| !found.contains(kind)).collect();
    let absent = [
        "blind-count.set",
        "card.saved",
        "charge.asked",
        "charge.progressed",
        "charge.withdrawn",
        "collection.set",
        "credit-note.reversed",
        "credit.reversed",
        "credit.written-off",
        "device.invited",
        "device.revoked",
        "dispute.recorded",
        "entry.adopted",
        "exception.resolved",
        "invite.withdrawn",
        "item.set",
        "method.added",
        "payment.disputed",
        "payout.rejected",
        "refund.approved",
        "refund.progressed",
        "refund.rejected",
        "refund.reversed",
        "refund.settled",
        "refund.withdrawn",
        "right.granted",
        "shop.changed",
        "shop.moved",
        "staff.changed",
        "write-off.reversed",
    ];
    assert_eq!(missing, absent.into_iter().collect());
    let bodies = || records.iter().map(|record| &record.entry.body);
    let orders =
        || bodies().filter_map(|body| if let Body::OrderPlaced(placed) = body { Some(placed) } else { None });
    let order_lines = || orders().flat_map(|placed| &placed.lines);
    assert!(orders().any(|placed| placed.discount.is_some()));
    assert!(
        order_lines().any(|line| line.less.is_some()) && order_lines().any(|line| line.gross == Money::ZERO)
    );
    assert!(order_lines().any(|line| line.qty.0 % 1_000 != 0));
    assert!(bodies().any(|body| matches!(body, Body::PaymentRecorded(paid) if !paid.rounding.is_zero())));
    assert!(bodies().any(|body| matches!(body, Body::PayoutCompleted(paid) if !paid.rounding.is_zero())));
    let refunds = || bodies().filter_map(Body::refund);
    assert!(refunds().any(|refund| !refund.rounding.is_zero() && !refund.returned.is_empty()));
}

/// The two entries of a transfer are one press, and a seal covers what its own device has written.
#[test]
fn its_presses_and_seals_are_those_of_its_device() {
    let lines = example_lines("2026-11-20");
    let press = |line: &String| Line::parse(line.as_bytes()).unwrap().press;
    let presses: Vec<_> = lines.iter().filter_map(press).collect();
    assert_eq!(presses, [Press(1, 2), Press(2, 2)]);
    let records = records(&lines);
    let seals = records.iter().filter_map(|record| {
        let Body::DaySealed(sealed) = &record.entry.body else { return None };
        Some((record.place.seq, sealed.covers.clone()))
    });
    for (seq, covers) in seals {
        let [covered] = &covers[..] else { panic!("{covers:?}") };
        assert_eq!((covered.device.as_str(), covered.chain, covered.seq), ("device-1", 1, seq - 1));
    }
    assert_eq!(book(&lines).shop().sealed, None);
}

#[test]
fn it_has_customers_of_every_kind() {
    let book = book(&example_lines("2026-11-20"));
    let today = Date::parse("2026-11-20").unwrap();
    let views: Vec<AccountView> = book.accounts().map(|(_, account)| account.view(book.shop())).collect();
    let some = |what: &str, of: &dyn Fn(&AccountView) -> bool| {
        assert!(views.iter().any(of), "no customer is {what}");
    };
    assert!((40..=60).contains(&views.len()), "{} customers", views.len());
    assert_eq!((book.shop().partners.len(), book.shop().banks.len(), book.shop().staff.len()), (3, 2, 2));
    some("a company", &|view| view.customer.company);
    some("a walk-in", &|view| view.customer.walk_in);
    some("overdue", &|view| view.customer.oldest_due.is_some_and(|due| due < today));
    some("not due yet", &|view| view.customer.oldest_due.is_some_and(|due| due > today));
    some("holding credit", &|view| view.customer.credit.is_positive());
    some("without any order", &|view| view.orders.is_empty());
    some("bounced", &|view| view.payments.iter().any(|payment| payment.reversed));
    some("busy", &|view| view.customer.records >= 40);
    some("of a long name", &|view| view.customer.name.chars().count() > 60);
    for name in ["Владимир Соколов", "山田 花子", "محمد الفاسي", "प्रिया शर्मा", "Łukasz Wójcik"]
    {
        some(name, &|view| view.customer.name == name);
    }
    use ledger::account::Status;
    for status in [Status::Requested, Status::Pending, Status::Awaiting, Status::Recorded] {
        some(&format!("{status:?}"), &|view| view.refunds.iter().any(|refund| refund.status == status));
    }
    let mira = views.iter().find(|view| view.customer.name == "Mira Patel").unwrap();
    let currency = book.shop().currency.clone().unwrap();
    assert_eq!(currency.format(mira.customer.owed), "70.00");
    assert_eq!(currency.format(mira.customer.credit), "5.00");
}
