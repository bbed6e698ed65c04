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
            let place = Place { order: (u64::MAX, 0), device: id("Z"), chain: 1, seq };
            book.add(Record { place, verdict: Verdict::Ok, entry })
        }
        _ => false,
    }
}

/// The accounts that the exception may belong to, and the shop: two accounts may hold entries with the same id.
fn owners(book: &Book, found: &Exception) -> Vec<Option<Id>> {
    let accounts = book.accounts().filter(|(_, account)| account.entry(&found.entry).is_some());
    accounts.map(|(customer, _)| Some(customer.clone())).chain([None]).collect()
}

fn follow(mut book: Book) -> Result<(), TestCaseError> {
    let mut followed = BTreeMap::<(Kind, Id), u32>::new();
    for seq in 1..200 {
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

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn remedies_close_every_exception(text in prop_oneof![books(CONTENTION), books(FOUR), books(TWO)]) {
        let daybook = parse(&text).unwrap();
        let mut runner = Runner::new(&daybook);
        for line in &daybook.lines {
            let _ = runner.line(line);
        }
        follow(runner.book().clone())?;
    }
}
