//! Every day book of `tests/daybooks` has the expected outcome.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use daybook::ast::{Expectation, Statement};
use daybook::parse::parse;
use daybook::run::{Failure, check};
use ledger::exception::Kind;
use ledger::refusal::Refusal;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/daybooks")
}

fn failures(path: &Path) -> Vec<String> {
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    let daybook = match parse(&std::fs::read_to_string(path).unwrap()) {
        Ok(daybook) => daybook,
        Err(malformed) => return vec![format!("{name}:{malformed}")],
    };
    let sentence =
        |Failure { line, expected, found }| format!("{name}:{line}: expected {expected}, found {found}");
    check(&daybook).into_iter().map(sentence).collect()
}

fn day_books() -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "daybook"));
    paths.sort();
    paths
}

#[test]
fn all_have_the_expected_outcome() {
    let paths = day_books();
    assert!(paths.len() >= 7, "the day books are missing: {paths:?}");
    let failures: Vec<String> = paths.iter().flat_map(|path| failures(path)).collect();
    assert!(failures.is_empty(), "\n{}", failures.join("\n"));
}

/// Refusals that cannot occur because the notation rejects their lines, or because counters exchange all entries that a seal covers.
/// `crates/ledger/tests/refusal_order` tests them.
const MALFORMED: [&str; 4] = ["PartsDiffer", "NamedTwice", "UnknownCurrency", "NotAllHere"];

/// Exceptions that cannot occur because counters always exchange all entries, and because no counter is copied.
/// `crates/ledger/tests/merging.rs` adds records one by one, and `branches.rs` reads the journals of two copies.
const NEVER_RAISED: [Kind; 2] = [Kind::WaitingFor, Kind::NumberTwice];

#[test]
fn every_refusal_and_every_exception_occurs() {
    let (mut refused, mut raised) = (BTreeSet::new(), BTreeSet::new());
    for path in day_books() {
        for line in parse(&std::fs::read_to_string(path).unwrap()).unwrap().lines {
            match line.statement {
                Statement::Refuse { refusal, .. } => {
                    refused.insert(refusal);
                }
                Statement::Expect(Expectation::Exception(kind)) => {
                    raised.insert(kind);
                }
                _ => {}
            }
        }
    }
    let expected: BTreeSet<&str> =
        Refusal::NAMES.iter().copied().filter(|name| !MALFORMED.contains(name)).collect();
    assert_eq!(refused, expected);
    let expected: BTreeSet<Kind> =
        Kind::ALL.into_iter().filter(|kind| !NEVER_RAISED.contains(kind)).collect();
    assert_eq!(raised, expected);
}
