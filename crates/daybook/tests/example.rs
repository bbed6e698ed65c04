//! The example shop: it records, it ends today, and it holds a customer of every kind.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use book::decode::{Decoded, decode};
use book::memory::Book;
use daybook::example::{Example, journal};
use journal::{Clock, Line, Verifier};
use ledger::date::Date;
use ledger::entry::Verdict;
use ledger::id::Id;
use ledger::view::account::AccountView;

const NOW: u64 = 1_798_000_000_000;

fn example(today: &str) -> Example {
    let id = |text| Id::new(text).unwrap();
    journal(Date::parse(today).unwrap(), &id("shop-1"), &id("device-1"), NOW).unwrap()
}

/// The book that the lines alone come to.
fn book(example: &Example) -> Book {
    let mut book = Book::new();
    for line in &example.lines {
        let bytes = line.bytes.as_bytes();
        let clock = Line::parse(bytes).unwrap().clock;
        let Decoded::Entry(record) = decode(bytes, clock, Verdict::Ok).unwrap() else {
            panic!("{}", line.bytes)
        };
        assert_eq!(*record, line.record);
        book.add(*record);
    }
    book
}

#[test]
fn its_lines_are_a_journal() {
    let example = example("2027-02-28");
    let mut verifier = Verifier::default();
    let lines =
        std::iter::once(example.opened.as_str()).chain(example.lines.iter().map(|line| line.bytes.as_str()));
    for line in lines {
        assert_eq!(verifier.check(line.as_bytes()), [], "{line}");
    }
    assert_eq!(example.device.head.unwrap().seq, 1 + u64::try_from(example.lines.len()).unwrap());
    assert!(example.device.clock <= Clock(NOW, u32::MAX));
}

#[test]
fn it_ends_today_whatever_today_is() {
    for today in ["2026-11-20", "2027-02-28", "2028-02-29", "2031-01-01", "2020-06-15"] {
        let example = example(today);
        let dates = example.lines.iter().map(|line| line.record.entry.on);
        assert_eq!(dates.max().unwrap().to_string(), today);
        let numbers: Vec<_> = example.lines.iter().filter_map(|line| line.record.entry.no.clone()).collect();
        assert!(numbers.contains(&"AI-0001".to_owned()) && numbers.contains(&"AR-0001".to_owned()));
    }
}

#[test]
fn the_same_day_gives_the_same_lines() {
    assert_eq!(example("2027-02-28"), example("2027-02-28"));
}

#[test]
fn it_holds_customers_of_every_kind() {
    let book = book(&example("2026-11-20"));
    let today = Date::parse("2026-11-20").unwrap();
    let views: Vec<AccountView> = book.accounts().map(|(_, account)| account.view(book.shop())).collect();
    let some = |what: &str, of: &dyn Fn(&AccountView) -> bool| {
        assert!(views.iter().any(of), "nobody is {what}");
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
    use ledger::act::refund::Status;
    for status in [Status::Requested, Status::Pending, Status::Awaiting, Status::Recorded] {
        some(&format!("{status:?}"), &|view| view.refunds.iter().any(|refund| refund.status == status));
    }
    let mira = views.iter().find(|view| view.customer.name == "Mira Patel").unwrap();
    let currency = book.shop().currency.clone().unwrap();
    assert_eq!(currency.format(mira.customer.owed), "70.00");
    assert_eq!(currency.format(mira.customer.credit), "5.00");
}
