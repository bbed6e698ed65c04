//! Following the proposed remedies closes every exception of a conflict.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod random;

use codec::memory::{Book, Caller};
use daybook::parse::parse;
use daybook::run::Runner;
use ledger::date::Date;
use ledger::decide::Decision;
use ledger::entry::{Place, Record, Verdict};
use ledger::exception::Kind;
use ledger::id::Id;
use ledger::rules::{Act, Command, Exception, resolve_manually};
use proptest::prelude::*;
use random::{CONTENTION, FOUR, TWO, books};
use std::collections::BTreeMap;

fn id(text: &str) -> Id {
    Id::new(text).unwrap()
}

/// Records a remedy, with a reason where one is required.
fn record(book: &mut Book, customer: Option<Id>, seq: u64, mut act: Act) -> bool {
    if let Act::ResolveException(asked) = &mut act {
        asked.reason = Some("reviewed".into());
    }
    let name = id(&format!("remedy-{seq}"));
    let command = Command { id: name, customer, on: None, act };
    let today = Date(jiff::civil::Date::constant(2026, 1, 31));
    match book.decide(Caller { actor: &id("owner"), counter: "A", today }, &command) {
        Ok(Decision::Record(entry)) => {
            let place = Place { order: (u64::MAX, 0), device: id("Z"), chain: 1, seq, branch: 0 };
            book.add(Record { place, verdict: Verdict::Ok, entry })
        }
        _ => false,
    }
}

/// Whether a remedy is accepted now, with a reason where one is required.
fn is_accepted(book: &Book, customer: Option<&Id>, remedy: &Act) -> bool {
    record(&mut book.clone(), customer.cloned(), 1, remedy.clone())
}

/// Every remedy that an account or the shop offers can be recorded as it is.
fn check_remedies(book: &Book) -> Result<(), TestCaseError> {
    for (customer, account) in book.accounts() {
        for found in account.exceptions(book.shop()) {
            prop_assert!(is_accepted(book, Some(customer), &found.remedy), "{:?}", found);
        }
    }
    for found in book.exceptions() {
        let owners = owners(book, &found);
        let accepted = owners.iter().any(|owner| is_accepted(book, owner.as_ref(), &found.remedy));
        prop_assert!(accepted, "{:?}", found);
    }
    Ok(())
}

/// The accounts that the exception may belong to, and the shop: two accounts may hold entries with the same id.
fn owners(book: &Book, found: &Exception) -> Vec<Option<Id>> {
    let accounts = book.accounts().filter(|(_, account)| account.entry(&found.entry).is_some());
    accounts.map(|(customer, _)| Some(customer.clone())).chain([None]).collect()
}

fn follow(mut book: Book) -> Result<(), TestCaseError> {
    let mut followed = BTreeMap::<(Kind, Id), u32>::new();
    for seq in 1..200 {
        check_remedies(&book)?;
        let Some(found) = book.exceptions().into_iter().next() else { return Ok(()) };
        let owners = owners(&book, &found);
        let mut remedies = vec![found.remedy.clone()];
        // Recording an entry again may be refused; then a clerk resolves the exception.
        let times = followed.entry((found.kind, found.entry.clone())).or_default();
        *times += 1;
        if found.kind == Kind::IdClash || *times > 3 {
            remedies.push(resolve_manually(found.kind, &found.entry));
        }
        let mut recorded = false;
        for (n, act) in (0..).zip(remedies) {
            let mut try_record =
                |owner: &Option<Id>| record(&mut book, owner.clone(), 2 * seq + n, act.clone());
            recorded |= owners.iter().any(&mut try_record);
        }
        prop_assert!(recorded, "{:?}", found);
    }
    prop_assert!(false, "still open: {:?}", book.exceptions());
    Ok(())
}

fn recorded(text: &str) -> Book {
    let daybook = parse(text).unwrap();
    let mut runner = Runner::new(&daybook);
    for line in &daybook.lines {
        let _ = runner.line(line);
    }
    runner.book().clone()
}

/// The remedy of the only exception after counters A and B recorded these lines while B was offline.
fn remedy(before: &str, on_a: &str, on_b: &str) -> Act {
    let book = recorded(&format!(
        "shop \"Corner Shop\" GBP\ncustomer ann \"Ann Bell\"\ncustomer ben \"Ben Cole\"\n@till B\n@till A\n\
         {before}\noffline B\n{on_a}\n@till B\n{on_b}\nonline B\n"
    ));
    let mut found = book.exceptions();
    assert_eq!(found.len(), 1, "{found:?}");
    found.remove(0).remedy
}

#[test]
fn a_payment_that_lost_its_id_is_proposed_only_for_orders_that_owe() {
    let order = "order O-1 ann 100.00";
    let paid =
        remedy(order, "pay P-1 ann 100.00 cash to O-1", "pay P-1 ann 100.00 bank to O-1 reference \"7\"");
    assert_eq!(paid, resolve_manually(Kind::IdClash, &id("P-1")));
    let two_orders = "order O-1 ann 100.00\norder O-2 ann 30.00";
    let owing = remedy(two_orders, "pay P-1 ann 100.00 cash to O-1", "pay P-1 ann 120.00 bank to O-1, O-2");
    let Act::RecordPayment(asked) = owing else { panic!("{owing:?}") };
    assert_eq!(asked.allocations.iter().map(|part| part.order.as_str()).collect::<Vec<_>>(), ["O-2"]);
}

#[test]
fn a_document_that_lost_its_id_is_recorded_again_only_where_it_still_fits() {
    let credit = |amount| format!("credit-note N-1 O-1 {amount} reason \"returned goods\"");
    let order = "order O-1 ann 100.00";
    let too_much = remedy(order, &credit("60.00"), &credit("70.00"));
    assert_eq!(too_much, resolve_manually(Kind::IdClash, &id("N-1")));
    assert!(matches!(remedy(order, &credit("60.00"), &credit("40.00")), Act::CreditNote(_)));
    let granted = "credit C-1 ann 50.00 reason \"goodwill\"";
    let spent = remedy(
        granted,
        "payout X-1 ann 40.00 cash from C-1",
        "payout X-1 ann 30.00 cash from C-1 payee \"x\"",
    );
    assert_eq!(spent, resolve_manually(Kind::IdClash, &id("X-1")));
}

/// Both documents count, so recording one of them again would count it twice.
#[test]
fn documents_of_two_accounts_with_one_id_are_not_recorded_again() {
    let both = remedy("", "credit C-1 ann 5.00 reason \"x\"", "credit C-1 ben 6.00 reason \"x\"");
    assert_eq!(both, resolve_manually(Kind::IdClash, &id("C-1")));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn remedies_close_every_exception(text in prop_oneof![books(CONTENTION), books(FOUR), books(TWO)]) {
        follow(recorded(&text))?;
    }
}
