//! The notation: valid lines, and the errors of malformed ones. Most tests are data for one function.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use daybook::parse::parse;
use proptest::prelude::*;

/// Parses one line after a `shop` line and compares the error; an empty text expects none.
#[track_caller]
fn check(line: &str, expected: &str) {
    let text = format!("shop \"Corner Shop\" GBP\n{line}\n");
    let found = match parse(&text) {
        Ok(daybook) if daybook.lines.len() == 2 => String::new(),
        Ok(_) => "no line, or several".into(),
        Err(malformed) => malformed.to_string(),
    };
    let expected = if expected.is_empty() { String::new() } else { format!("2:{expected}") };
    assert_eq!(found, expected, "{line}");
}

#[track_caller]
fn check_valid(lines: &[&str]) {
    for line in lines {
        check(line, "");
    }
}

#[test]
fn the_sample_of_the_specification_is_parsed() {
    let daybook = parse(include_str!("sample.daybook")).unwrap();
    assert_eq!(daybook.currency.unwrap().code, "GBP");
    assert_eq!(daybook.lines.len(), 93);
    assert_eq!(daybook.lines.last().unwrap().number, 96);
}

#[test]
fn options_may_be_in_any_order() {
    check_valid(&[
        r#"order O-1 mira 10.00 plus-tax 8.25% due 2026-04-01 lead sue reference "PO 7" sale pat dated 2026-01-01"#,
        r#"pay P-1 mira 20.00 check "Reserve" note "n" reference "000123" no-commissions to O-1 5.00, O-2"#,
        r#"pay P-1 mira 20.00 cash tendered 50.00 to O-1"#,
        "pay P-6 mira 7.50 cash tendered 10.00 rounding -0.02 to O-1 7.48",
        r#"refund R-1 O-1 7.52 cash from P-6 rounding 0.02 stays reason "x""#,
        "payout X-1 mira 7.52 cash from C-1 7.52 rounding 0.02 dated 2026-01-01",
        r#"refund R-1 O-1 5.00 bank "Current" from P-1 reason "x" stays clawback credit refund note "y" reference "z""#,
        r#"refund R-1 O-1 5.00 other from P-1 5.00 note "y" owed-after 0.00 reason "x""#,
        r#"refund R-1 O-1 5.00 cash from credit P-1 2.00, P-1 3.00 reopens"#,
        r#"credit C-1 mira 25.00 note "n" opening reason "brought over""#,
        r#"credit C-1 mira 25.00 reason "r" tax 0%"#,
        r#"customer mira "Mira Patel" email "m@example.net" company phone "1" note "n""#,
        r#"customer walk-in-A "Walk-in" walk-in"#,
        r#"payout X-1 mira 5.00 bank from C-1 2.00, P-2 3.00 payee "Her son" note "n" reference "r""#,
        r#"credit-note N-1 O-1 reason "r" return 1 x "Chair", 0.350 x line 3"#,
        r#"request R-1 O-1 5.00 cash from P-1 return 2 x line 1 stays reason "x""#,
        r#"expect returned O-1 "Chair" 0.5"#,
        r#"credit-note N-1 O-1 40.00 clawback credit reason "r" note "n" dated 2026-01-01"#,
        r#"apply P-2 to O-2 100.00 no-commissions"#,
        r#"reverse-credit C-1 note "n""#,
        "cash-rounding 0.05",
        r#"partner pat "Pat Lee" 10% up-front"#,
        r#"staff bob "Bob Hart" clerk"#,
        r#"hand-over R-1"#,
        r#"pay-partner pat 50.00 bank "Reserve" note "March""#,
        r#"move 98.50 card to bank "Reserve" note "n" fee 1.50 dated 2026-01-01"#,
        r#"move-cash 200.00 from bank "Reserve""#,
        r#"opening 10.00 bank "Reserve" dated 2026-01-01"#,
        r#"pay-partner pat 50.00 bank note "March" as PP-1 dated 2026-01-01"#,
        r#"reverse-pay-partner PP-1 reason "wrong partner" dated 2026-01-01"#,
        r#"reverse-payout X-1 reason "never cashed" dated 2026-01-01"#,
        r#"transfer T-1 C-1 10.00 to otto reason "family" dated 2026-01-01"#,
        "plan O-2 2026-04-01 50.00, 2026-05-01 50.00",
        r#"change mira email "" phone "07700 900199" name "Mira Shah" company note "n""#,
        r#"change mira "Mira Shah" person"#,
        r#"change pat "Pat Lee" 12%"#,
        r#"change pat 12% name "Pat Lee""#,
        r#"change bob clerk name "Bob Hart" left"#,
        "change bob back",
        r#"change shop "Corner Shop""#,
        "duplicate mira2 of mira",
        r#"unseal 2026-03-02 reason "wrong day""#,
        "expect due mira 2026-05-01 50.00",
    ]);
}

#[test]
fn zero_and_negative_amounts_are_left_to_the_ledger() {
    check_valid(&[
        "pay P-1 mira 0.00 cash to O-1 0.00",
        "pay P-1 mira -5.00 cash",
        r#"refund R-1 O-1 0.00 cash from P-1 stays reason """#,
        r#"refund R-1 O-1 5.00 cash from P-1 owed-after -0.01 reason "x""#,
        "order O-1 mira 0 tax 150%",
        "move 0.00 cash to bank fee 0.00",
        "count 0.00",
        "cash-rounding 0.00",
        "cash-rounding -0.05",
        "refuse AmountNotPositive: pay P-1 mira 0.00 cash",
        "expect os C-1 -40.00",
    ]);
}

#[test]
fn spaces_comments_and_line_ends_are_ignored() {
    check_valid(&["  offline\tB   ", "offline B# until lunch", "offline B\r"]);
    let daybook = parse("\u{feff}# a comment\r\n \t \r\nshop \"S # 1\" JPY\r\n").unwrap();
    assert_eq!(daybook.lines.len(), 1);
    assert_eq!(daybook.lines[0].number, 3);
}

#[test]
fn the_error_names_the_expected_word() {
    check("pya P-1", r#"1: expected an act, `expect`, `refuse`, `offline`, `online` or `@`, found "pya""#);
    check("\"pay\"", r#"1: expected an act, `expect`, `refuse`, `offline`, `online` or `@`, found "pay""#);
    check("pay", "4: expected the id of a payment, found the end of the line");
    check(
        "pay P_1 mira",
        r#"5: expected the id of a payment (1 to 64 letters, digits and hyphens), found "P_1""#,
    );
    check("pay P-1 mira cash", r#"14: expected an amount, found "cash""#);
    check(
        "pay P-1 mira 5.00",
        "18: expected `cash`, `check`, `bank`, `insurance`, `card`, `online` or `other`, found the end of the line",
    );
    check(
        "pay P-1 mira 5.00 credit",
        r#"19: expected `cash`, `check`, `bank`, `insurance`, `card`, `online` or `other`, found "credit""#,
    );
    check(
        "pay P-1 mira 5.00 cash \"Current\"",
        r#"24: expected `to`, `no-commissions`, `rounding`, `tendered`, `reference` or `note`, or the end of the line, found "Current""#,
    );
    check("pay P-1 mira 5.00 cash to O-1,", "31: expected the id of an order, found the end of the line");
    check("apply P-2 O-2 1.00", r#"11: expected `to`, found "O-2""#);
    check("plan O-2", "9: expected a date, such as 2026-03-02, found the end of the line");
    check("plan O-2 2026-04-01 50.00 dated 2026-01-01", r#"27: expected the end of the line, found "dated""#);
    check("pay P-6 mira 7.50 cash rounding 0.00", r#"33: expected a rounding other than zero, found "0.00""#);
    check("cash-rounding 0.05 dated 2026-01-01", r#"20: expected the end of the line, found "dated""#);
    let changes = "expected what changes of one customer, partner or member of staff";
    check("change mira", &format!("12: {changes}, found the end of the line"));
    check(r#"change mira phone "1" 12%"#, &format!(r#"13: {changes}, found "phone""#));
    check("change bob left back", r#"17: expected each field only once, found "back""#);
    check("duplicate mira2 mira", r#"17: expected `of`, found "mira""#);
    check("settle R-1 done", r#"12: expected `succeeded`, `failed` or `canceled`, found "done""#);
    check("seal tomorrow", r#"6: expected a date, such as 2026-03-02, found "tomorrow""#);
    check("staff bob boss", r#"11: expected `admin` or `clerk`, found "boss""#);
    check(
        "expect account 1234 1.00",
        r#"16: expected the number of a book account, such as 1100, found "1234""#,
    );
    check("expect no exception", r#"11: expected `exceptions`, found "exception""#);
    check("expect exception Overspent", r#"18: expected the name of an exception, found "Overspent""#);
    check("refuse Never: seal 2026-01-01", r#"8: expected the name of a refusal, found "Never""#);
    check("refuse IdTaken seal 2026-01-01", r#"16: expected `:`, found "seal""#);
    check("refuse IdTaken: shop \"S\" GBP", r#"17: expected an act other than `shop`, found "shop""#);
    check("@as zoe", r#"5: expected a member of staff whom a line above adds, found "zoe""#);
    check("@2026-02-30", r#"1: expected a date such as @2026-03-02, `@till` or `@as`, found "@2026-02-30""#);
    check("shop \"Another\" GBP", r#"1: expected one `shop` line, before any other act, found "shop""#);
}

#[test]
fn options_are_known_occur_once_and_dated_comes_last() {
    check("pay P-1 mira 5.00 cash note \"a\" note \"b\"", r#"33: expected `note` only once, found "note""#);
    check(
        "pay P-1 mira 5.00 cash tax 20%",
        r#"24: expected `to`, `no-commissions`, `rounding`, `tendered`, `reference` or `note`, or the end of the line, found "tax""#,
    );
    check(
        "order O-1 mira 5.00 tax 20% tax 20%",
        r#"29: expected `discount`, `lead`, `sale`, `due`, `reference` or `opening`, or the end of the line, found "tax""#,
    );
    check(
        "pay P-1 mira 5.00 cash dated 2026-01-01 to O-1",
        r#"41: expected the end of the line, found "to""#,
    );
    check("seal 2026-01-01 dated 2026-01-01", r#"17: expected the end of the line, found "dated""#);
    check("complete X-1 X-2", r#"14: expected the end of the line, found "X-2""#);
    check(
        "credit C-1 mira 5.00 tax 20% opening",
        r#"30: expected either `tax` or `opening`, found "opening""#,
    );
    check(
        "order O-1 mira 5.00 tax 20% opening",
        r#"29: expected an order without tax and partners, to be `opening`, found "opening""#,
    );
    check("credit-note N-1 O-1 4.00 clawback refund", r#"35: expected `credit`, found "refund""#);
    check(
        "refund R-1 O-1 5.00 cash from P-1 stays clawback",
        "49: expected `refund` or `credit`, found the end of the line",
    );
    check(
        "refund R-1 O-1 5.00 cash from P-1 stays clawback refund refund",
        r#"57: expected `reopens`, `owed-after`, `rounding`, `return`, `reason`, `reference` or `note`, or the end of the line, found "refund""#,
    );
    check(
        "refund R-1 O-1 5.00 cash from P-1 stays reopens",
        r#"41: expected only one answer to what is owed after, found "reopens""#,
    );
    check(
        "refund R-1 O-1 5.00 cash from P-1 reason \"x\"",
        "45: expected `stays`, `reopens` or `owed-after`, found the end of the line",
    );
}

#[test]
fn amounts_rates_and_counts_have_limits() {
    check("pay P-1 mira 5.001 cash", r#"14: expected an amount with at most 2 decimals, found "5.001""#);
    check("pay P-1 mira 1e3 cash", r#"14: expected an amount, found "1e3""#);
    check("pay P-1 mira +5 cash", r#"14: expected an amount, found "+5""#);
    check("pay P-1 mira 5. cash", r#"14: expected an amount, found "5.""#);
    check(
        "pay P-1 mira 1,000.00 cash",
        r#"15: expected `cash`, `check`, `bank`, `insurance`, `card`, `online` or `other`, found ",""#,
    );
    check("pay P-1 mira 100000000.00 cash", r#"14: expected a smaller amount, found "100000000.00""#);
    check(
        "pay P-1 mira 99999999999999999999 cash",
        r#"14: expected a smaller amount, found "99999999999999999999""#,
    );
    check(
        "order O-1 mira 5.00 tax 20",
        r#"25: expected a rate with at most 4 decimals, such as 20%, found "20""#,
    );
    check(
        "order O-1 mira 5.00 tax 8.12345%",
        r#"25: expected a rate with at most 4 decimals, such as 20%, found "8.12345%""#,
    );
    check(
        "order O-1 mira 5.00 tax -1%",
        r#"25: expected a rate with at most 4 decimals, such as 20%, found "-1%""#,
    );
    check(
        "order O-1 mira lines \"Chair\" 0 x 5.00",
        r#"30: expected how many, above zero and at most 999999, with at most 3 decimals, found "0""#,
    );
    check(
        "order O-1 mira lines \"Chair\" 999999 x 5000.00",
        r#"39: expected a smaller amount, for so many, found "5000.00""#,
    );
    check(
        "credit-note N-1 O-1 return 1 x \"A\", 2 x \"A\" reason \"r\"",
        r#"41: expected each line only once, found "A""#,
    );
    check(
        "credit-note N-1 O-1 return 0 x line 1",
        r#"28: expected how many, above zero and at most 999999, with at most 3 decimals, found "0""#,
    );
    check("credit-note N-1 O-1 return 1 x line 0", r#"37: expected the number of a line, from 1, found "0""#);
    check(
        "credit-note N-1 O-1 reason \"r\"",
        r#"21: expected an amount, or `return` and what came back, found "reason""#,
    );
    check("order O-1 mira lines \"Chair\" 2 5.00", r#"32: expected `x`, found "5.00""#);
    check("order O-1 mira lines Chair 2 x 5.00", r#"22: expected what was sold in quotes, found "Chair""#);
    check("order O-1 mira \"Chair\" 2 x 5.00", r#"16: expected an amount or `lines`, found "Chair""#);
    check("count -1.00", r#"7: expected what is in the drawer, 0 or more, found "-1.00""#);
    let long = "x".repeat(65);
    check(
        &format!("offline {long}"),
        &format!("9: expected the letter of a counter (1 to 64 letters, digits and hyphens), found {long:?}"),
    );
    let long = "x".repeat(201);
    check(
        &format!("bank {long:?}"),
        &format!("6: expected the name of a bank account of at most 200 characters, found {long:?}"),
    );
    check("bank \" \"", r#"6: expected the name of a bank account, found " ""#);
}

#[test]
fn lists_name_an_item_once_and_add_up() {
    check("pay P-1 mira 5.00 cash to O-1 1.00, O-1", r#"37: expected each order only once, found "O-1""#);
    check(
        "refund R-1 O-1 5.00 cash from P-1 2.00, P-1 3.00 stays",
        r#"41: expected each payment or credit only once, found "P-1""#,
    );
    check(
        "refund R-1 O-1 5.00 cash from P-1 2.00, P-2 3.01 stays",
        r#"31: expected amounts that add up to the whole, found "P-1""#,
    );
    check(
        "refund R-1 O-1 5.00 cash from P-1 4.00 stays",
        r#"31: expected amounts that add up to the whole, found "P-1""#,
    );
    check(
        "refund R-1 O-1 5.00 cash from P-1, P-2 stays",
        r#"31: expected an amount beside each, as there are several, found "P-1""#,
    );
    check(
        "payout X-1 mira 5.00 cash from C-1 2.00, C-1 3.00",
        r#"42: expected each credit only once, found "C-1""#,
    );
    check(
        "payout X-1 mira 5.00 cash from C-1 2.00",
        r#"32: expected amounts that add up to the whole, found "C-1""#,
    );
    let orders: Vec<String> = (0..51).map(|n| format!("O-{n}")).collect();
    let line = format!("pay P-1 mira 5.00 cash to {}", orders.join(", "));
    check(
        &line,
        &format!("{}: expected at most 50 things in a list, found \"O-50\"", line.find("O-50").unwrap() + 1),
    );
}

#[test]
fn the_shop_line_comes_first() {
    let found = parse("@2026-03-02\ncustomer mira \"Mira\"\n").unwrap_err().to_string();
    assert_eq!(found, "2:1: expected one `shop` line, before any other act, found \"customer\"");
    let found = parse("expect owed mira 1.00\n").unwrap_err().to_string();
    assert_eq!(found, "1:18: expected the shop's currency, by a `shop` line above, found \"1.00\"");
    let found = parse("shop \"S\" POUND\n").unwrap_err().to_string();
    assert_eq!(found, "1:10: expected a currency of ISO 4217, such as GBP, found \"POUND\"");
}

#[test]
fn a_counter_starts_with_the_entries_of_the_online_counters() {
    let head = "shop \"S\" GBP\ncustomer mira \"Mira\"\n";
    for (then, expected) in [
        ("@till B\npay P-1 mira 5.00 cash\n", None),
        // No counter is online, so it has no entries.
        ("offline A\n@till B\npay P-1 mira 5.00 cash\n", Some("refused UnknownCustomer: there is no mira")),
        ("offline A\n@till B\nonline A\npay P-1 mira 5.00 cash\n", None),
    ] {
        let failures = daybook::run::check(&parse(&format!("{head}{then}")).unwrap());
        let found = failures.first().map(|failure| failure.found.as_str());
        assert_eq!(found, expected, "{then}");
    }
}

#[test]
fn acts_that_open_or_close_the_book_have_no_dated_option() {
    for line in [
        "shop \"S\" GBP",
        "staff bob clerk",
        "bank \"Current\"",
        "partner pat 10%",
        "customer mira \"Mira\"",
        "seal 2026-01-01",
        "resolve OverRefunded R-1 reason \"r\"",
        "hand-over R-1",
    ] {
        let before = if line.starts_with("shop") { "" } else { "shop \"S\" GBP\n" };
        assert!(parse(&format!("{before}{line}\n")).is_ok(), "{line}");
        let found = parse(&format!("{before}{line} dated 2026-01-01\n")).unwrap_err();
        assert_eq!(found.found, "dated", "{line}");
    }
}

#[test]
fn decimals_follow_the_currency() {
    for (line, expected) in [
        ("shop \"S\" JPY\norder O-1 mira 1200\n", ""),
        (
            "shop \"S\" JPY\norder O-1 mira 1200.5\n",
            "2:16: expected an amount without decimals, as JPY has none, found \"1200.5\"",
        ),
        ("shop \"S\" KWD\norder O-1 mira 1.234\n", ""),
        (
            "shop \"S\" KWD\norder O-1 mira 1.2345\n",
            "2:16: expected an amount with at most 3 decimals, found \"1.2345\"",
        ),
        ("shop \"S\" CLF\n", "1:10: expected a currency of ISO 4217, such as GBP, found \"CLF\""),
    ] {
        let found = parse(line).err().map(|malformed| malformed.to_string()).unwrap_or_default();
        assert_eq!(found, expected, "{line}");
    }
}

/// A line of the sample with random changes.
fn broken_line() -> impl Strategy<Value = String> {
    let lines: Vec<&str> = include_str!("sample.daybook").lines().collect();
    let edits = prop::collection::vec((any::<prop::sample::Index>(), ".{0,3}"), 0..4);
    (prop::sample::select(lines), edits).prop_map(|(line, edits)| {
        let mut chars: Vec<char> = line.chars().collect();
        for (at, put) in edits {
            let at = at.index(chars.len() + 1);
            let end = (at + put.len()).min(chars.len());
            chars.splice(at..end, put.chars());
        }
        chars.into_iter().collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_causes_a_panic(text in "\\PC{0,200}") {
        let _ = parse(&text);
    }

    #[test]
    fn the_position_of_an_error_is_inside_the_line(line in broken_line()) {
        let text = format!("shop \"S\" GBP\nstaff bob clerk\n{line}\n");
        if let Err(malformed) = parse(&text) {
            prop_assert!(malformed.line >= 3);
            let line = text.lines().nth(malformed.line as usize - 1).unwrap_or_default();
            let columns = u32::try_from(line.chars().count()).unwrap() + 1;
            prop_assert!((1..=columns).contains(&malformed.column), "{malformed} in {line:?}");
        }
    }
}
