//! Reading requests never panics, and a client takes any answer.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sync::admit::{PushedLines, ReofferedLines};
use sync::client::{Client, Effect, Event, Saved, Start, What};
use sync::wire::{AskHeads, AskSession, Enrol, Found, PROBLEM_JSON, Pull, Push, Reoffer, Request, decode};

fuzz_target!(|bytes: &[u8]| {
    if let Some(push) = read::<Push<'_>>(bytes) {
        let _ = PushedLines::read("shop", "a", &push);
    }
    if let Some(reoffer) = read::<Reoffer<'_>>(bytes) {
        let _ = ReofferedLines::read("shop", &reoffer);
    }
    read::<AskSession>(bytes);
    read::<Enrol>(bytes);
    read::<Found<'_>>(bytes);
    read::<Pull>(bytes);
    read::<AskHeads>(bytes);
    answer(bytes);
});

fn read<'a, T: Request<'a>>(bytes: &'a [u8]) -> Option<T> {
    decode::<T>(bytes).ok()
}

/// Answers every request of a client with the same bytes, as success and as problem, until it waits.
fn answer(bytes: &[u8]) {
    let start = Start {
        origin: "https://shop.example".into(),
        shop: "shop".into(),
        device: "a".into(),
        bearer: true,
        saved: Saved::new("shop"),
        kept: Vec::new(),
        written: vec![(1, 3)],
        oldest: Some(1),
    };
    for (status, media) in [(200, "application/json"), (409, PROBLEM_JSON)] {
        let mut client = Client::new(start.clone());
        let mut what = What::Started;
        for random in 0..40 {
            let effects = client.step(Event { now: 5, random, what });
            let open: Vec<What> =
                effects.into_iter().filter_map(|effect| reply(effect, status, media, bytes)).collect();
            assert!(open.len() <= 1, "one effect is open");
            let Some(next) = open.into_iter().next() else { break };
            what = next;
        }
    }
}

fn reply(effect: Effect, status: u16, media: &str, bytes: &[u8]) -> Option<What> {
    match effect {
        Effect::Send(send) => {
            Some(What::Answered { ticket: send.ticket, status, media: media.into(), body: bytes.to_vec() })
        }
        Effect::Sign { ticket, .. } => Some(What::Signed { ticket, signature: None }),
        Effect::ReadLines { ticket, .. } => Some(What::Lines { ticket, lines: Vec::new() }),
        Effect::ReadRecords { ticket, .. } => Some(What::Records { ticket, records: Vec::new() }),
        Effect::Save(save) => Some(What::Saved { ticket: save.ticket }),
        Effect::StartChain(start) => Some(What::ChainStarted { ticket: start.ticket, written: 1 }),
        Effect::Listen(_) | Effect::Wake(_) | Effect::Show(_) => None,
    }
}
