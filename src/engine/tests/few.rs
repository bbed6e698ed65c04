//! Entries of other counters that are received a few at a time give the book that all entries give at once.

#[path = "../../../crates/daybook/tests/random/mod.rs"]
pub(super) mod random;

use super::acts::*;
use super::receive::merge;
use crate::engine::Engine;
use crate::store::{Memory, Store};
use journal::Line;
use ledger::date::Date;
use proptest::prelude::*;
use random::{CONTENTION, SEALED, books, not_refused};
use std::collections::BTreeMap;
use std::convert::Infallible;

/// The journal lines of a random day book, without its refused lines.
fn journal_of(text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let kept = daybook::parse::parse(&not_refused(text)).unwrap();
    daybook::journal::journal(kept, |line| {
        lines.push(line.to_owned());
        Ok::<_, Infallible>(())
    })
    .unwrap();
    lines
}

fn of_device<'a>(lines: &'a [String], device: &str) -> Vec<&'a String> {
    let is_own = |line: &&String| Line::parse(line.as_bytes()).unwrap().device == device;
    lines.iter().filter(is_own).collect()
}

/// The lines up to a share of each other device's chain, without half a press, and all of this one's.
fn part(lines: &[String], device: &str, share: usize) -> String {
    let mut chains = BTreeMap::<String, Vec<&String>>::new();
    for line in lines {
        let owner = Line::parse(line.as_bytes()).unwrap().device.to_owned();
        chains.entry(owner).or_default().push(line);
    }
    let cut = |(owner, chain): (String, Vec<&String>)| {
        let mut length = if owner == device { chain.len() } else { chain.len() * share / 3 };
        while 0 < length && length < chain.len() && goes_on(chain[length - 1]) {
            length += 1;
        }
        chain.into_iter().take(length).map(|line| format!("{line}\n")).collect::<String>()
    };
    chains.into_iter().map(cut).collect()
}

/// The chains of other devices cut into pieces, and the pieces in a random sequence that keeps each chain in order: the
/// `n`-th pick names a chain that has a piece left. Presses stay whole.
fn pieces(lines: &[String], device: &str, picks: &[usize]) -> Vec<String> {
    let mut chains = BTreeMap::<String, Vec<String>>::new();
    for line in lines {
        let owner = Line::parse(line.as_bytes()).unwrap().device.to_owned();
        if owner != device {
            chains.entry(owner).or_default().push(format!("{line}\n"));
        }
    }
    let (mut sent, mut files) = (BTreeMap::<String, usize>::new(), Vec::new());
    for pick in picks {
        let Some(owner) = chains.keys().nth(pick % chains.len().max(1)) else { break };
        let end = sent.entry(owner.clone()).or_default();
        *end = (*end + 1 + pick % 5).min(chains[owner].len());
        while *end < chains[owner].len() && goes_on(&chains[owner][*end - 1]) {
            *end += 1;
        }
        files.push(chains[owner][..*end].concat());
    }
    files.extend(chains.values().map(|chain| chain.concat()));
    files
}

fn goes_on(line: &str) -> bool {
    Line::parse(line.trim_end().as_bytes()).unwrap().press.is_some_and(journal::Press::goes_on)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    /// In any sequence, in any pieces, with the device failing in between, the book is the same at the end, and there is
    /// never a part of a press in it.
    #[test]
    fn any_sequence_and_any_crash_give_the_same_book(
        text in prop_oneof![books(SEALED), books(CONTENTION)],
        picks in proptest::collection::vec(0_usize..60, 1..12),
        crashes in proptest::collection::vec(any::<bool>(), 16),
    ) {
        let today = Date::parse("2026-01-28").unwrap();
        let lines = journal_of(&text);
        let own: Vec<String> = of_device(&lines, "A").into_iter().cloned().collect();
        let store = Memory::default();
        let mut engine = now(Engine::import(store.clone(), &own, today)).unwrap();
        for (at, file) in pieces(&lines, "A", &picks).iter().enumerate() {
            if crashes.get(at) == Some(&true) {
                store.fail_next(crate::store::Fault::Full);
                // It fails only if something is written.
                let _ = merge(&engine, file);
                store.no_fault();
                engine = now(Engine::open(store.clone(), today)).unwrap().unwrap();
            }
            merge(&engine, file).unwrap();
            let problems = now(engine.verify()).unwrap();
            prop_assert_eq!(problems, []);
        }
        let whole = Memory::default();
        let expected = now(Engine::import(whole.clone(), &lines, today)).unwrap();
        prop_assert_eq!(&*engine.rows(), &*expected.rows());
        prop_assert_eq!(queue(&engine), queue(&expected));
        prop_assert_eq!(engine.figures(today), expected.figures(today));
        prop_assert_eq!(&engine.shop().sums, &expected.shop().sums);
        prop_assert_eq!(store.sums(), whole.sums());
        prop_assert_eq!(&engine.state.borrow().later, &expected.state.borrow().later);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_few_entries_at_a_time_give_the_same_book(text in prop_oneof![books(SEALED), books(CONTENTION)]) {
        let today = Date::parse("2026-01-28").unwrap();
        let lines = journal_of(&text);
        let own: Vec<String> = of_device(&lines, "A").into_iter().cloned().collect();
        let store = Memory::default();
        let engine = now(Engine::import(store.clone(), &own, today)).unwrap();
        for share in 1..=3 {
            merge(&engine, &part(&lines, "A", share)).unwrap();
        }
        let whole = Memory::default();
        let expected = now(Engine::import(whole.clone(), &lines, today)).unwrap();
        prop_assert_eq!(&*engine.rows(), &*expected.rows());
        prop_assert_eq!(queue(&engine), queue(&expected));
        prop_assert_eq!(engine.figures(today), expected.figures(today));
        prop_assert_eq!(&engine.shop().sums, &expected.shop().sums);
        prop_assert_eq!(store.sums(), whole.sums());
        prop_assert_eq!(&engine.state.borrow().later, &expected.state.borrow().later);
        prop_assert_eq!(now(engine.verify()).unwrap(), []);
        let again = now(Engine::open(store.clone(), today)).unwrap().unwrap();
        prop_assert_eq!(&*again.rows(), &*expected.rows());
        prop_assert_eq!(again.figures(today), expected.figures(today));
        prop_assert_eq!(&again.state.borrow().later, &expected.state.borrow().later);
        prop_assert_eq!(now(store.meta(crate::store::DEVICE)).unwrap().is_some(), true);
    }
}
