//! Reports across a seal, when a counter that was offline sends its entries of the sealed day.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::{TestFolder, counterfoil};

/// A counter is offline at the end of March and sends its entries when March is sealed.
const BOOK: &str = r#"
@2026-03-31
shop "Corner Shop" GBP
bank "Current"
partner pat 10%
customer mira "Mira Patel"
order O-1 mira 100.00 lead pat
pay P-0 mira 20.00 cash to O-1
@till B
expect owed O-1 80.00
offline B
pay P-1 mira 60.00 cash to O-1
refund R-1 O-1 5.00 cash from P-1 stays reason "stain"
move-cash 30.00 to bank
pay-partner pat 1.00 bank
@till A
@2026-04-01
seal 2026-03-31
online B
pay P-2 mira 7.00 card to O-1
"#;

/// The words of the lines of a report that contain a text.
fn lines(words: &[&str], containing: &str) -> Vec<Vec<String>> {
    let folder = TestFolder::new();
    let (journal, _) = folder.journal(BOOK);
    let words: Vec<&str> = words.iter().map(|word| if *word == "BOOK" { &journal } else { *word }).collect();
    let outcome = counterfoil(&words);
    assert_eq!((outcome.code, outcome.err.as_str()), (0, ""), "{words:?}");
    let lines = outcome.out.lines().filter(|line| line.contains(containing));
    lines.map(|line| line.split_whitespace().map(str::to_owned).collect()).collect()
}

/// The last words of the only line that contains a text.
fn last(words: &[&str], containing: &str, count: usize) -> String {
    let found = lines(words, containing);
    assert_eq!(found.len(), 1, "{containing} in {words:?}: {found:?}");
    found[0][found[0].len() - count..].join(" ")
}

const MARCH: [&str; 2] = ["--to", "2026-03-31"];
const APRIL: [&str; 2] = ["--from", "2026-04-01"];

#[test]
fn the_statement_of_april_opens_with_what_march_closed_with_and_shows_the_late_payment() {
    let statement = |span: [&'static str; 2]| ["journal", "statement", "BOOK", "mira", span[0], span[1]];
    assert_eq!(last(&statement(MARCH), "Closing", 2), "80.00 0.00");
    assert_eq!(last(&statement(APRIL), "Opening", 2), "80.00 0.00");
    assert_eq!(last(&statement(APRIL), "Closing", 2), "13.00 0.00");
    let late = lines(&statement(APRIL), "late: of 2026-03-31");
    assert_eq!(late.len(), 2, "{late:?}");
    assert!(late.iter().all(|line| line[0] == "2026-04-01"), "{late:?}");
    assert_eq!(lines(&statement(MARCH), "late").len(), 0);
}

#[test]
fn takings_refunds_and_partners_of_two_months_add_up_to_those_of_both() {
    let of = |report: &'static str, span: &[&'static str], row: &str, count: usize| {
        let words: Vec<&str> = ["journal", report, "BOOK"].iter().chain(span).copied().collect();
        last(&words, row, count)
    };
    // Payments, taken, times given back, money back, net.
    assert_eq!(of("takings", &MARCH, "Total", 5), "1 20.00 0 0.00 20.00");
    assert_eq!(of("takings", &APRIL, "Total", 5), "2 67.00 1 5.00 62.00");
    assert_eq!(of("takings", &[], "Total", 5), "3 87.00 1 5.00 82.00");
    assert_eq!(of("refunds", &MARCH, "Total", 4), "0 0.00 0.00 0.00");
    assert_eq!(of("refunds", &APRIL, "stain", 4), "1 5.00 0.00 5.00");
    // Opening, earned, clawed back, paid, closing, accrued.
    assert_eq!(of("partners", &MARCH, "pat", 6), "0.00 2.00 0.00 0.00 2.00 0.00");
    assert_eq!(of("partners", &APRIL, "pat", 6), "2.00 6.70 0.00 1.00 7.70 0.00");
}

#[test]
fn the_day_book_the_exports_and_the_balances_have_one_day_for_every_posting() {
    let words = ["journal", "balances", "BOOK", "--as-of", "2026-03-31"];
    assert_eq!(last(&words, "Cash drawer", 1), "20.00");
    assert_eq!(lines(&words, "Bank").len(), 0, "money that counter B moved is posted in April");
    assert_eq!(last(&words[..3], "Bank", 1), "29.00");
    let march = lines(&["journal", "daybook", "BOOK", "--to", "2026-03-31"], "late");
    assert_eq!(march.len(), 0);
    let april = lines(&["journal", "daybook", "BOOK", "--from", "2026-04-01"], "late: of 2026-03-31");
    assert_eq!(april.len(), 4, "{april:?}");
    for (format, tag) in [("hledger", "; dated: 2026-03-31"), ("beancount", "dated: 2026-03-31")] {
        assert_eq!(lines(&["journal", "export", "BOOK", "--format", format], tag).len(), 4, "{format}");
    }
    let csv = lines(&["journal", "export", "BOOK", "--format", "csv"], "2026-04-01,2026-03-31,");
    assert!(csv.len() >= 8, "{csv:?}");
    assert_eq!(last(&["journal", "recalculate", "BOOK"], "recalculated", 3), "all figures agree");
}
