//! A charge and the payment that it becomes are one document with one number, also where the endpoint and a person both record the payment.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod counter;

use counter::{Counter, id, m, pay};
use ledger::entry::{
    Body, ChargeAsked, ChargeStage, Entry, PaymentLink, Place, ProgressCharge, Record, Verdict,
    WithdrawCharge,
};
use ledger::exception::Kind;
use ledger::fold::CustomerBook;
use ledger::rules::{Act, AskCharge, RecordPayment};
use ledger::view::account::AccountView;

fn ask(charge: &str, amount: i64) -> Act {
    let RecordPayment { amount, allocations, .. } = pay(amount, &[("O-1", None)]);
    let payment = id(&format!("{charge}-paid"));
    Act::AskCharge(AskCharge {
        payment,
        by_link: false,
        saves: false,
        amount,
        allocations,
        eligible: true,
        note: None,
    })
}

fn progress(charge: &str, stage: ChargeStage) -> Act {
    Act::ProgressCharge(ProgressCharge {
        charge: id(charge),
        stage,
        reference: None,
        reason: None,
        link: None,
    })
}

fn view(counter: &Counter) -> AccountView {
    counter.books[&id("mira")].account().view(&counter.shop)
}

fn shown(counter: &Counter) -> Vec<(String, Option<ChargeStage>)> {
    view(counter).charges.iter().map(|row| (row.id.to_string(), row.stage)).collect()
}

/// The entry that the endpoint writes when the charge has succeeded, at a place of its own.
fn paid(counter: &Counter, no: Option<&str>, (clock, reference): (u64, &str)) -> Record {
    let asked = counter.entries.iter().find_map(|entry| match &entry.body {
        Body::ChargeAsked(asked) => Some(asked.clone()),
        _ => None,
    });
    let asked: ChargeAsked = asked.unwrap();
    let entry = Entry {
        id: asked.payment.clone(),
        no: no.map(str::to_owned),
        actor: id("owner"),
        on: counter.today,
        customer: Some(id("mira")),
        body: Body::PaymentRecorded(asked.paid(reference.into())),
    };
    let place = Place { order: (clock, 0), device: id("E"), chain: 1, seq: clock, branch: 0 };
    Record { place, verdict: Verdict::Ok, entry }
}

/// The book of mira, in which the charge has a number.
fn numbered(counter: &Counter) -> CustomerBook {
    let records = counter.books[&id("mira")].records().map(|(place, verdict, entry)| {
        let mut entry = (**entry).clone();
        if matches!(entry.body, Body::ChargeAsked(_)) {
            entry.no = Some("AP-0001".into());
        }
        Record { place: place.clone(), verdict, entry }
    });
    CustomerBook::new(id("mira"), records.collect())
}

#[test]
fn a_charge_becomes_one_payment_with_its_number_however_often_it_is_recorded() {
    let mut counter = Counter::with_card(10_000);
    counter.mira("K-1", ask("K-1", 10_000));
    let mut book = numbered(&counter);
    assert_eq!(book.account().view(&counter.shop).charges.len(), 1);
    for clock in [1_000, 2_000] {
        book.add(paid(&counter, Some("AP-0001"), (clock, "pi_1")));
    }
    let view = book.account().view(&counter.shop);
    assert_eq!((view.charges.len(), view.payments.len(), view.customer.owed), (0, 1, m(0)));
    assert_eq!(view.payments[0].no.as_deref(), Some("AP-0001"));
    assert_eq!(view.exceptions, []);
    // Another document with that number is one too many.
    let mut other = paid(&counter, Some("AP-0001"), (3_000, "pi_1"));
    other.entry.id = id("P-9");
    book.add(other);
    let view = book.account().view(&counter.shop);
    assert!(
        view.exceptions.iter().any(|row| row.exception.kind == Kind::NumberTwice),
        "{:?}",
        view.exceptions
    );
}

#[test]
fn a_payment_that_a_person_has_found_and_the_endpoint_records_later_counts_once() {
    let mut counter = Counter::with_card(10_000);
    counter.mira("K-1", ask("K-1", 10_000));
    let mut book = numbered(&counter);
    book.add(paid(&counter, None, (1_000, "looked up")));
    book.add(paid(&counter, Some("AP-0001"), (2_000, "pi_1")));
    let view = book.account().view(&counter.shop);
    assert_eq!((view.payments.len(), view.customer.owed, view.customer.credit), (1, m(0), m(0)));
    assert!(view.exceptions.iter().all(|row| row.exception.kind == Kind::IdClash), "{:?}", view.exceptions);
}

#[test]
fn only_the_last_charge_that_was_not_made_is_shown_and_only_while_its_order_owes() {
    let mut counter = Counter::with_card(10_000);
    for charge in ["K-1", "K-2"] {
        counter.mira(charge, ask(charge, 5_000));
        counter.mira(&format!("{charge}-d"), progress(charge, ChargeStage::Declined));
    }
    assert_eq!(shown(&counter), [("K-2".to_owned(), Some(ChargeStage::Declined))]);
    // One that is under way is always shown.
    counter.mira("K-3", ask("K-3", 5_000));
    counter.mira("K-4", ask("K-4", 5_000));
    counter.mira("K-4-a", progress("K-4", ChargeStage::Approve));
    let both = [("K-4".to_owned(), Some(ChargeStage::Approve)), ("K-3".to_owned(), None)];
    assert_eq!(shown(&counter), both);
    counter.mira("P-1", Act::RecordPayment(pay(10_000, &[("O-1", None)])));
    assert_eq!(shown(&counter), [("K-3".to_owned(), None)]);
}

/// Its address is shown while it can be paid, and no longer than that.
#[test]
fn a_link_is_under_way_until_the_endpoint_says_what_became_of_it() {
    let mut counter = Counter::with_card(10_000);
    let Act::AskCharge(asked) = ask("K-1", 10_000) else { unreachable!() };
    counter.mira("K-1", Act::AskCharge(AskCharge { by_link: true, ..asked }));
    let row = |counter: &Counter| view(counter).charges[0].clone();
    assert!(row(&counter).is_link && row(&counter).shown.is_none() && row(&counter).link.is_none());
    let link = PaymentLink { address: "https://checkout.example/1".into(), expires: 1_790_000_000_000 };
    let open = ProgressCharge {
        charge: id("K-1"),
        stage: ChargeStage::Open,
        reference: Some("cs_1".into()),
        reason: None,
        link: Some(link.clone()),
    };
    counter.mira("K-1-open", Act::ProgressCharge(open));
    assert_eq!((row(&counter).link, row(&counter).is_under_way()), (Some(link), true));
    counter.mira("K-1-x", Act::WithdrawCharge(WithdrawCharge { charge: id("K-1") }));
    assert!(row(&counter).cancel_asked && row(&counter).is_under_way());
    counter.mira("K-1-end", progress("K-1", ChargeStage::Canceled));
    assert!(!row(&counter).is_under_way() && row(&counter).link.is_none());
    // It moved nothing.
    assert_eq!((view(&counter).customer.owed, view(&counter).payments.len()), (m(10_000), 0));
}
