//! What a client does about each answer, step by step. That it works as a whole is shown by the simulator.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::expect_used)]

mod common;

use common::counter::{Counter, NOW, epoch, page, pushed, signed};
use common::lines::SHOP;
use journal::Why;
use sync::Checkpoint;
use sync::client::{Client, Cursor, Effect, Saved, Start, State, What};
use sync::wire::{Challenge, Challenged, Code, Moved, Problem, Push, decode};

#[test]
fn it_signs_in_sends_reads_and_is_synced() {
    let mut counter = Counter::new(3, 1);
    counter.step(What::Started);
    assert_eq!((counter.state(), counter.shown.unwrap().unsent), (State::Busy, 2));
    assert_eq!(counter.shown.unwrap().oldest, Some(NOW - 60_000));
    counter.sign_in(1).push();
    assert!(
        counter.sent().body.contains(r#""from_seq":2"#) && counter.sent().bearer.as_deref() == Some("token")
    );
    counter.answer(&pushed(3));
    assert_eq!(counter.shown.unwrap().unsent, 2, "what is acknowledged counts once it is on the disk");
    let Some(Effect::Save(save)) = counter.effects.first() else { panic!("{:?}", counter.effects) };
    assert_eq!(save.saved.chains[0].acked, 3);
    counter.saved().caught_up();
    assert_eq!((counter.state(), counter.shown.unwrap().unsent), (State::Synced, 0));
    assert!(counter.effects.contains(&Effect::Listen(Some("token".into()))));
    counter.step(What::Wrote { chain: 1, seq: 4 });
    assert_eq!((counter.state(), counter.shown.unwrap().unsent), (State::Busy, 1));
}

#[test]
fn the_page_of_a_captive_portal_is_no_answer() {
    for (status, media, body) in [
        (200, "text/html", "<h1>Welcome</h1>"),
        (200, "application/json", "<h1>Welcome</h1>"),
        (200, "application/json", "{}"),
        (511, "text/html", ""),
        (403, "text/html", "blocked"),
        (404, "application/json", "{}"),
    ] {
        let mut counter = Counter::new(2, 1);
        counter.step(What::Started);
        let ticket = counter.ticket();
        counter.step(What::Answered { ticket, status, media: media.into(), body: body.into() });
        assert_eq!(
            (counter.state(), counter.shown.unwrap().unsent),
            (State::NotAnswering, 1),
            "{status} {body}"
        );
        assert!(counter.wake().is_some());
    }
}

#[test]
fn attempts_are_spread_between_nothing_and_a_limit_that_doubles() {
    let mut counter = Counter::new(1, 0);
    counter.step(What::Started);
    let mut limits = Vec::new();
    for _ in 0..9 {
        // The largest number that is drawn is the limit: it is what is left of 2^64 − 1.
        let mut most = 0;
        // Up to twice the longest limit.
        for random in 0..=120 {
            let mut other =
                Counter { client: counter.client.clone(), effects: counter.effects.clone(), ..counter };
            other.random = random * 1_000;
            let ticket = other.ticket();
            most = other.step(What::NoAnswer { ticket }).wake().unwrap().max(most);
        }
        limits.push(most);
        let ticket = counter.ticket();
        counter.step(What::NoAnswer { ticket }).step(What::Woke);
    }
    assert_eq!(limits, [1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000]);
    let ticket = counter.ticket();
    counter.step(What::NoAnswer { ticket }).step(What::Online);
    assert_eq!(counter.sent().path, "/v1/session", "at once when the network is back");
}

#[test]
fn a_press_while_it_waits_is_not_another_attempt() {
    let mut counter = Counter::new(1, 0);
    counter.step(What::Started);
    let ticket = counter.ticket();
    counter.step(What::NoAnswer { ticket }).step(What::Wrote { chain: 1, seq: 2 });
    assert!(counter.effects.iter().all(|effect| matches!(effect, Effect::Show(_))), "{:?}", counter.effects);
    assert_eq!(counter.shown.unwrap().unsent, 2);
}

#[test]
fn without_a_network_nothing_is_tried_until_it_is_back() {
    let mut counter = Counter::new(1, 0);
    counter.step(What::Offline).step(What::Started);
    assert_eq!(counter.state(), State::Offline);
    assert!(!counter.effects.iter().any(|effect| matches!(effect, Effect::Send(_))));
    counter.step(What::Online);
    assert_eq!(counter.sent().path, "/v1/session");
}

#[test]
fn late_and_doubled_answers_change_nothing() {
    let mut counter = Counter::new(2, 1);
    counter.step(What::Started).sign_in(1).push();
    let ticket = counter.ticket();
    let before = format!("{:?}", counter.client);
    for ticket in [ticket - 1, ticket + 1, 0] {
        let body = serde_json::to_vec(&pushed(9)).unwrap();
        counter.step(What::Answered { ticket, status: 200, media: "application/json".into(), body });
        counter.step(What::NoAnswer { ticket }).step(What::Saved { ticket }).step(What::NotSaved { ticket });
        assert_eq!((format!("{:?}", counter.client), counter.effects.len()), (before.clone(), 0));
    }
}

#[test]
fn asking_again_does_not_lose_an_open_answer() {
    let mut counter = Counter::new(2, 1);
    counter.step(What::Started);
    let ticket = counter.ticket();
    counter.random = u64::MAX;
    counter.step(What::Started);
    let body = serde_json::to_vec(&Challenged { challenge: Challenge([7; 32]) }).unwrap();
    counter.step(What::Answered { ticket, status: 200, media: "application/json".into(), body });
    assert!(matches!(counter.effects.first(), Some(Effect::Sign { .. })), "{:?}", counter.effects);
}

#[test]
fn a_session_that_ended_is_begun_again() {
    let mut counter = Counter::new(2, 1);
    counter.step(What::Started).sign_in(1).push().answer(&pushed(2)).saved();
    counter.refuse(&Problem::new(Code::NoSession));
    assert_eq!(counter.sent().path, "/v1/session");
    // A new session that does not count either: not at once.
    counter.sign_in(2).refuse(&Problem::new(Code::NoSession));
    assert!(counter.wake().is_some() && counter.state() == State::NotAnswering);
}

#[test]
fn a_gap_is_filled() {
    let mut counter = Counter::new(5, 4);
    counter.step(What::Started).sign_in(4).push();
    assert!(counter.sent().body.contains(r#""from_seq":5"#));
    counter.refuse(&Problem::gap(1, 3)).push();
    assert!(counter.sent().body.contains(r#""from_seq":3"#));
    // A gap behind what was sent makes no sense.
    counter.refuse(&Problem::gap(1, 9));
    assert_eq!(counter.state(), State::NotAnswering);
}

#[test]
fn an_endpoint_that_has_less_than_it_acknowledged_gets_it_again() {
    let mut counter = Counter::new(5, 5);
    counter.step(What::Started).sign_in(2).push();
    assert!(counter.sent().body.contains(r#""from_seq":3"#));
    assert_eq!(counter.shown.unwrap().unsent, 3);
}

#[test]
fn a_fork_begins_a_chain_and_records_again() {
    let mut counter = Counter::new(5, 3);
    counter.step(What::Started).sign_in(3).push().refuse(&Problem::fork(1, 4, 7));
    let Some(Effect::StartChain(start)) = counter.effects.first() else { panic!("{:?}", counter.effects) };
    assert_eq!((start.chain, start.why, start.old, start.after), (7, Why::Fork, 1, 3));
    let chains: Vec<_> = start.saved.chains.iter().map(|own| (own.chain, own.acked, own.end)).collect();
    assert_eq!(chains, [(1, 3, Some(3)), (7, 0, None)]);
    let ticket = counter.ticket();
    counter.step(What::ChainStarted { ticket, written: 3 });
    let reads = counter.effects.first();
    assert!(matches!(reads, Some(Effect::ReadLines { chain: 7, from: 1, through: 3, .. })), "{reads:?}");
    assert_eq!(counter.shown.unwrap().unsent, 3, "the old chain has ended");
}

#[test]
fn a_chain_that_is_longer_at_the_endpoint_is_not_continued() {
    let mut counter = Counter::new(3, 3);
    counter.step(What::Started).sign_in(5);
    let Some(Effect::StartChain(start)) = counter.effects.first() else { panic!("{:?}", counter.effects) };
    assert_eq!((start.chain, start.why, start.old), (2, Why::Lost, 1));
}

#[test]
fn a_full_endpoint_is_named_and_news_still_come() {
    let mut counter = Counter::new(3, 1);
    counter.step(What::Started).sign_in(1).push();
    counter.refuse(&Problem { retry_after: Some(30), ..Problem::new(Code::Full) });
    assert_eq!(counter.state(), State::EndpointFull);
    assert!(counter.wake().unwrap() >= 30_000);
    counter.step(What::Woke);
    assert!(counter.sent().path.contains("/entries?"));
}

#[test]
fn a_refused_request_stops_sending_and_says_so() {
    for code in [Code::NotJson, Code::TooLarge, Code::WrongEntry, Code::SplitPress, Code::WrongSignature] {
        let mut counter = Counter::new(3, 1);
        counter.step(What::Started).sign_in(1).push().refuse(&Problem::new(code)).caught_up();
        assert_eq!((counter.state(), counter.shown.unwrap().unsent), (State::Stopped(code), 2));
        counter.step(What::Wrote { chain: 1, seq: 4 });
        assert!(!counter.effects.iter().any(|effect| matches!(effect, Effect::ReadLines { .. })));
        // Until the person asks to try again.
        counter.step(What::Started);
        assert!(
            matches!(counter.effects.first(), Some(Effect::ReadLines { from: 2, .. })),
            "{:?}",
            counter.effects
        );
    }
}

#[test]
fn an_old_client_waits_for_its_update() {
    let mut counter = Counter::new(3, 1);
    counter.step(What::Started).refuse(&Problem::new(Code::PleaseUpdate));
    assert_eq!(counter.state(), State::PleaseUpdate);
    assert_eq!(counter.shown.unwrap().unsent, 2);
    counter.step(What::Woke);
    assert!(!counter.effects.iter().any(|effect| matches!(effect, Effect::Send(_))));
}

#[test]
fn a_revoked_device_sends_what_it_has_and_reads_no_more() {
    let mut counter = Counter::new(3, 1);
    counter.step(What::Started).sign_in_as(1, true).push().answer(&pushed(3)).saved();
    assert_eq!((counter.state(), counter.shown.unwrap().unsent), (State::Revoked, 0));
    assert!(counter.effects.iter().all(|effect| matches!(effect, Effect::Show(_))), "{:?}", counter.effects);
}

#[test]
fn a_device_without_space_says_so_and_keeps_its_place() {
    let mut counter = Counter::new(2, 1);
    counter.step(What::Started).sign_in(1).push().answer(&pushed(2));
    let ticket = counter.ticket();
    counter.step(What::NotSaved { ticket });
    assert_eq!((counter.state(), counter.shown.unwrap().unsent), (State::DeviceFull, 1));
    counter.step(What::Woke).push();
    assert!(counter.sent().body.contains(r#""from_seq":2"#), "the same lines again");
}

#[test]
fn a_page_that_does_not_continue_the_log_is_no_answer() {
    let elsewhere = signed(epoch(1), Checkpoint { lseq: 4, ..Saved::new(SHOP).cursor.checkpoint() });
    let other_epoch = signed(epoch(2), Saved::new(SHOP).cursor.checkpoint());
    for head in [elsewhere, other_epoch] {
        let mut wrong = page(1);
        wrong["head"] = serde_json::to_value(head).unwrap();
        let mut counter = Counter::new(1, 1);
        counter.step(What::Started).sign_in(1).answer(&wrong);
        assert_eq!(counter.state(), State::NotAnswering);
    }
}

#[test]
fn another_epoch_is_looked_into() {
    let mut counter = Counter::new(1, 1);
    counter.step(What::Started).sign_in(1).refuse(&Problem::other_log(Code::LogFork, epoch(2)));
    assert!(counter.sent().path.contains("/heads?at="), "{:?}", counter.sent());
    assert_ne!(counter.state(), State::Synced);
}

#[test]
fn no_line_counts_as_acknowledged_that_was_not_sent() {
    let mut counter = Counter::new(5, 1);
    // The endpoint has more: another copy of the device has written it.
    counter.step(What::Started).sign_in(1).push().answer(&pushed(9));
    let Some(Effect::Save(save)) = counter.effects.first() else { panic!("{:?}", counter.effects) };
    assert_eq!(save.saved.chains[0].acked, 5);
}

#[test]
fn a_fork_before_what_was_sent_is_looked_for_in_earlier_lines() {
    let mut counter = Counter::new(600, 590);
    counter.step(What::Started).sign_in(590).push().refuse(&Problem::fork(1, 580, 2));
    let reads = counter.effects.first();
    assert!(matches!(reads, Some(Effect::ReadLines { chain: 1, from: 325, .. })), "{reads:?}");
    counter.push().refuse(&Problem::fork(1, 500, 2));
    let Some(Effect::StartChain(start)) = counter.effects.first() else { panic!("{:?}", counter.effects) };
    assert_eq!((start.old, start.after, start.chain), (1, 499, 2), "no line that was lost is left out");
}

#[test]
fn a_revoked_device_can_send_to_an_endpoint_that_was_restored() {
    let mut saved = Saved::new(SHOP);
    saved.cursor = Cursor { epoch: Some(epoch(7)), lseq: 40, ..saved.cursor };
    let start = Start {
        origin: "https://shop.example".into(),
        shop: SHOP.into(),
        device: "a".into(),
        bearer: true,
        saved,
        kept: Vec::new(),
        written: vec![(1, 3)],
        oldest: None,
    };
    let mut counter = Counter { client: Client::new(start), effects: Vec::new(), shown: None, random: 0 };
    counter.step(What::Started).sign_in_as(1, true).push();
    // It does not read, so it can never find its place in the other log: it names the beginning.
    let push: Push<'_> = decode(counter.sent().body.as_bytes()).unwrap();
    assert_eq!((push.epoch, push.after), (None, Saved::new(SHOP).cursor.checkpoint()));
}

#[test]
fn news_that_come_while_a_page_is_stored_are_not_forgotten() {
    let mut counter = Counter::new(1, 1);
    counter.step(What::Started).sign_in(1).answer(&page(1));
    let ticket = counter.ticket();
    counter.step(What::Moved(Moved { epoch: epoch(1), lseq: 5 }));
    counter.step(What::Saved { ticket });
    assert!(counter.sent().path.contains("/entries?"), "{:?}", counter.effects);
    assert_ne!(counter.state(), State::Synced);
}

#[test]
fn a_press_right_after_a_new_chain_is_not_forgotten() {
    let mut counter = Counter::new(5, 3);
    counter.step(What::Started).sign_in(3).push().refuse(&Problem::fork(1, 4, 2));
    let ticket = counter.ticket();
    counter.step(What::Wrote { chain: 2, seq: 4 }).step(What::ChainStarted { ticket, written: 3 });
    let reads = counter.effects.first();
    assert!(matches!(reads, Some(Effect::ReadLines { chain: 2, from: 1, through: 4, .. })), "{reads:?}");
}
