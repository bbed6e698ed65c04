//! Whatever two counters disagreed about, following the remedies that the book offers ends with nothing open.
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

/// Somebody presses what is offered, and says why where a reason is asked for.
fn press(book: &mut Book, customer: Option<Id>, seq: u64, mut act: Act) -> bool {
    if let Act::ResolveException(asked) = &mut act {
        asked.reason = Some("seen to".into());
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

/// The accounts whose exception it may be, and the shop: two accounts may hold entries of one id.
fn owners(book: &Book, found: &Exception) -> Vec<Option<Id>> {
    let holding = book.accounts().filter(|(_, account)| account.entry(&found.entry).is_some());
    holding.map(|(customer, _)| Some(customer.clone())).chain([None]).collect()
}

fn follow(mut book: Book) -> Result<(), TestCaseError> {
    let mut followed = BTreeMap::<(Kind, Id), u32>::new();
    for seq in 1..200 {
        let Some(found) = book.exceptions().into_iter().next() else { return Ok(()) };
        let owners = owners(&book, &found);
        let mut offered = vec![found.remedy.clone()];
        // What is recorded again may no longer fit. It is for somebody to say that it was, or that a claim was paid.
        let times = followed.entry((found.kind, found.entry.clone())).or_default();
        *times += 1;
        if found.kind == Kind::IdClash || *times > 3 {
            offered.push(resolve_manually(found.kind, &found.entry));
        }
        let mut pressed = false;
        for (n, act) in (0..).zip(offered) {
            let mut press = |owner: &Option<Id>| press(&mut book, owner.clone(), 2 * seq + n, act.clone());
            pressed |= owners.iter().any(&mut press);
        }
        prop_assert!(pressed, "{:?}", found);
    }
    prop_assert!(false, "still open: {:?}", book.exceptions());
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn remedies_lead_to_the_end(text in prop_oneof![books(CONTENTION), books(FOUR), books(TWO)]) {
        let daybook = parse(&text).unwrap();
        let mut runner = Runner::new(&daybook);
        for line in &daybook.lines {
            let _ = runner.line(line);
        }
        follow(runner.book().clone())?;
    }
}
