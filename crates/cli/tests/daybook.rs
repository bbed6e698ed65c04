//! The commands on day books: output, errors and exit status.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::io::Write;
use std::process::{Command, Output, Stdio};

/// Runs the binary with a day book on standard input.
fn counterfoil(arguments: &[&str], input: &[u8]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_counterfoil"));
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    child.wait_with_output().unwrap()
}

/// Compares exit status, standard output and standard error.
#[track_caller]
fn check(arguments: &[&str], input: &str, status: i32, out: &str, err: &str) {
    let found = counterfoil(arguments, input.as_bytes());
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    let found = (found.status.code().unwrap(), text(found.stdout), text(found.stderr));
    assert_eq!(found, (status, out.to_owned(), err.to_owned()), "{input}");
}

const SHOP: &str = "shop \"S\" GBP\ncustomer c \"C\"\norder O-1 c 5.00\n";

#[test]
fn check_prints_every_difference() {
    check(&["daybook", "check", "-"], &format!("{SHOP}expect owed O-1 5.00\n"), 0, "", "");
    let wrong =
        format!("{SHOP}expect owed O-1 6.00\npay P-1 c 5.00 cash to O-9\nexpect status R-1 pending\n");
    let out = "-:4: expected owed O-1 6.00, found 5.00\n\
               -:5: expected recorded, found refused UnknownOrder: there is no O-9\n\
               -:6: expected status R-1 pending, found nothing of that id\n";
    check(&["daybook", "check", "-"], &wrong, 1, out, "");
    let refuse = format!(
        "{SHOP}refuse IdTaken: pay P-1 c 9.00 cash to O-1 6.00\nrefuse IdTaken: pay P-1 c 9.00 cash\n"
    );
    let out = "-:4: expected refused IdTaken, found refused AllocationExceedsOwed: O-1 has 5.00, asked 6.00\n\
               -:5: expected refused IdTaken, found accepted\n";
    check(&["daybook", "check", "-"], &refuse, 1, out, "");
}

#[test]
fn only_the_malformed_line_is_reported() {
    let wrong = format!("{SHOP}expect owed O-1 6.00\npay P-1 c 5.001 cash\n");
    let err = "-:5:11: expected an amount with at most 2 decimals, found \"5.001\"\n";
    let commands: [&[&str]; 3] =
        [&["daybook", "check", "-"], &["daybook", "run", "-", "--json"], &["daybook", "journal", "-"]];
    for arguments in commands {
        check(arguments, &wrong, 2, "", err);
        let found = counterfoil(arguments, b"shop \"S\" GBP\nbank \"\xff\"\n");
        assert_eq!((found.status.code(), found.stdout.as_slice()), (Some(2), &b""[..]));
        assert_eq!(
            String::from_utf8(found.stderr).unwrap(),
            "-:2:7: expected text in UTF-8, found \"byte 0xff\"\n"
        );
    }
}

#[test]
fn a_journal_is_the_same_from_a_file_with_other_line_ends_and_a_byte_order_mark() {
    let text = format!("# a shop\n{SHOP}\n@2026-03-02\npay P-1 c 5.00 cash to O-1");
    let journal = |arguments: &[&str], input: &str| {
        let found = counterfoil(arguments, input.as_bytes());
        assert_eq!((found.status.code(), found.stderr.as_slice()), (Some(0), &b""[..]));
        String::from_utf8(found.stdout).unwrap()
    };
    let expected = journal(&["daybook", "journal", "-"], &text);
    assert_eq!(expected.lines().count(), 5);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("book.daybook");
    std::fs::write(&path, format!("\u{feff}{}\r\n", text.replace('\n', "\r\n"))).unwrap();
    assert_eq!(journal(&["daybook", "journal", &path.to_string_lossy()], ""), expected);
}

#[test]
fn run_stops_at_a_refused_act_and_skips_expectations() {
    let refused = format!("{SHOP}pay P-1 c 5.00 cash to O-9\n");
    check(
        &["daybook", "run", "-", "--json"],
        &refused,
        1,
        "",
        "-:4: refused UnknownOrder: there is no O-9\n",
    );
    let compares = format!("{SHOP}expect owed O-1 6.00\nrefuse IdTaken: pay P-1 c 5.00 cash to O-9\n");
    let found = counterfoil(&["daybook", "run", "-"], compares.as_bytes());
    assert_eq!(found.status.code(), Some(0));
}

#[test]
fn run_prints_everything_as_json() {
    let input = "shop \"S\" GBP\npartner pat 10%\ncustomer c \"C\"\norder O-1 c 60.00 sale pat\npay P-1 c 80.00 cash to O-1\n\
                 payout X-1 c 5.00 cash from P-1\n";
    let found = counterfoil(&["daybook", "run", "-", "--json"], input.as_bytes());
    let mut json: serde_json::Value = serde_json::from_slice(&found.stdout).unwrap();
    let hash = json.as_object_mut().unwrap().remove("state_hash").unwrap();
    assert_eq!(hash.as_str().unwrap().len(), 64);
    let expected = serde_json::json!({
        "accounts": {"1000": "80.00", "2100": "-15.00", "2110": "-5.00", "2300": "-6.00", "4000": "-60.00", "5100": "6.00"},
        "orders": {"O-1": {"owed": "0.00"}},
        "credits": {"P-1": {"amount": "20.00", "os": "15.00"}},
        "payments": {"P-1": {"refundable": "60.00"}},
        "refunds": {"X-1": {"status": "awaiting"}},
        "partners": {"pat": {"payable": "6.00", "accrued": "0.00"}},
        "customers": {"c": {"owed": "0.00", "credit": "15.00"}},
        "exceptions": [],
    });
    assert_eq!(json, expected);
}

#[test]
fn a_missing_file_is_an_error() {
    let found = counterfoil(&["daybook", "check", "no-such.daybook"], b"");
    assert_eq!(found.status.code(), Some(2));
    assert!(String::from_utf8(found.stderr).unwrap().contains("cannot read no-such.daybook"));
}
