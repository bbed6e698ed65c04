//! The verification of chains: unchanged chains pass, and every damaged line is named.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use journal::{Clock, Hash, Line, LineError, OPENED, Press, Problem, Verifier};
use serde_json::value::RawValue;
use std::collections::HashSet;

const FIRST: &str = r#"{"letter":"A","name":"Till","key":null,"why":"new","after":null}"#;

fn written(device: &str, seq: u64, prev: Option<Hash>, note: &str) -> String {
    let (kind, body) =
        if seq == 1 { (OPENED, FIRST.into()) } else { ("note.made", format!(r#"{{"n":"{note}"}}"#)) };
    let line = Line {
        shop: "s",
        device,
        chain: 1,
        seq,
        prev,
        clock: Clock(1_000 + seq, 0),
        id: "i",
        no: None,
        actor: "ana",
        on: "2026-03-02",
        zone: "UTC",
        press: None,
        account: None,
        kind,
        kv: 1,
        body: &RawValue::from_string(body).unwrap(),
    };
    line.write().unwrap()
}

fn chain(device: &str, length: u64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for seq in 1..=length {
        let prev = lines.last().map(|line| Hash::of(line.as_bytes()));
        lines.push(written(device, seq, prev, "x"));
    }
    lines
}

fn problems<'a>(lines: impl IntoIterator<Item = &'a String>) -> Vec<(usize, Problem)> {
    let mut verifier = Verifier::default();
    let numbered = lines.into_iter().enumerate();
    numbered
        .flat_map(|(at, line)| verifier.check(line.as_bytes()).into_iter().map(move |p| (at, p)))
        .collect()
}

#[test]
fn unchanged_chains_pass_however_they_are_interleaved() {
    let (a, b) = (chain("a", 4), chain("b", 3));
    let mixed = [&a[0], &b[0], &b[1], &a[1], &a[2], &b[2], &a[3]];
    assert_eq!(problems(mixed), []);
    let mut verifier = Verifier::default();
    a.iter().for_each(|line| assert_eq!(verifier.check(line.as_bytes()), []));
    let (device, number, head) = verifier.heads().next().unwrap();
    assert_eq!((device, number, head.seq, head.hash), ("a", 1, 4, Hash::of(a[3].as_bytes())));
}

#[test]
fn a_changed_line_is_found_at_the_next_line() {
    let mut lines = chain("a", 4);
    lines[1] = lines[1].replace(r#""x""#, r#""y""#);
    let found = problems(&lines);
    assert!(matches!(found.as_slice(), [(2, Problem::Prev { .. })]), "{found:?}");
}

#[test]
fn a_missing_line_is_one_gap() {
    let mut lines = chain("a", 5);
    lines.remove(2);
    assert_eq!(problems(&lines), [(2, Problem::Gap { due: 3, found: 4 })]);
}

#[test]
fn every_bad_line_is_named() {
    let mut lines = chain("a", 6);
    lines[1] = "garbage".into();
    lines[4] = lines[4].replace(r#""kv":1"#, r#""kv":1,"x":1"#);
    assert_eq!(
        problems(&lines),
        [
            (1, Problem::Shape(LineError::NotJson { column: 1 })),
            (2, Problem::Gap { due: 2, found: 3 }),
            (4, Problem::Shape(LineError::UnknownField("x".into()))),
            (5, Problem::Gap { due: 5, found: 6 }),
        ]
    );
}

#[test]
fn the_same_line_again_is_an_error() {
    let lines = chain("a", 3);
    assert_eq!(problems([&lines[0], &lines[1], &lines[1], &lines[2]]), [(2, Problem::Repeated { seq: 2 })]);
    assert_eq!(problems([&lines[0], &lines[1], &lines[2], &lines[0]]), [(3, Problem::Repeated { seq: 1 })]);
}

/// Lines that follow `before`, with this note.
fn branch(device: &str, before: &str, seqs: std::ops::RangeInclusive<u64>, note: &str) -> Vec<String> {
    let mut lines: Vec<String> = vec![before.into()];
    for seq in seqs {
        let prev = lines.last().map(|line| Hash::of(line.as_bytes()));
        lines.push(written(device, seq, prev, note));
    }
    lines.split_off(1)
}

fn heads(lines: &[&String]) -> Vec<(u64, Hash)> {
    let mut verifier = Verifier::default();
    lines.iter().for_each(|line| assert_eq!(verifier.check(line.as_bytes()), []));
    verifier.heads().map(|(_, _, head)| (head.seq, head.hash)).collect()
}

#[test]
fn another_line_after_the_same_line_begins_a_branch() {
    let main = chain("a", 5);
    let other = branch("a", &main[1], 3..=4, "other");
    let third = branch("a", &other[0], 4..=4, "third");
    let expected: Vec<_> = [(5, &main[4]), (4, &other[1]), (4, &third[0])]
        .map(|(seq, line)| (seq, Hash::of(line.as_bytes())))
        .into();
    for found in [
        heads(&main.iter().chain(&other).chain(&third).collect::<Vec<_>>()),
        heads(&[&main[0], &main[1], &other[0], &main[2], &third[0], &main[3], &other[1], &main[4]]),
    ] {
        assert_eq!(found[0], expected[0]);
        assert_eq!(found.iter().collect::<HashSet<_>>(), expected.iter().collect::<HashSet<_>>());
    }
}

#[test]
fn a_chain_that_was_opened_twice_has_two_branches() {
    let main = chain("a", 3);
    let opened = main[0].replace("Till", "Other till");
    let other = branch("a", &opened, 2..=2, "x");
    let found = heads(&[&main[0], &main[1], &opened, &other[0], &main[2]]);
    assert_eq!(found, [(3, Hash::of(main[2].as_bytes())), (2, Hash::of(other[0].as_bytes()))]);
}

#[test]
fn a_line_that_follows_no_branch_is_wrong() {
    let main = chain("a", 4);
    let other = branch("a", &main[1], 3..=4, "other");
    let stray = written("a", 3, Some(Hash::of(b"?")), "stray");
    assert_eq!(problems(main.iter().chain([&stray])), [(4, Problem::Repeated { seq: 3 })]);
    // The line before the second line of the branch is missing.
    assert_eq!(problems(main.iter().chain([&other[1]])), [(4, Problem::Repeated { seq: 4 })]);
    let again = main.iter().chain(&other).chain([&other[0]]);
    assert_eq!(problems(again), [(6, Problem::Repeated { seq: 3 })]);
    let far = written("a", 9, Some(Hash::of(b"?")), "far");
    assert_eq!(problems(main.iter().chain(&other).chain([&far])), [(6, Problem::Gap { due: 5, found: 9 })]);
}

#[test]
fn a_branch_does_not_run_back_and_begins_outside_a_press() {
    let main = chain("a", 4);
    let early = branch("a", &main[1], 3..=3, "early")[0].replace("[1003,0]", "[1002,0]");
    assert_eq!(problems(main.iter().chain([&early])), [(4, Problem::ClockRanBack)]);

    let (one, two) = (Some(Press(1, 2)), Some(Press(2, 2)));
    let main = pressed(&[one, two, None]);
    let within = branch("a", &main[1], 3..=3, "other");
    assert_eq!(problems(main.iter().chain(&within)), [(4, Problem::SplitPress)]);

    let half = branch("a", &main[0], 2..=2, "other");
    let half = Line { press: one, ..Line::parse(half[0].as_bytes()).unwrap() }.write().unwrap();
    let mut verifier = Verifier::default();
    main.iter().chain([&half]).for_each(|line| assert_eq!(verifier.check(line.as_bytes()), []));
    assert_eq!(verifier.split_presses().collect::<Vec<_>>(), [("a", 1, 2)]);
}

#[test]
fn a_chain_begins_with_chain_opened_and_only_there() {
    let cut = chain("a", 3).split_off(1);
    assert_eq!(problems(&cut)[0], (0, Problem::Gap { due: 1, found: 2 }));
    let unopened = written("a", 2, Some(Hash::of(b"")), "x").replace(r#""seq":2"#, r#""seq":1"#);
    let unopened = unopened.replace(&format!("{:?}", Hash::of(b"").to_string()), "null");
    assert_eq!(problems([&unopened]), [(0, Problem::Opening)]);
    let incomplete = chain("a", 1)[0].replace(r#","why":"new""#, "");
    assert_eq!(problems([&incomplete]), [(0, Problem::Opening)]);
}

#[test]
fn another_shop_and_a_clock_that_goes_back_are_errors() {
    let first = written("a", 1, None, "x");
    let second = written("a", 2, Some(Hash::of(first.as_bytes())), "x");
    let other_shop = second.replace(r#""shop":"s""#, r#""shop":"t""#).replace("[1002,0]", "[1001,0]");
    let found = problems([&first, &other_shop]);
    assert_eq!(found, [(1, Problem::AnotherShop { shop: "t".into() }), (1, Problem::ClockRanBack)]);
}

/// A chain whose lines from the second on have these places in a press.
fn pressed(presses: &[Option<Press>]) -> Vec<String> {
    let mut lines = chain("a", 1);
    for (seq, press) in (2..).zip(presses) {
        let prev = lines.last().map(|line| Hash::of(line.as_bytes()));
        let text = written("a", seq, prev, "x");
        lines.push(Line { press: *press, ..Line::parse(text.as_bytes()).unwrap() }.write().unwrap());
    }
    lines
}

#[test]
fn the_lines_of_a_press_stand_together() {
    let (one, two, three) = (Some(Press(1, 3)), Some(Press(2, 3)), Some(Press(3, 3)));
    assert_eq!(problems(&pressed(&[None, one, two, three, None, Some(Press(1, 2)), Some(Press(2, 2))])), []);
    for (presses, at) in [
        (vec![one, two, None], 3),
        (vec![one, three], 2),
        (vec![None, two], 2),
        (vec![one, two, Some(Press(3, 4))], 3),
        (vec![one, one], 2),
        (vec![one, two, three, three], 4),
    ] {
        assert_eq!(problems(&pressed(&presses)), [(at, Problem::SplitPress)], "{presses:?}");
    }
    let mut verifier = Verifier::default();
    pressed(&[one, two]).iter().for_each(|line| assert_eq!(verifier.check(line.as_bytes()), []));
    assert_eq!(verifier.split_presses().collect::<Vec<_>>(), [("a", 1, 3)]);
}

#[test]
fn what_no_device_can_count_on_from_is_an_error() {
    let lines = chain("a", 2);
    for (field, from, to) in [
        ("chain", "\"chain\":1", "\"chain\":4294967295"),
        ("clock", "[1001,0]", "[9007199254740991,0]"),
        ("no", "\"actor\"", "\"no\":\"AI-9999999999999\",\"actor\""),
        ("letter", "\"letter\":\"A\"", "\"letter\":\"A B\""),
        ("name", "\"name\":\"Till\"", &format!("\"name\":\"{}\"", "x".repeat(2_000))),
    ] {
        assert!(lines[0].contains(from), "{from}");
        let found = problems(&[lines[0].replace(from, to)]);
        assert_eq!(found, [(0, Problem::Beyond(field))], "{field}");
    }
}
