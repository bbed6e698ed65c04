//! Exports of sealed days on random books: what was exported up to a sealed day is the beginning of every later export.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;
#[path = "../../daybook/tests/random/mod.rs"]
mod random;

use common::{TestFolder, counterfoil};
use daybook::parse::parse;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use random::{SEALED, Shape, books, not_refused};
use serde_json::Value;

const FORMATS: [&str; 4] = ["hledger", "ledger", "beancount", "csv"];

/// A seal as a journal line has it, with its own place and what it and the seals before it cover.
struct Sealed {
    id: String,
    day: String,
    covers: Vec<(Value, Value, u64)>,
}

#[test]
fn an_export_up_to_a_sealed_day_is_the_beginning_of_every_later_one() {
    let (mut runner, mut late) = (TestRunner::deterministic(), 0);
    for round in 0..24 {
        let shape = Shape { tills: 2 + round % 3, ..SEALED };
        let text = not_refused(&books(shape).new_tree(&mut runner).unwrap().current());
        let folder = TestFolder::new();
        let (whole, lines) = folder.journal(&text);
        late += usize::from(export(&whole, "hledger", None).contains("    ; dated: "));
        let mut covers = Vec::new();
        for sealed in counting(&text, &lines) {
            covers.extend(sealed.covers.clone());
            let then = folder.put("then.jsonl", held(&lines, &covers, &sealed.id));
            for format in FORMATS {
                let fixed = export(&then, format, Some(&sealed.day));
                let at = format!("{format} up to {} in\n{text}", sealed.day);
                assert_eq!(export(&whole, format, Some(&sealed.day)), fixed, "{at}");
                assert!(export(&whole, format, None).starts_with(&fixed), "{at}");
            }
        }
    }
    assert!(late > 4, "{late} books with late entries");
}

fn export(journal: &str, format: &str, as_of: Option<&str>) -> String {
    let as_of = as_of.into_iter().flat_map(|day| ["--as-of", day]);
    let words = ["journal", "export", "--format", format].into_iter().chain(as_of).chain([journal]);
    let outcome = counterfoil(&words.collect::<Vec<_>>());
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    outcome.out
}

/// The seals that count at the end, in order.
fn counting(text: &str, lines: &str) -> Vec<Sealed> {
    let daybook = parse(text).unwrap();
    let book = daybook::run::run(&daybook).unwrap();
    let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let sealed = |seal: &ledger::shop::Seal| {
        let line = lines.iter().find(|line| line["id"] == seal.entry.as_str()).unwrap();
        let covers = line["body"]["covers"].as_array().unwrap().iter();
        Sealed {
            id: seal.entry.to_string(),
            day: seal.day.to_string(),
            covers: covers
                .map(|held| (held["device"].clone(), held["chain"].clone(), held["seq"].as_u64().unwrap()))
                .collect(),
        }
    };
    book.shop().seals.counting().map(sealed).collect()
}

/// The lines that are covered, and those of the seal's own chain up to the seal.
fn held(lines: &str, covers: &[(Value, Value, u64)], seal: &str) -> String {
    let parsed = |line: &str| serde_json::from_str::<Value>(line).unwrap();
    let place = |line: &Value| (line["device"].clone(), line["chain"].clone(), line["seq"].as_u64().unwrap());
    let seal = lines.lines().map(parsed).find(|line| line["id"] == seal).map(|line| place(&line)).unwrap();
    let is_held = |line: &&str| {
        let (device, chain, seq) = place(&parsed(line));
        let mut covers = covers.iter().chain([&seal]);
        covers.any(|(of, number, last)| (of, number) == (&device, &chain) && seq <= *last)
    };
    lines.lines().filter(is_held).map(|line| format!("{line}\n")).collect()
}
