//! The exact output of the commands. `COUNTERFOIL_ACCEPT=1 cargo test -p cli --test reports` updates the expected files.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::{TestFolder, counterfoil, day_books, generated};
use std::path::Path;

const BOOK: &str = include_str!("corner-shop.daybook");

fn check(name: &str, words: &[&str]) {
    let folder = TestFolder::new();
    let (journal, _) = folder.journal(BOOK);
    let daybook = folder.put("corner-shop.daybook", BOOK);
    let run = |book: &str| {
        let words: Vec<&str> = words.iter().map(|word| if *word == "BOOK" { book } else { *word }).collect();
        let outcome = counterfoil(&words);
        assert_eq!((outcome.code, outcome.err.as_str()), (0, ""), "{words:?}");
        outcome.out
    };
    let found = run(&journal);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/expected").join(format!("{name}.txt"));
    if std::env::var_os("COUNTERFOIL_ACCEPT").is_some() {
        std::fs::write(&path, &found).unwrap();
    }
    assert_eq!(found, std::fs::read_to_string(&path).unwrap_or_default(), "{name}");
    if name != "verify" && !name.starts_with("export") {
        let of_day_book = run(&daybook).lines().map(without_numbers).collect::<Vec<_>>();
        assert_eq!(of_day_book, found.lines().map(without_numbers).collect::<Vec<_>>(), "{name}");
    }
}

/// A day book has no document numbers; its journal has.
fn without_numbers(line: &str) -> String {
    let is_number = |word: &str| {
        let (letters, digits) = word.split_once('-').unwrap_or((word, ""));
        letters.len() == 2 && letters.starts_with('A') && !digits.is_empty()
    };
    let words = line.split_whitespace().map(|word| word.trim_end_matches([':', ',']));
    words.filter(|word| !is_number(word) && !word.contains("O-")).collect::<Vec<_>>().join(" ")
}

#[test]
fn balances() {
    check("balances", &["journal", "balances", "BOOK"]);
    check("balances-parties", &["journal", "balances", "BOOK", "--parties"]);
    check("balances-as-of", &["journal", "balances", "BOOK", "--as-of", "2026-03-02"]);
    check("balances-known-on", &["journal", "balances", "BOOK", "--known-on", "2026-03-05"]);
    check("balances-json", &["journal", "balances", "BOOK", "--json"]);
    check("balances-json-as-of", &["journal", "balances", "BOOK", "--json", "--as-of", "2026-03-02"]);
}

#[test]
fn statement() {
    check("statement", &["journal", "statement", "BOOK", "mira"]);
    let words = ["journal", "statement", "BOOK", "mira", "--from", "2026-03-03", "--to", "2026-03-10"];
    check("statement-span", &words);
}

#[test]
fn ageing() {
    check("ageing", &["journal", "ageing", "BOOK"]);
    check("ageing-as-of", &["journal", "ageing", "BOOK", "--as-of", "2026-06-30"]);
    check("ageing-summary", &["journal", "ageing", "BOOK", "--summary", "--as-of", "2026-03-02"]);
}

#[test]
fn reports_of_a_span() {
    for command in ["daybook", "takings", "refunds", "partners", "tax", "activity"] {
        check(command, &["journal", command, "BOOK"]);
        let words = ["journal", command, "BOOK", "--from", "2026-03-03", "--to", "2026-03-05"];
        check(&format!("{command}-span"), &words);
    }
}

#[test]
fn exports() {
    for format in ["hledger", "beancount", "csv"] {
        check(&format!("export-{format}"), &["journal", "export", "--format", format, "BOOK"]);
    }
}

#[test]
fn verify_and_recalculate() {
    check("verify", &["journal", "verify", "BOOK"]);
    check("recalculate", &["journal", "recalculate", "BOOK"]);
}

#[test]
fn the_journal_of_every_day_book_has_the_same_state() {
    for path in day_books() {
        let folder = TestFolder::new();
        let (journal, _) = folder.journal(&std::fs::read_to_string(&path).unwrap());
        let run = counterfoil(&["daybook", "run", "--json", &path.to_string_lossy()]);
        assert_eq!(run.code, 0, "{path:?}");
        assert_eq!(counterfoil(&["journal", "balances", "--json", &journal]).out, run.out, "{path:?}");
        let verified = counterfoil(&["journal", "verify", &journal]);
        assert_eq!((verified.code, verified.err.as_str()), (0, ""), "{path:?}");
        let recalculated = counterfoil(&["journal", "recalculate", &journal]);
        assert_eq!(recalculated.code, 0, "{path:?}: {}", recalculated.out);
    }
}

#[test]
fn recalculate_names_the_first_entry_with_a_difference() {
    let folder = TestFolder::new();
    let lines: Vec<&str> = BOOK.lines().collect();
    let at = lines.iter().position(|line| line.starts_with("pay P-3")).unwrap();
    let (earlier, _) = folder.journal(&lines[..at].join("\n"));
    let saved = folder.put("saved.json", counterfoil(&["journal", "balances", "--json", &earlier]).out);
    let (journal, _) = folder.journal(BOOK);
    let outcome = counterfoil(&["journal", "recalculate", &journal, "--against", &saved]);
    assert_eq!(outcome.code, 1);
    assert!(
        outcome.out.contains("mira: saved owed") && outcome.out.contains("they differ from P-3,"),
        "{}",
        outcome.out
    );
    assert!(
        outcome
            .out
            .contains("tom: saved owed 80.00 credit 0.00, found 54.50 and 0.00; they differ from C-1,")
    );
    let now = folder.put("now.json", counterfoil(&["journal", "balances", "--json", &journal]).out);
    assert_eq!(counterfoil(&["journal", "recalculate", &journal, "--against", &now]).code, 0);
}

#[test]
fn the_csv_can_be_read_back_and_contains_no_formula() {
    let folder = TestFolder::new();
    let book = "shop \"S\" GBP\nbank \"=1+1\"\ncustomer c \"=HYPERLINK(a), b\"\ncustomer d \"@x\"\ncustomer e \"'=1\"\n\
                order O-1 c 10.00\npay P-1 c 10.00 bank to O-1\norder O-2 d 2.00\norder O-3 e 2.00\n";
    let (journal, _) = folder.journal(book);
    let csv = counterfoil(&["journal", "export", "--format", "csv", &journal]).out;
    let rows: Vec<csv::StringRecord> =
        csv::Reader::from_reader(csv.as_bytes()).records().map(Result::unwrap).collect();
    let (mut names, mut balance) = (Vec::new(), 0);
    for row in &rows {
        assert_eq!(row.len(), 12, "{csv}");
        assert!(row.iter().all(|text| !text.starts_with(['=', '+', '-', '@'])), "{csv}");
        let minor = |at: usize| row[at].replace('.', "").parse::<i64>().unwrap_or_default();
        balance += minor(9) - minor(10);
        let back = |text: &str| text.strip_prefix('\'').unwrap_or(text).to_owned();
        names.extend([back(&row[5]), back(&row[8])]);
    }
    assert_eq!(balance, 0);
    for name in ["=HYPERLINK(a), b", "@x", "'=1", "=1+1"] {
        assert!(names.iter().any(|found| found == name), "{name} comes back from {csv}");
    }
}

#[test]
fn the_generated_bytes_do_not_change() {
    let text = generated(300, 42);
    assert_eq!(text, generated(300, 42));
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/expected/generated.txt");
    if std::env::var_os("COUNTERFOIL_ACCEPT").is_some() {
        std::fs::write(&path, &text).unwrap();
    }
    assert_eq!(text, std::fs::read_to_string(path).unwrap_or_default());
}

#[test]
fn every_command_has_a_manual_page_and_completions() {
    let folder = tempfile::tempdir().unwrap();
    let outcome = counterfoil(&["man", "--dir", &folder.path().to_string_lossy()]);
    assert_eq!((outcome.code, outcome.err.as_str()), (0, ""));
    let script = counterfoil(&["completions", "bash"]).out;
    for command in ["verify", "balances", "statement", "ageing", "export", "recalculate"] {
        let page =
            std::fs::read_to_string(folder.path().join(format!("counterfoil-journal-{command}.1"))).unwrap();
        assert!(page.contains(".SH SYNOPSIS") && page.contains(command), "{page}");
        assert!(script.contains(command), "bash completes {command}");
    }
}

/// The account of a duplicate is with that of the customer that is kept, in the statement and in the ageing.
#[test]
fn a_duplicate_is_in_the_reports_of_the_customer_that_is_kept() {
    let folder = TestFolder::new();
    let day = "shop \"Corner\" GBP\ncustomer mira \"Mira Patel\"\ncustomer mira2 \"M. Patel\"\n\
        order O-1 mira 10.00\norder O-2 mira2 5.00\nduplicate mira2 of mira\n";
    let book = folder.put("twice.daybook", day);
    let statement = counterfoil(&["journal", "statement", &book, "mira"]);
    assert_eq!((statement.code, statement.err.as_str()), (0, ""));
    let of = |name: &str| statement.out.find(&format!("Statement of account: {name}"));
    assert!(of("Mira Patel (mira)").unwrap() < of("M. Patel (mira2)").unwrap(), "{}", statement.out);
    assert!(!counterfoil(&["journal", "statement", &book, "mira2"]).out.contains("(mira)"));
    let ageing = counterfoil(&["journal", "ageing", &book, "--summary"]);
    let rows: Vec<_> = ageing.out.lines().filter(|line| line.starts_with("mira")).collect();
    assert!(rows.len() == 1 && rows[0].contains("15.00"), "{}", ageing.out);
}
