//! What an endpoint admits, as data: requests against a log in memory.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::expect_used)]

mod common;

use common::keys::{is_signed, key, sign};
use common::lines::{Chain, SHOP};
use common::memory_log::MemoryLog;
use common::shop::{MINUTE, NOW, Shop, device, epoch, items, raw};
use journal::{Clock, Hash, Press, SideVerdict, Why};
use sync::admit::{Log, PushedLines, admit_push, check_cursor};
use sync::wire::{Code, Push, Refusal};
use sync::{Checkpoint, SignedHead};

#[test]
fn a_push_is_appended_once_and_can_be_repeated() {
    let mut shop = Shop::new();
    let (_, lines) = device("a", 3);
    assert_eq!(shop.push("a", &lines[..2]), Ok((2, 2, None)));
    assert_eq!(shop.push("a", &lines[..2]), Ok((2, 0, None)));
    assert_eq!(shop.push("a", &lines[1..]), Ok((4, 2, None)));
    assert_eq!(shop.push("a", &lines[1..3]), Ok((4, 0, None)), "fewer than are here");
    let texts: Vec<_> = shop.log.records.iter().map(|record| record.text.to_string()).collect();
    assert_eq!(texts, lines);
    assert_eq!(shop.log.place(4), Some(shop.log.records[3].log_hash));
}

#[test]
fn a_gap_names_the_number_that_is_due() {
    let mut shop = Shop::new();
    let (_, lines) = device("a", 3);
    shop.push("a", &lines[..2]).unwrap();
    let problem = shop.push_after("a", &lines[3..], shop.place(), NOW).unwrap_err();
    assert_eq!((problem.code, problem.due), (Code::Gap, Some(3)));
}

#[test]
fn another_line_under_a_number_is_a_fork() {
    let mut shop = Shop::new();
    let (chain, lines) = device("a", 1);
    let mut copy = chain.clone();
    let (mut one, mut two) = (chain, lines.clone());
    two.extend([copy.note("x", None, NOW + 5), copy.note("y", None, NOW + 5)]);
    let ours: Vec<_> = lines.into_iter().chain([one.note("z", None, NOW)]).collect();
    shop.push("a", &ours).unwrap();
    for from in [0, 2, 3] {
        let problem = shop.push_after("a", &two[from..], shop.place(), NOW).unwrap_err();
        assert_eq!((problem.code, problem.seq, problem.free_chain), (Code::Fork, Some(3), Some(2)), "{from}");
    }
    assert_eq!(shop.log.records.len(), 3);
}

#[test]
fn a_cursor_of_another_log_admits_nothing() {
    let mut shop = Shop::new();
    let (_, lines) = device("a", 2);
    shop.push("a", &lines[..1]).unwrap();
    let ahead = Checkpoint { lseq: 2, ..shop.place() };
    let other = Checkpoint { lseq: 1, log_hash: shop.log.place(0).unwrap() };
    for after in [ahead, other] {
        let problem = shop.push_after("a", &lines[1..], after, NOW).unwrap_err();
        assert_eq!((problem.code, problem.epoch), (Code::LogFork, Some(epoch(1))));
    }
    let other_epoch = check_cursor(&mut shop.log, Some(epoch(2)), ahead).unwrap();
    assert_eq!(other_epoch.unwrap_err().code, Code::Epoch);
}

#[test]
fn a_press_is_whole_and_has_one_verdict() {
    let mut shop = Shop::new();
    let (mut chain, mut lines) = device("a", 0);
    shop.rights.forbidden.insert("bad".into());
    for (id, press) in [("one", Press(1, 3)), ("bad", Press(2, 3)), ("three", Press(3, 3))] {
        lines.push(chain.note(id, Some(press), NOW));
    }
    lines.push(chain.note("last", None, NOW));
    assert_eq!(shop.push("a", &lines[..3]), Err(Code::SplitPress), "no signature at a whole press");
    assert_eq!(shop.push("a", &lines), Ok((5, 5, Some((2, SideVerdict::RefusedRole)))));
    let verdicts: Vec<_> = shop.log.records.iter().map(|record| record.verdict.is_ok()).collect();
    assert_eq!(verdicts, [true, false, false, false, true]);
    assert_eq!(shop.push("a", &lines[2..]), Err(Code::SplitPress), "begins inside a press");
}

#[test]
fn a_push_ends_where_its_last_whole_and_signed_press_ends() {
    let mut shop = Shop::new();
    let (_, lines) = device("a", 4);
    let raw = raw(&lines);
    let mut items = items(&raw, "a");
    items[2].signature = Some(sign(&key("a", 1), Hash::of(lines[2].as_bytes()).bytes()));
    items[4].signature = None;
    let push = Push { epoch: None, after: shop.place(), from_seq: 1, items };
    let pushed = PushedLines::read(SHOP, "a", &push).unwrap();
    assert_eq!(pushed.lines().len(), 3);
    assert_eq!(pushed.check_signature(&[], &is_signed), Ok(()), "the line opens the chain with its key");
    let admitted = admit_push(&mut shop.log, &mut shop.rights, &push, &pushed, NOW).unwrap().unwrap();
    assert_eq!(admitted.acked_through, 3);
}

#[test]
fn wrong_lines_are_refused_and_nothing_is_appended() {
    let (mut chain, lines) = device("a", 1);
    let next = chain.clone().note("n", None, NOW);
    let back = Chain { clock: Clock::default(), ..chain.clone() }.note("n", None, 5);
    let opened_again = chain.open(None, Why::Lost, None, NOW);
    let (_, others) = device("b", 1);
    let cases: Vec<(Vec<String>, Code)> = vec![
        (vec!["{}".into()], Code::WrongEntry),
        (vec!["[]".into()], Code::WrongEntry),
        (vec![next.replace("\"shop\":\"shop\"", "\"shop\":\"other\"")], Code::WrongPlace),
        (vec![next.replace("{}}", &format!("{{\"x\":\"{}\"}}}}", "x".repeat(17_000)))], Code::TooLarge),
        (vec![others[1].clone()], Code::WrongPlace),
        (vec![opened_again], Code::BrokenChain),
        (vec![lines[0].replace("chain.opened", "note.made")], Code::BrokenChain),
        (vec![lines[0].replace("\"why\":\"new\"", "\"why\":\"fun\"")], Code::BrokenChain),
    ];
    for (pushed, code) in cases {
        let mut shop = Shop::new();
        shop.push("a", &lines).unwrap();
        let raw = raw(&pushed);
        let from_seq = journal::Line::parse(pushed[0].as_bytes()).map_or(1, |line| line.seq);
        let push = Push { epoch: None, after: shop.place(), from_seq, items: items(&raw, "a") };
        assert_eq!(PushedLines::read(SHOP, "a", &push).unwrap_err(), Refusal::at(code, 0), "{pushed:?}");
    }
    let mut shop = Shop::new();
    shop.push("a", &lines).unwrap();
    assert_eq!(shop.push("a", &[back]), Err(Code::BrokenChain), "the clock ran back between two pushes");
    assert_eq!(shop.log.records.len(), 2);
    assert_eq!(shop.push("a", &[next]), Ok((3, 1, None)));
}

#[test]
fn lines_of_a_request_follow_each_other() {
    let (chain, lines) = device("a", 2);
    let jump = Chain { seq: 7, ..chain.clone() }.note("n", None, NOW);
    let unlinked = Chain { prev: Some(Hash::of(b"x")), ..chain.clone() }.note("n", None, NOW);
    let back = Chain { clock: Clock::default(), ..chain.clone() }.note("n", None, 5);
    for wrong in [jump, unlinked, back] {
        let mut sent = lines.clone();
        sent.push(wrong);
        let raw = raw(&sent);
        let push = Push { epoch: None, after: Shop::new().place(), from_seq: 1, items: items(&raw, "a") };
        assert_eq!(PushedLines::read(SHOP, "a", &push).unwrap_err(), Refusal::at(Code::BrokenChain, 3));
    }
}

#[test]
fn clocks_are_clamped_and_never_refused() {
    let five = NOW + 5 * MINUTE;
    let mut shop = Shop::new();
    let mut chain = Chain::new("a", 1, Clock::default());
    let lines = [
        chain.open(Some(&key("a", 1)), Why::New, None, NOW),
        chain.note("year-2099", None, NOW * 2),
        chain.note("after-it", None, NOW * 2),
    ];
    shop.push("a", &lines).unwrap();
    let orders: Vec<_> = shop.log.records.iter().map(|record| record.order).collect();
    assert_eq!(orders, [Clock(NOW, 0), Clock(five, 0), Clock(five, 0)]);
}

#[test]
fn a_revoked_device_is_heard_and_does_not_count() {
    let mut shop = Shop::new();
    let (_, lines) = device("a", 1);
    shop.push("a", &lines[..1]).unwrap();
    shop.rights.revoked.insert("a".into());
    assert_eq!(shop.push("a", &lines[1..]), Ok((2, 1, Some((2, SideVerdict::RefusedRevoked)))));
}

/// A shop with two devices, and a copy of its log at an earlier time.
fn restored(kept: usize) -> (Shop, MemoryLog, SignedHead) {
    let mut shop = Shop::new();
    let (_, one) = device("a", 2);
    let (_, two) = device("b", 2);
    shop.rights.forbidden.insert("b-0".into());
    shop.push("a", &one).unwrap();
    shop.push("b", &two).unwrap();
    let (whole, head) = (shop.log.clone(), shop.signed_end());
    let mut old = Shop::new();
    old.push("a", &one[..kept]).unwrap();
    (old, whole, head)
}

#[test]
fn a_lost_suffix_comes_back_as_it_was_under_a_new_epoch() {
    let (mut shop, whole, head) = restored(2);
    for after in [2, 0] {
        let mut shop = Shop { log: shop.log.clone(), rights: shop.rights.clone() };
        let judged = shop.rights.judged;
        let admitted = shop.reoffer(&whole, after, Some(head), true).unwrap();
        assert_eq!((admitted.verbatim, admitted.appended, shop.log.epoch), (true, 4, epoch(9)));
        assert_eq!(shop.place(), whole.log_end().checkpoint());
        assert_eq!(shop.log.records[2..], whole.records[2..]);
        assert_eq!(shop.rights.judged, judged, "judged once");
        let again = shop.reoffer(&whole, after, Some(head), true).unwrap();
        assert_eq!((again.verbatim, again.appended, shop.log.epoch), (true, 0, epoch(9)));
    }
    // A restored endpoint that has changed its epoch already keeps the new one.
    shop.log.epoch = epoch(5);
    shop.reoffer(&whole, 2, Some(head), true).unwrap();
    assert_eq!((shop.log.epoch, shop.place()), (epoch(5), whole.log_end().checkpoint()));
}

#[test]
fn what_is_missing_from_a_log_that_went_on_gets_new_numbers_and_keeps_its_verdicts() {
    let (mut shop, whole, head) = restored(2);
    let (_, three) = device("c", 0);
    shop.push("c", &three).unwrap();
    let admitted = shop.reoffer(&whole, 2, Some(head), true).unwrap();
    assert_eq!((admitted.verbatim, admitted.appended, shop.log.epoch), (false, 4, epoch(9)));
    let said = |log: &MemoryLog, id: &str| {
        log.records
            .iter()
            .find(|record| &*record.id == id)
            .map(|record| (record.order, record.verdict))
            .unwrap()
    };
    assert_eq!(said(&shop.log, "b-0"), said(&whole, "b-0"));
    assert_eq!(said(&shop.log, "b-0").1, SideVerdict::RefusedRole);
    let before = shop.log.records.clone();
    let again = shop.reoffer(&whole, 2, Some(head), true).unwrap();
    assert_eq!((again.appended, &shop.log.records), (0, &before));
}

#[test]
fn what_the_endpoint_did_not_sign_is_judged_and_must_be_signed_by_its_device() {
    let (mut shop, mut whole, head) = restored(2);
    // The endpoint does not know the key of the other device's chain.
    assert_eq!(shop.reoffer(&whole, 2, None, true), Err(Code::UnknownKey));
    shop.rights.keys.insert(("b".into(), 1), vec![key("c", 1), key("b", 1)]);
    let wrong_key = SignedHead { signature: sign(&key("c", 1), &[0; 32]), ..head };
    for head in [None, Some(wrong_key)] {
        let mut shop = Shop { log: shop.log.clone(), rights: shop.rights.clone() };
        let admitted = shop.reoffer(&whole, 2, head, true).unwrap();
        assert_eq!((admitted.verbatim, admitted.appended, shop.log.epoch), (false, 4, epoch(1)));
        assert!(shop.log.records[3..].iter().all(|record| record.verdict.is_ok()), "judged by this endpoint");
        assert_eq!(shop.log.records[3].received, NOW + MINUTE);
    }
    // A signature of another key, then none at all.
    let last = whole.records.len() - 1;
    whole.records[last].signature = Some(sign(&key("d", 1), whole.records[last].hash.bytes()));
    assert_eq!(shop.reoffer(&whole, 2, None, true), Err(Code::WrongSignature));
    whole.records[last].signature = None;
    assert_eq!(shop.reoffer(&whole, 2, None, true), Err(Code::Unsigned));
    assert_eq!(shop.log.records.len(), 2);
}

#[test]
fn a_changed_signature_is_not_stored() {
    let (mut shop, mut whole, head) = restored(2);
    whole.records[5].signature = Some(sign(&key("c", 1), &[0; 32]));
    shop.reoffer(&whole, 2, Some(head), true).unwrap();
    assert_eq!(shop.log.records.len(), 6);
    assert!(shop.log.records[2].signature.is_some());
    assert_eq!(shop.log.records[5].signature, None);
}

#[test]
fn changed_records_are_not_the_signed_ones() {
    let (mut shop, mut whole, head) = restored(2);
    whole.records[3].verdict = SideVerdict::Ok;
    assert_eq!(whole.records[4].verdict, SideVerdict::RefusedRole);
    whole.records[4].verdict = SideVerdict::Ok;
    assert_eq!(
        shop.reoffer(&whole, 2, Some(head), true),
        Err(Code::WrongField),
        "the hash of the log differs"
    );
}

#[test]
fn records_without_the_line_before_them_are_refused() {
    let (mut shop, whole, head) = restored(1);
    assert_eq!(shop.reoffer(&whole, 2, Some(head), true), Err(Code::BrokenChain));
    assert_eq!((shop.log.records.len(), shop.log.epoch), (1, epoch(1)));
}

#[test]
fn both_branches_of_a_copied_device_are_kept() {
    let (chain, lines) = device("a", 1);
    let (mut one, mut two) = (chain.clone(), chain);
    let mut shop = Shop::new();
    shop.push("a", &lines).unwrap();
    let mut lost = Shop { log: shop.log.clone(), rights: shop.rights.clone() };
    lost.push("a", &[one.note("x", None, NOW)]).unwrap();
    let (whole, head) = (lost.log.clone(), lost.signed_end());
    shop.push("a", &[two.note("y", None, NOW + 5), two.note("z", None, NOW + 5)]).unwrap();
    let admitted = shop.reoffer(&whole, 0, Some(head), true).unwrap();
    assert_eq!((admitted.appended, admitted.verbatim), (1, false));
    assert_eq!(shop.log.lines("a", 1, 3).unwrap().len(), 2);
    // The chain goes on behind its longest branch only.
    assert_eq!(shop.push("a", &[two.note("w", None, NOW + 5)]), Ok((5, 1, None)));
    assert_eq!(shop.push("a", &[one.note("v", None, NOW + 9)]), Err(Code::Fork));
}

#[test]
fn a_push_is_signed_by_a_key_of_its_chain() {
    let mut shop = Shop::new();
    let (_, lines) = device("a", 1);
    shop.push("a", &lines[..1]).unwrap();
    let raw = raw(&lines[1..]);
    let push = Push { epoch: None, after: shop.place(), from_seq: 2, items: items(&raw, "a") };
    let pushed = PushedLines::read(SHOP, "a", &push).unwrap();
    let check =
        |keys: &[sync::PublicKey]| pushed.check_signature(keys, &is_signed).map_err(|refusal| refusal.code);
    assert_eq!(check(&[key("b", 1), key("a", 1)]), Ok(()));
    assert_eq!(check(&[key("b", 1)]), Err(Code::WrongSignature));
    assert_eq!(check(&[]), Err(Code::UnknownKey));
}

#[test]
fn two_copies_that_open_the_same_chain_are_a_fork_and_not_a_wrong_signature() {
    let mut shop = Shop::new();
    let (_, lines) = device("a", 1);
    shop.push("a", &lines).unwrap();
    let mut copy = Chain::new("a", 1, Clock::default());
    let opened = copy.open(Some(&key("a", 1)), Why::Fork, None, NOW + 7);
    shop.rights.keys.insert(("a".into(), 1), vec![key("b", 1)]);
    assert_eq!(shop.push("a", &[opened]), Err(Code::Fork));
}
