//! A client that tests lead step by step.

use super::keys::{key, sign};
use super::lines::{Chain, SHOP};
use journal::{Clock, Why};
use serde::Serialize;
use serde_json::json;
use sync::client::{Client, Effect, Event, OwnChain, OwnLine, Saved, Send, Start, State, Status, What};
use sync::wire::{Challenge, Challenged, PROBLEM_JSON, Problem, Session};
use sync::{Checkpoint, Epoch, SignedHead};

pub const NOW: u64 = 1_772_442_000_000;

/// A client, what it has asked for and what it shows.
pub struct Counter {
    pub client: Client,
    pub effects: Vec<Effect>,
    pub shown: Option<Status>,
    pub random: u64,
}

pub fn epoch(number: u8) -> Epoch {
    Epoch([number; 16])
}

impl Counter {
    /// A device that has written some lines, of which some are acknowledged.
    pub fn new(written: u64, acked: u64) -> Self {
        let mut saved = Saved::new(SHOP);
        saved.chains.push(OwnChain { chain: 1, acked, end: None });
        let start = Start {
            origin: "https://shop.example".into(),
            shop: SHOP.into(),
            device: "a".into(),
            bearer: true,
            saved,
            kept: Vec::new(),
            written: vec![(1, written)],
            oldest: (written > acked).then_some(NOW - 60_000),
        };
        Self { client: Client::new(start), effects: Vec::new(), shown: None, random: 0 }
    }

    pub fn step(&mut self, what: What) -> &mut Self {
        let event = Event { now: NOW, random: self.random, what };
        self.effects = self.client.step(event);
        if let Some(status) = self.effects.iter().rev().find_map(|effect| match effect {
            Effect::Show(status) => Some(*status),
            _ => None,
        }) {
            self.shown = Some(status);
        }
        self
    }

    pub fn sent(&self) -> &Send {
        let sent = self.effects.iter().find_map(|effect| match effect {
            Effect::Send(send) => Some(send),
            _ => None,
        });
        sent.unwrap_or_else(|| panic!("nothing was sent: {:?}", self.effects))
    }

    /// The ticket of the only effect that is open.
    pub fn ticket(&self) -> u64 {
        let tickets: Vec<u64> = self
            .effects
            .iter()
            .filter_map(|effect| match effect {
                Effect::Send(send) => Some(send.ticket),
                Effect::Sign { ticket, .. }
                | Effect::ReadLines { ticket, .. }
                | Effect::ReadRecords { ticket, .. } => Some(*ticket),
                Effect::Save(save) => Some(save.ticket),
                Effect::StartChain(start) => Some(start.ticket),
                Effect::Listen(_) | Effect::Wake(_) | Effect::Show(_) => None,
            })
            .collect();
        assert_eq!(tickets.len(), 1, "{:?}", self.effects);
        tickets[0]
    }

    pub fn answer<T: Serialize>(&mut self, answer: &T) -> &mut Self {
        let (ticket, body) = (self.ticket(), serde_json::to_vec(answer).unwrap());
        self.step(What::Answered { ticket, status: 200, media: "application/json".into(), body })
    }

    pub fn refuse(&mut self, problem: &Problem) -> &mut Self {
        let (ticket, body) = (self.ticket(), serde_json::to_vec(problem).unwrap());
        self.step(What::Answered { ticket, status: problem.status, media: PROBLEM_JSON.into(), body })
    }

    pub fn saved(&mut self) -> &mut Self {
        let ticket = self.ticket();
        self.step(What::Saved { ticket })
    }

    pub fn wake(&self) -> Option<u64> {
        self.effects.iter().find_map(|effect| match effect {
            Effect::Wake(millis) => Some(*millis),
            _ => None,
        })
    }

    pub fn state(&self) -> State {
        self.shown.unwrap().state
    }

    /// Signs in; `acked` lines of the chain are at the endpoint.
    pub fn sign_in(&mut self, acked: u64) -> &mut Self {
        self.sign_in_as(acked, false)
    }

    pub fn sign_in_as(&mut self, acked: u64, revoked: bool) -> &mut Self {
        assert_eq!(self.sent().path, "/v1/session");
        self.answer(&Challenged { challenge: Challenge([7; 32]) });
        let ticket = self.ticket();
        self.step(What::Signed { ticket, signature: Some(sign(&key("a", 0), &[0; 32])) });
        let chains = if acked > 0 { json!([head(acked)]) } else { json!([]) };
        let session: Session = serde_json::from_value(json!({
            "token": "token", "seconds": 60, "time": NOW, "role": "clerk", "revoked": revoked,
            "epoch": epoch(1), "chains": chains, "endpoint_key": key("endpoint", 0),
        }))
        .unwrap();
        self.answer(&session)
    }

    /// Reads lines of the chain and sends them.
    pub fn push(&mut self) -> &mut Self {
        let Some(Effect::ReadLines { ticket, from, through, .. }) = self.effects.first().cloned() else {
            panic!("no lines are read: {:?}", self.effects)
        };
        let lines = lines(through).split_off(from as usize - 1);
        self.step(What::Lines { ticket, lines })
    }

    pub fn caught_up(&mut self) -> &mut Self {
        assert!(self.sent().path.contains("/entries?"), "{:?}", self.sent());
        let acked = self.client.saved().chains[0].acked;
        self.answer(&page(acked)).saved()
    }
}

pub fn lines(count: u64) -> Vec<OwnLine> {
    let mut chain = Chain::new("a", 1, Clock::default());
    let mut lines = vec![chain.open(Some(&key("a", 1)), Why::New, None, NOW)];
    lines.extend((1..count).map(|at| chain.note(&format!("doc-{at}"), None, NOW + at)));
    let signature = Some(sign(&key("a", 1), &[0; 32]));
    lines.into_iter().map(|text| OwnLine { text, signature }).collect()
}

pub fn head(seq: u64) -> serde_json::Value {
    json!({"device": "a", "chain": 1, "seq": seq, "hash": "00".repeat(32)})
}

pub fn signed(epoch: Epoch, at: Checkpoint) -> SignedHead {
    let signature = sign(&key("endpoint", 0), &[0; 32]);
    SignedHead { epoch, lseq: at.lseq, log_hash: at.log_hash, signature }
}

pub fn beginning() -> SignedHead {
    signed(epoch(1), Saved::new(SHOP).cursor.checkpoint())
}

pub fn page(acked: u64) -> serde_json::Value {
    let chains = if acked > 0 { json!([head(acked)]) } else { json!([]) };
    json!({"epoch": epoch(1), "items": [], "head": beginning(), "more": false, "end": 0, "chains": chains})
}

pub fn pushed(acked: u64) -> serde_json::Value {
    json!({"epoch": epoch(1), "chain": 1, "acked_through": acked, "refused": [], "head": beginning()})
}
