//! A thousand generated files, most of them wrong in some way: nothing of a refused one is written, nothing panics, and
//! afterwards the book opens, agrees with its entries and records an act.

use super::acts::*;
use super::hostile::{chained, opens};
use super::receive::{backup, new_device, restore, restored_as};
use crate::engine::{Engine, NotReceived, Progress, Survey};
use crate::store::Memory;
use codec::Opening;
use ledger::method::Method;

/// The number of files.
const FILES: u64 = 1_000;

/// Numbers where a field may have another one.
const NUMBERS: [&str; 16] = [
    "0",
    "1",
    "2",
    "-1",
    "999",
    "1000001",
    "4294967295",
    "4294967296",
    "253402300799999",
    "9007199254740991",
    "9007199254740992",
    "18446744073709551615",
    "1e9",
    "0.5",
    "null",
    "\"7\"",
];

/// Texts where a field may have another one.
const TEXTS: [&str; 22] = [
    "",
    "mira",
    "bob",
    "ana",
    "eve",
    "till",
    "tablet",
    "shop",
    "o-1",
    "p-1",
    "A",
    "B",
    "AP-0001",
    "BP-18446744073709551615",
    "99999999.99",
    "-0.01",
    "2026-02-30",
    "9999-12-31",
    "admin",
    "ABC",
    "a\\u0000b",
    "\u{202e}x",
];

/// Kinds where a line may have another one.
const KINDS: [&str; 10] = [
    "shop.opened",
    "chain.opened",
    "staff.added",
    "right.granted",
    "day.sealed",
    "payment.recorded",
    "order.placed",
    "customer.added",
    "entry.adopted",
    "robot.built",
];

/// A repeatable sequence of numbers (SplitMix64).
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, most: usize) -> usize {
        (self.roll() % most.max(1) as u64) as usize
    }

    fn pick(&mut self, all: &[&'static str]) -> &'static str {
        all[self.below(all.len())]
    }
}

/// The ranges of the parts of a line between these bounds: its numbers, or its texts.
fn parts(line: &str, is_part: impl Fn(char) -> bool) -> Vec<(usize, usize)> {
    let mut all = Vec::new();
    let mut begins = None;
    for (at, c) in line.char_indices() {
        match (begins, is_part(c)) {
            (None, true) => begins = Some(at),
            (Some(from), false) => {
                all.push((from, at));
                begins = None;
            }
            (None, false) | (Some(_), true) => {}
        }
    }
    all
}

fn replaced(line: &str, parts: &[(usize, usize)], by: &str, dice: &mut Dice) -> String {
    if parts.is_empty() {
        return line.to_owned();
    }
    let (from, to) = parts[dice.below(parts.len())];
    format!("{}{by}{}", &line[..from], &line[to..])
}

/// One change to a line.
fn changed(line: &str, dice: &mut Dice) -> String {
    let cut = |dice: &mut Dice| {
        let at = dice.below(line.len());
        (0..=at).rev().find(|at| line.is_char_boundary(*at)).unwrap_or_default()
    };
    match dice.below(9) {
        0 | 1 => {
            let numbers = parts(line, |c| c.is_ascii_digit());
            let by = dice.pick(&NUMBERS);
            replaced(line, &numbers, by, dice)
        }
        2 | 3 => {
            let texts = parts(line, |c| !matches!(c, '"' | '{' | '}' | ':' | ',' | '[' | ']'));
            let by = dice.pick(&TEXTS);
            replaced(line, &texts, by, dice)
        }
        4 => {
            let at = line.find("\"kind\":\"").map_or(0, |at| at + 8);
            let to = line[at..].find('"').map_or(at, |length| at + length);
            format!("{}{}{}", &line[..at], dice.pick(&KINDS), &line[to..])
        }
        5 => line[..cut(dice)].to_owned(),
        6 => {
            let at = cut(dice);
            format!(
                "{}{}{}",
                &line[..at],
                dice.pick(&["\"", "}", ",\"x\":1", "\0", "[[[[", "\u{feff}"]),
                &line[at..]
            )
        }
        7 => line.replacen("\"actor\":\"ana\"", "\"actor\":\"eve\"", 1),
        _ => line.replace("\"tablet\"", dice.pick(&["\"till\"", "\"phone\"", "\"\""])),
    }
}

/// A file made of good lines: up to four changes to lines and to their sequence; two of three times its chains are made whole
/// again, so that what is changed is not found by the hashes.
fn file(good: &[String], dice: &mut Dice) -> String {
    let mut lines = good.to_vec();
    for _ in 0..=dice.below(4) {
        let at = dice.below(lines.len());
        match dice.below(12) {
            0 => drop(lines.remove(at)),
            1 => lines.insert(at, good[dice.below(good.len())].clone()),
            2 => {
                let other = dice.below(lines.len());
                lines.swap(at, other);
            }
            3 => lines.insert(at, dice.pick(&["", "{}", "null", "Dear diary", "[1,2"]).into()),
            4 if dice.below(4) == 0 => lines[at] = "x".repeat(40_000),
            _ => lines[at] = changed(&lines[at], dice),
        }
        if lines.is_empty() {
            break;
        }
    }
    if dice.below(3) > 0 { chained(lines) } else { lines.join(dice.pick(&["\n", "\r\n"])) }
}

/// What became of the files.
#[derive(Debug, Default)]
struct Count {
    refused: usize,
    added: usize,
    in_part: usize,
    restored: usize,
    restored_in_part: usize,
}

#[test]
fn a_thousand_hostile_files_leave_a_book_that_opens() {
    let (_, engine) = super::receive::busy();
    let base = lines(&engine);
    let tablet = restored_as("tablet", &Memory::default(), &backup(&engine)).unwrap().0;
    record(&tablet, &[customer("eve"), order("o-e", "eve", 500)]);
    record(&tablet, &[payment("p-e", "eve", 700, Method::Cash, &["o-e"]), staff("dan"), coin("coin", 5)]);
    let refunded = ledger::rules::Act::Refund(refund("o-1", "p-1", 2_000, ledger::entry::After::Stays));
    record(&tablet, &[act("r-1", Some("mira"), refunded)]);
    let good = lines(&tablet);
    let mut count = Count::default();
    for seed in 0..FILES {
        let mut dice = Dice(seed);
        let text = file(&good, &mut dice);
        into_a_book(&base, &text, &mut count);
        into_an_empty_store(&text, &mut count);
    }
    // The generator is worth something only while each way is taken often.
    for often in [count.refused, count.added, count.in_part, count.restored, count.restored_in_part] {
        assert!(often >= 30, "{count:?}");
    }
}

fn into_a_book(base: &[String], text: &String, count: &mut Count) {
    let store = Memory::default();
    let engine = now(Engine::import(store.clone(), base, today())).unwrap();
    let mut listener = |_, _| ();
    let mut progress = Progress::new(&mut listener);
    let review = now(engine.review(text, author().now, &mut progress));
    assert_eq!(lines(&engine), base, "a review writes nothing");
    match review {
        Err(NotReceived::Fault(why)) => panic!("{why}: {text}"),
        Err(_) => count.refused += 1,
        Ok(review) => {
            count.added += usize::from(review.missing() > 0);
            count.in_part += usize::from(review.missing() > 0 && review.left_out > 0);
            let missing = review.missing();
            now(engine.accept(review, (today(), author().now), &mut progress)).unwrap();
            assert_eq!(lines(&engine).len(), base.len() + missing, "{text}");
        }
    }
    opens(&store, &engine);
}

fn into_an_empty_store(text: &String, count: &mut Count) {
    let store = Memory::default();
    match restore(&store, text) {
        Ok(engine) => {
            count.restored += 1;
            opens(&store, &engine);
        }
        Err(NotReceived::Fault(why)) => panic!("{why}: {text}"),
        Err(_) => {
            // The store is deleted, and what is good is offered.
            let (store, mut listener) = (Memory::default(), |_, _| ());
            let mut progress = Progress::new(&mut listener);
            let survey = now(Survey::of(text, &store, (None, Opening::default()), &mut progress));
            let Ok(survey) = survey else { return };
            if !survey.opens_shop {
                return;
            }
            let by = new_device("phone");
            match now(Engine::restore(store.clone(), text, &by, survey, &mut progress)) {
                Ok((engine, _)) => {
                    count.restored_in_part += 1;
                    opens(&store, &engine);
                }
                Err(NotReceived::Fault(why)) => panic!("{why}: {text}"),
                Err(_) => {}
            }
        }
    }
}
