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
