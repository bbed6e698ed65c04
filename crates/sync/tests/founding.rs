//! A founding, the ends of pages, and clocks.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::expect_used)]

mod common;

use common::lines::{Chain, SHOP};
use common::memory_log::MemoryLog;
use journal::{Clock, Hash, SideVerdict, Why};
use serde_json::value::RawValue;
use sync::Epoch;
use sync::admit::{Founding, FoundingError, clamp, whole_presses};
use sync::wire::Code;

const NOW: u64 = 1_772_442_000_000;

fn chain(device: &str, notes: usize) -> Vec<String> {
    let mut chain = Chain::new(device, 1, Clock::default());
    let mut lines = vec![chain.open(None, Why::New, None, NOW)];
    lines.extend((0..notes).map(|at| chain.note(&format!("{device}-{at}"), None, NOW)));
    lines
}

#[test]
fn a_founding_takes_unsigned_chains_at_their_clocks() {
    let one = chain("a", 2);
    let two = chain("b", 1);
    let raw = |line: String| RawValue::from_string(line).unwrap();
    let lines: Vec<_> = [one.clone(), two.clone()].concat().into_iter().map(raw).collect();
    let empty = MemoryLog::new(SHOP, Epoch([1; 16])).log_end();
    let found = || {
        let mut founding = Founding::new(SHOP, empty);
        for line in &lines {
            let record = founding.line(line, None, NOW).unwrap();
            assert_eq!((record.order, record.verdict), (record.line.line.clock, SideVerdict::Ok));
        }
        founding
    };
    let head = |device: &str, lines: &[String]| sync::ChainHead {
        device: device.into(),
        chain: 1,
        seq: lines.len() as u64,
        hash: Hash::of(lines.last().unwrap().as_bytes()),
    };
    let heads = [head("a", &one), head("b", &two)];
    assert_eq!(found().finish(&heads).unwrap().lseq, 5);
    assert_eq!(found().finish(&heads[..1]), Err(FoundingError::OtherHeads));
    let mut founding = Founding::new(SHOP, empty);
    founding.line(&lines[0], None, NOW).unwrap();
    let wrong = founding.line(&lines[2], None, NOW).unwrap_err();
    assert_eq!(wrong, FoundingError::Line { at: 2, code: Code::BrokenChain });
}

#[test]
fn pages_end_with_whole_presses() {
    let records = [(10, false), (10, true), (10, true), (10, false), (10, false)];
    assert_eq!(whole_presses(records, 9, 999), 5);
    assert_eq!(whole_presses(records, 3, 999), 1);
    assert_eq!(whole_presses(records, 4, 999), 4);
    assert_eq!(whole_presses(records, 9, 39), 1);
    assert_eq!(whole_presses(records, 9, 40), 4);
    assert_eq!(whole_presses(records[1..].iter().copied(), 1, 5), 3, "a press that alone is too large");
    assert_eq!(whole_presses([], 9, 9), 0);
}

#[test]
fn an_order_is_at_most_five_minutes_ahead_and_never_before_the_last_one() {
    let five = NOW + 300_000;
    assert_eq!(clamp(Clock(NOW - 1, 3), Clock(0, 0), NOW), Clock(NOW - 1, 3));
    assert_eq!(clamp(Clock(five, 0), Clock(0, 0), NOW), Clock(five, 0));
    assert_eq!(clamp(Clock(five + 1, 0), Clock(0, 0), NOW), Clock(five, 0));
    assert_eq!(clamp(Clock(5, 0), Clock(NOW, 2), NOW), Clock(NOW, 2));
}

/// What a client sends, taken by an endpoint that answers badly at first.
mod client {
    use super::{NOW, chain};
    use crate::common::lines::SHOP;
    use crate::common::memory_log::MemoryLog;
    use journal::Line;
    use serde_json::value::RawValue;
    use sync::admit::Founding as Checking;
    use sync::client::{Founding, FoundingStep, OwnLine};
    use sync::wire::{Code, Found, Founded, PROBLEM_JSON, Problem, decode};
    use sync::{Epoch, PublicKey, Signature, SignedHead};

    const JSON: &str = "application/json";
    const KEY: PublicKey = PublicKey::Ed25519([9; 32]);

    fn own(lines: Vec<String>) -> Vec<OwnLine> {
        lines.into_iter().map(|text| OwnLine { text, signature: None }).collect()
    }

    #[test]
    fn all_chains_are_sent_in_the_order_of_their_clocks_and_taken() {
        let lines = own([chain("b", 1_500), chain("a", 2)].concat());
        let mut founding = Founding::new(SHOP, "a", KEY, lines.clone()).unwrap();
        let signature = Signature([3; 64]);
        let epoch = Epoch([1; 16]);
        let mut staged: Vec<Box<RawValue>> = Vec::new();
        let mut parts = 0;
        let saved = loop {
            let body = founding.request("code", signature);
            let found: Found<'_> = decode(body.as_bytes()).unwrap();
            assert_eq!((found.count, found.key), (1_504, KEY));
            assert_eq!(sync::statement::founding(SHOP, found.count, &found.heads), founding.statement());
            // A part that has come already is skipped.
            let skipped = staged.len() + 1 - usize::try_from(found.from).unwrap();
            staged.extend(found.items.iter().skip(skipped).map(|item| item.entry.to_owned()));
            let heads = found.heads.clone();
            parts += 1;
            if parts == 1 {
                // The answer is lost, and a login page comes instead: the part is sent again.
                assert_eq!(founding.answered(200, "text/html", b"<html>"), FoundingStep::Again(0));
                continue;
            }
            let taken = staged.len() as u64;
            let is_whole = taken == found.count;
            let head = |end: sync::admit::LogEnd| SignedHead {
                epoch,
                lseq: end.lseq,
                log_hash: end.log_hash,
                signature,
            };
            let mut end = None;
            if is_whole {
                let mut checking = Checking::new(SHOP, MemoryLog::new(SHOP, epoch).log_end());
                for line in &staged {
                    checking.line(line, None, NOW).unwrap();
                }
                end = Some(checking.finish(&heads).unwrap());
            }
            let answer = Founded { taken, head: end.map(head), epoch: end.map(|_| epoch), endpoint_key: KEY };
            match founding.answered(200, JSON, serde_json::to_string(&answer).unwrap().as_bytes()) {
                FoundingStep::Next => {}
                FoundingStep::Founded(saved) => {
                    assert_eq!(saved.cursor.log_hash, end.unwrap().log_hash);
                    break saved;
                }
                other => panic!("{other:?}"),
            }
        };
        assert_eq!((parts, saved.cursor.lseq, saved.cursor.epoch), (3, 1_504, Some(epoch)));
        assert_eq!(saved.chains.iter().map(|own| (own.chain, own.acked)).collect::<Vec<_>>(), [(1, 3)]);
        // The numbers of the log lead back to the lines that were passed.
        let texts: Vec<&str> = founding.origins().iter().map(|at| lines[*at].text.as_str()).collect();
        assert!(texts.iter().eq(staged.iter().map(|line| line.get()).collect::<Vec<_>>().iter()));
        let clocks: Vec<_> = texts.iter().map(|text| Line::parse(text.as_bytes()).unwrap().clock).collect();
        assert!(clocks.is_sorted());
    }

    #[test]
    fn a_refusal_ends_a_founding_and_an_overload_does_not() {
        let mut founding = Founding::new(SHOP, "a", KEY, own(chain("a", 2))).unwrap();
        let mut answer = |problem: Problem| {
            let body = serde_json::to_string(&problem).unwrap();
            founding.answered(problem.status, PROBLEM_JSON, body.as_bytes())
        };
        assert_eq!(answer(Problem::new(Code::WrongCode)), FoundingStep::Refused(Code::WrongCode));
        assert_eq!(answer(Problem::new(Code::ShopExists)), FoundingStep::Refused(Code::ShopExists));
        let slow = Problem { retry_after: Some(7), ..Problem::new(Code::SlowDown) };
        assert_eq!(answer(slow), FoundingStep::Again(7));
        // The endpoint was started again and has nothing: the client begins again.
        let gap = Problem { due: Some(1), ..Problem::new(Code::Gap) };
        assert_eq!(answer(gap), FoundingStep::Next);
        assert_eq!(founding.progress(), (0, 3));
    }

    #[test]
    fn a_damaged_book_is_not_sent() {
        let mut lines = chain("a", 2);
        lines.remove(1);
        assert_eq!(Founding::new(SHOP, "a", KEY, own(lines)).unwrap_err(), Code::BrokenChain);
    }
}
