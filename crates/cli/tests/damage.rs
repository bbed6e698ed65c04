//! Damaged journals: every bad line is named, and no damage causes a panic.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::{Outcome, TestFolder, counterfoil};

const BOOK: &str = include_str!("corner-shop.daybook");

fn lines() -> Vec<String> {
    TestFolder::new().journal(BOOK).1.lines().map(Into::into).collect()
}

fn verify(lines: &[String]) -> (Outcome, String) {
    let folder = TestFolder::new();
    let path = folder.put("bad.jsonl", lines.join("\n") + "\n");
    (counterfoil(&["journal", "verify", &path]), path)
}

/// Damages the journal and expects errors for exactly these lines, with these texts.
fn check(what: &str, damage: impl FnOnce(&mut Vec<String>), expected: &[(usize, &str)]) {
    let mut lines = lines();
    damage(&mut lines);
    let (outcome, path) = verify(&lines);
    assert_eq!(outcome.code, 1, "{what}: {outcome:?}");
    let found: Vec<&str> = outcome.err.lines().collect();
    assert_eq!(found.len(), expected.len(), "{what}: {}", outcome.err);
    for (found, (line, words)) in found.iter().zip(expected) {
        let place = format!("{path}:{line}: ");
        assert!(
            found.starts_with(&place) && found.contains(words),
            "{what}: {found}, expected {line} {words}"
        );
    }
}

#[test]
fn every_bad_line_is_named() {
    let follows = "does not follow the line before it";
    check(
        "cut off",
        |l| {
            let last = l.len() - 1;
            l[last].truncate(60)
        },
        &[(lines().len(), "not a JSON object")],
    );
    check("not JSON", |l| l[4] = "hello".into(), &[(5, "not a JSON object"), (6, "lines are missing")]);
    check("blank", |l| l.insert(3, String::new()), &[(4, "not a JSON object")]);
    check("altered", |l| l[8] = l[8].replace("50.00", "51.00"), &[(10, follows)]);
    check("swapped", |l| l.swap(5, 6), &[(6, "lines are missing"), (7, "was used before")]);
    check("doubled", |l| l.insert(6, l[5].clone()), &[(7, "was used before")]);
    check("taken out", |l| drop(l.remove(5)), &[(6, "lines are missing: number 6 was due, found 7")]);
    check(
        "foreign",
        |l| l[5] = l[5].replace("\"day-book\"", "\"elsewhere\""),
        &[(6, "another shop, elsewhere"), (7, follows)],
    );
    check(
        "field of the line",
        |l| l[5] = l[5].replace("{\"v\":1,", "{\"v\":1,\"role\":\"admin\","),
        &[(6, "unknown field \"role\""), (7, "lines are missing")],
    );
    check(
        "field of the body",
        |l| l[8] = l[8].replace("\"amount\":", "\"ammount\":"),
        &[(9, "unknown field `ammount`"), (10, follows)],
    );
    check(
        "not canonical",
        |l| l[8] = l[8].replace("\"50.00\"", "\"50.0\""),
        &[(9, "canonical"), (10, follows)],
    );
    check(
        "too long",
        |l| l[5] = format!("{{{}", " ".repeat(17_000)),
        &[(6, "at most 16384"), (7, "lines are missing")],
    );
    let three = |l: &mut Vec<String>| {
        l[2] = "x".into();
        l[8] = l[8].replace("50.00", "51.00");
        l.insert(15, l[14].clone());
    };
    check(
        "three at once",
        three,
        &[(3, "not a JSON"), (4, "missing"), (10, follows), (16, "was used before")],
    );
}

#[test]
fn what_cannot_be_counted_on_from_and_a_second_opening_are_named() {
    let beyond = |field: &str| format!("field \"{field}\" is beyond what a counter can count on from");
    let last = lines().len();
    check(
        "clock",
        |l| {
            let (start, rest) = l[last - 1].split_once("\"clock\":[").unwrap();
            l[last - 1] = format!("{start}\"clock\":[9007199254740991,{}", rest.split_once(',').unwrap().1);
        },
        &[(last, &beyond("clock"))],
    );
    let first = lines()[0].replace("\"chain\":1,", "\"chain\":4294967295,");
    check("chain", |l| l.push(first.clone()), &[(last + 1, &beyond("chain"))]);
    check(
        "currency",
        |l| l[1] = l[1].replace("\"GBP\"", "\"ABC\""),
        &[(2, "\"ABC\" is no currency"), (3, "does not follow")],
    );
    let of_other = |line: &str| line.replace("\"device\":\"A\"", "\"device\":\"Z\"");
    let opened = of_other(&lines()[0]);
    let second = of_other(&lines()[1]).replace(&hash_of(&lines()[0]), &hash_of(&opened));
    let second = second.replace("\"actor\":\"owner\"", "\"actor\":\"eve\"");
    check(
        "opened again",
        |l| l.extend([opened.clone(), second.clone()]),
        &[(last + 2, "the shop was opened before")],
    );
}

/// The last line of the book is written in the year 9000: it counts, and the command says so.
#[test]
fn a_clock_far_ahead_is_told() {
    let folder = TestFolder::new();
    let mut lines = lines();
    let last = lines.pop().unwrap();
    let (start, rest) = last.split_once("\"clock\":[").unwrap();
    lines.push(format!("{start}\"clock\":[221845392000000,{}", rest.split_once(',').unwrap().1));
    let path = folder.put("ahead.jsonl", lines.join("\n") + "\n");
    let outcome = counterfoil(&["journal", "verify", &path]);
    assert_eq!((outcome.code, outcome.err.as_str()), (0, ""));
    assert!(
        outcome.out.contains("\n1 entries were written by a clock that is more than a day ahead"),
        "{}",
        outcome.out
    );
}

#[test]
fn an_incomplete_or_empty_book_is_an_error() {
    let folder = TestFolder::new();
    let tail = folder.put("tail.jsonl", lines()[8..].join("\n"));
    assert_eq!(counterfoil(&["journal", "verify", &tail]).code, 1);
    let empty = folder.put("empty.jsonl", "");
    let outcome = counterfoil(&["journal", "balances", &empty]);
    assert_eq!(outcome.code, 2);
    assert!(outcome.err.contains("no entry opens a shop"), "{}", outcome.err);
    let outcome = counterfoil(&["journal", "balances", "/nowhere/book.jsonl"]);
    assert_eq!((outcome.code, outcome.out.as_str()), (2, ""));
    assert!(outcome.err.contains("cannot read /nowhere/book.jsonl"), "{}", outcome.err);
}

#[test]
fn other_commands_print_the_first_errors_and_no_result() {
    let folder = TestFolder::new();
    let mut lines = lines();
    lines[8] = lines[8].replace("50.00", "51.00");
    let path = folder.put("bad.jsonl", lines.join("\n"));
    let format: &[&str] = &["journal", "export", "--format", "csv"];
    let commands =
        [&["journal", "balances"][..], &["journal", "ageing"], format, &["journal", "recalculate"]];
    for words in commands {
        let outcome = counterfoil(&[words, &[path.as_str()]].concat());
        assert_eq!((outcome.code, outcome.out.as_str()), (2, ""), "{words:?}");
        assert!(outcome.err.starts_with(&format!("{path}:10: ")), "{}", outcome.err);
    }
}

/// Random changes of a real journal: the command always ends without a panic.
#[test]
fn no_damage_causes_a_panic() {
    let journal = lines().join("\n").into_bytes();
    let folder = TestFolder::new();
    let mut seed = 0x2545_f491_4f6c_dd1d_u64;
    let mut random = |below: usize| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        (seed % below as u64) as usize
    };
    for round in 0..150 {
        let mut bytes = journal.clone();
        for _ in 0..1 + random(4) {
            let at = random(bytes.len());
            match random(5) {
                0 => bytes[at] = random(256) as u8,
                1 => drop(bytes.remove(at)),
                2 => bytes.truncate(at.max(1)),
                3 => bytes.insert(at, b"\"{}[],:0-\n\\"[random(11)]),
                _ => bytes[at] ^= 1 << random(8),
            }
        }
        let path = folder.put("fuzzed.jsonl", &bytes);
        let outcome = counterfoil(&["journal", ["verify", "balances", "recalculate"][round % 3], &path]);
        assert!(
            (0..=2).contains(&outcome.code) && !outcome.err.contains("panicked"),
            "round {round}: {outcome:?}"
        );
    }
}

fn side(line: &str, seq: usize, hash: &str) -> String {
    let clock = line.split("\"clock\":").nth(1).unwrap().split(",\"id\"").next().unwrap();
    format!(
        "{{\"side\":{{\"device\":\"A\",\"chain\":1,\"seq\":{seq},\"hash\":\"{hash}\",\"order\":{clock},\
         \"verdict\":\"refused-role\",\"lseq\":7,\"signature\":null}}}}"
    )
}

fn hash_of(line: &str) -> String {
    journal::Hash::of(line.as_bytes()).to_string()
}

#[test]
fn a_side_record_names_a_line_before_it_and_does_not_count() {
    let lines = lines();
    let of_ninth = side(&lines[8], 9, &hash_of(&lines[8]));
    let mut with = lines.clone();
    with.insert(9, of_ninth.clone());
    let folder = TestFolder::new();
    let path = folder.put("sides.jsonl", with.join("\n") + "\n");
    let outcome = counterfoil(&["journal", "verify", &path]);
    assert_eq!((outcome.code, outcome.err.as_str()), (0, ""));
    let found: Vec<&str> = outcome.out.lines().collect();
    assert_eq!(found[1], "1 side records, which do not count: no server has signed them here");
    let plain = folder.put("plain.jsonl", lines.join("\n") + "\n");
    for report in ["balances", "ageing", "daybook", "recalculate"] {
        let of = |path: &str| counterfoil(&["journal", report, path]);
        assert_eq!((of(&path).code, of(&path).out), (0, of(&plain).out), "{report}");
    }

    let none = "a side record of a line that does not stand before it";
    check("before its line", |l| l.insert(8, of_ninth.clone()), &[(9, none)]);
    check("other hash", |l| l.insert(9, side(&l[8], 9, &hash_of(&l[7]))), &[(10, none)]);
    check("other number", |l| l.insert(9, side(&l[8], 8, &hash_of(&l[8]))), &[(10, none)]);
    check("other device", |l| l.insert(9, of_ninth.replace("\"A\"", "\"B\"")), &[(10, none)]);
    check("not canonical", |l| l.insert(9, of_ninth.replace(":7,", ": 7,")), &[(10, "\"side\"")]);
    check("signature", |l| l.insert(9, of_ninth.replace(":null", ":\"ab\"")), &[(10, "\"signature\"")]);
}

/// Two copies of one counter went on separately: the file has two different lines with the same number.
#[test]
fn branches_are_accepted_in_any_order() {
    let folder = TestFolder::new();
    let copy = |act: &str| folder.journal(&format!("{BOOK}\n{act}\n")).1;
    let customer = |text: &str| format!("customer copy-{text} \"Copy {text}\"");
    let (one, other) = (copy(&customer("1")), copy(&customer("2")));
    let (one, other): (Vec<&str>, Vec<&str>) = (one.lines().collect(), other.lines().collect());
    let last = other[other.len() - 1];
    let after = [one.as_slice(), &[last]].concat();
    let mut before = one.clone();
    before.insert(one.len() - 1, last);
    let read = |lines: &[&str]| {
        let path = folder.put("branches.jsonl", lines.join("\n") + "\n");
        let verified = counterfoil(&["journal", "verify", &path]);
        assert_eq!((verified.code, verified.err.as_str()), (0, ""), "{}", verified.err);
        (verified.out, counterfoil(&["journal", "balances", "--json", &path]).out)
    };
    let found = read(&after);
    assert_eq!(found, read(&before));
    assert!(found.1.contains("copy-1") && found.1.contains("copy-2"), "{}", found.1);
    let (entries, ends) = (lines().len() + 1, " ends at ");
    assert!(found.0.starts_with(&format!("{entries} entries")), "{}", found.0);
    assert_eq!(
        found.0.matches(ends).count(),
        2 + lines().iter().filter(|line| line.contains("chain.opened")).count() - 1
    );
    let twice = [after.as_slice(), &[last]].concat();
    let path = folder.put("twice.jsonl", twice.join("\n"));
    let again = counterfoil(&["journal", "verify", &path]);
    assert_eq!((again.code, again.err.contains("was used before")), (1, true), "{}", again.err);
}
