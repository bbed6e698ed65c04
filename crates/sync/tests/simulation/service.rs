//! An endpoint: the admission that the real one uses, on a log in memory, behind the real wire types.

use super::bugs::Bug;
use super::common::keys::{is_signed, key, sign};
use super::common::lines::SHOP;
use super::common::memory_log::{MemoryLog, SimpleRights};
use super::random::Random;
use serde::Serialize;
use serde_json::value::RawValue;
use std::collections::{BTreeMap, BTreeSet};
use sync::admit::{self, LogEnd, PushedLines, ReofferedLines, Rights};
use sync::client::{Method, Send};
use sync::wire::limits::{MAX_PAGE, MAX_PAGE_BYTES};
use sync::wire::{
    AskHeads, AskSession, Challenge, Challenged, Code, Heads, PROBLEM_JSON, Page, Problem, Pull, Push,
    Pushed, Record, Reoffer, Reoffered, Session, decode,
};
use sync::{ChainHead, Checkpoint, Epoch, LogHash, PublicKey, SignedHead, statement};

pub const ORIGIN: &str = "https://shop.example";

/// What all endpoints of the shop know, also after one was restored.
#[derive(Debug, Default)]
pub struct Registry {
    pub keys: BTreeMap<String, PublicKey>,
    pub revoked: BTreeSet<String>,
}

/// What is on the disk of an endpoint.
#[derive(Debug, Clone)]
pub struct Stored {
    pub log: MemoryLog,
    pub rights: SimpleRights,
}

/// One endpoint.
#[derive(Debug)]
pub struct Service {
    pub stored: Stored,
    /// For the mistake of a log that is not locked: the log before the last push, and when that was.
    before: Option<(u64, Stored)>,
    /// For the mistake of saying what was once here.
    told: BTreeMap<(String, u32), ChainHead>,
    sessions: BTreeMap<String, String>,
    challenges: BTreeSet<Challenge>,
    pub bug: Option<Bug>,
}

/// An answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Reply {
    pub status: u16,
    pub media: &'static str,
    pub body: Vec<u8>,
}

/// What an answer needs from outside.
pub struct Around<'a> {
    pub registry: &'a Registry,
    pub now: u64,
    pub random: &'a mut Random,
}

type Answer = Result<String, Problem>;

fn endpoint_key() -> PublicKey {
    key("endpoint", 0)
}

/// The key that a device enrols with.
pub fn device_key(device: &str) -> PublicKey {
    key(device, 0)
}

fn json<T: Serialize>(answer: &T) -> Answer {
    Ok(serde_json::to_string(answer).expect("an answer is JSON"))
}

impl Stored {
    pub fn new(epoch: Epoch) -> Self {
        Self { log: MemoryLog::new(SHOP, epoch), rights: SimpleRights::default() }
    }

    pub fn signed(&self, at: Checkpoint) -> SignedHead {
        let Checkpoint { lseq, log_hash } = at;
        let statement = statement::log_head(SHOP, self.log.epoch, lseq, log_hash);
        let signature = sign(&endpoint_key(), &statement);
        SignedHead { epoch: self.log.epoch, lseq, log_hash, signature }
    }

    pub fn head(&self) -> SignedHead {
        self.signed(self.log.log_end().checkpoint())
    }
}

impl Service {
    pub fn new(stored: Stored, bug: Option<Bug>) -> Self {
        let (sessions, challenges, told) = Default::default();
        Self { stored, before: None, told, sessions, challenges, bug }
    }

    /// What is not on the disk is gone.
    pub fn restart(&mut self) {
        self.sessions.clear();
        self.challenges.clear();
        self.before = None;
    }

    /// A session for requests that no client makes.
    pub fn grant(&mut self, device: &str) -> String {
        let token = format!("granted-{device}");
        self.sessions.insert(token.clone(), device.to_owned());
        token
    }

    pub fn answer(&mut self, send: &Send, around: &mut Around<'_>) -> Reply {
        match self.routed(send, around) {
            Ok(body) => Reply { status: 200, media: "application/json", body: body.into_bytes() },
            Err(problem) => Reply::problem(&problem),
        }
    }

    fn routed(&mut self, send: &Send, around: &mut Around<'_>) -> Answer {
        let (path, query) = send.path.split_once('?').unwrap_or((&send.path, ""));
        if path == "/v1/session" {
            return self.session(&send.body, around);
        }
        let token = send.bearer.as_deref().unwrap_or_default();
        let device = self.sessions.get(token).cloned().ok_or_else(|| Problem::new(Code::NoSession))?;
        let is_revoked =
            around.registry.revoked.contains(&device) && self.bug != Some(Bug::ForgottenRevocation);
        let of_shop = format!("/v1/shops/{SHOP}/");
        match (send.method, path.strip_prefix(&of_shop).unwrap_or_default()) {
            (Method::Post, "entries") => self.push(&device, &send.body, around),
            (Method::Get, _) | (Method::Post, "reoffer") if is_revoked => Err(Problem::new(Code::Revoked)),
            (Method::Get, "entries") => self.pull(&device, query),
            (Method::Get, "heads") => self.heads(query),
            (Method::Post, "reoffer") => self.reoffer(&send.body, around),
            (Method::Get | Method::Post, _) => Err(Problem::new(Code::UnknownRoute)),
        }
    }

    fn session(&mut self, body: &str, around: &mut Around<'_>) -> Answer {
        let ask: AskSession = decode(body.as_bytes()).map_err(Problem::from)?;
        let (Some(challenge), Some(signature)) = (ask.challenge, ask.signature) else {
            let challenge = Challenge(around.random.bytes());
            self.challenges.insert(challenge);
            return json(&Challenged { challenge });
        };
        let statement = statement::session(ORIGIN, &ask.shop, &ask.device, challenge);
        let key = around.registry.keys.get(&ask.device);
        let is_proved = key.is_some_and(|key| is_signed(key, &statement, &signature));
        if !self.challenges.remove(&challenge) || !is_proved {
            return Err(Problem::new(Code::WrongProof));
        }
        let token = format!("{:016x}", around.random.next());
        self.sessions.insert(token.clone(), ask.device.clone());
        let revoked =
            around.registry.revoked.contains(&ask.device) && self.bug != Some(Bug::ForgottenRevocation);
        json(&Session {
            token: Some(token),
            seconds: 3_600,
            time: around.now,
            role: "clerk".into(),
            revoked,
            epoch: self.stored.log.epoch,
            chains: self.chains_of(&ask.device),
            endpoint_key: endpoint_key(),
        })
    }

    fn chains_of(&mut self, device: &str) -> Vec<ChainHead> {
        let heads = self.stored.log.heads(Some(device));
        if self.bug == Some(Bug::StaleChains) {
            return self.stale(heads);
        }
        heads
    }

    /// What was said before, where that was more.
    fn stale(&mut self, heads: Vec<ChainHead>) -> Vec<ChainHead> {
        for head in heads {
            let told = self.told.entry((head.device.clone(), head.chain)).or_insert_with(|| head.clone());
            if told.seq < head.seq {
                *told = head;
            }
        }
        self.told.values().cloned().collect()
    }

    fn push(&mut self, device: &str, body: &str, around: &mut Around<'_>) -> Answer {
        let mut push: Push<'_> = decode(body.as_bytes()).map_err(Problem::from)?;
        if self.bug == Some(Bug::NoCursorCheck) {
            push.epoch = None;
            push.after = self.stored.log.log_end().checkpoint();
        }
        let pushed = PushedLines::read(SHOP, device, &push).map_err(Problem::from)?;
        let keys = self.stored.rights.keys(device, pushed.chain()).expect("memory");
        match pushed.check_signature(&keys, &is_signed) {
            Err(refusal) if self.bug != Some(Bug::UncheckedSignature) => return Err(refusal.into()),
            Ok(()) | Err(_) => {}
        }
        if self.bug == Some(Bug::NoLock)
            && let Some((at, before)) = self.before.take()
            && around.now < at + 1_000
        {
            self.stored = before;
        }
        let undone = self.stored_if(&[Bug::NoLock, Bug::EarlyAnswer, Bug::AppendedTwice]);
        self.stored.rights.revoked = around.registry.revoked.clone();
        if self.bug == Some(Bug::ForgottenRevocation) {
            self.stored.rights.revoked.clear();
        }
        let now = if self.bug == Some(Bug::NoClamp) { u64::MAX / 4 } else { around.now };
        let admitted = if self.bug == Some(Bug::AcceptedFork) {
            self.accept_fork(&push, &pushed, now)?
        } else {
            let Stored { log, rights } = &mut self.stored;
            admit::admit_push(log, rights, &push, &pushed, now).expect("memory")?
        };
        if self.bug == Some(Bug::AppendedTwice) && admitted.appended == 0 {
            self.append_again(&pushed, around.now);
        }
        if self.bug == Some(Bug::DroppedRefused) && !admitted.refused.is_empty() {
            self.drop_refused();
        }
        if self.bug == Some(Bug::Reserialized) {
            self.reserialize(admitted.appended);
        }
        let head = self.stored.signed(admitted.end.checkpoint());
        match (self.bug, undone) {
            (Some(Bug::EarlyAnswer), Some(undone)) if around.random.chance(100) => self.stored = undone,
            (Some(Bug::NoLock), Some(undone)) => self.before = Some((around.now, undone)),
            _ => {}
        }
        let LogEnd { epoch, .. } = admitted.end;
        let (acked_through, refused) = (admitted.acked_through, admitted.refused);
        json(&Pushed { epoch, chain: pushed.chain(), acked_through, refused, head })
    }

    fn stored_if(&self, bugs: &[Bug]) -> Option<Stored> {
        self.bug.filter(|bug| bugs.contains(bug)).map(|_| self.stored.clone())
    }

    fn pull(&mut self, device: &str, query: &str) -> Answer {
        let pull = pull_of(query)?;
        let after = Checkpoint { lseq: pull.after, log_hash: pull.h };
        let end = match admit::check_cursor(&mut self.stored.log, pull.epoch, after).expect("memory") {
            Ok(end) => end,
            Err(_) if self.bug == Some(Bug::NoCursorCheck) => self.stored.log.log_end(),
            Err(problem) => return Err(problem),
        };
        let chains = self.chains_of(device);
        let log = &self.stored.log;
        let rest = log.records.get(pull.after as usize..).unwrap_or_default();
        let sizes = rest.iter().map(|record| (record.text.len(), record.goes_on));
        let mut count = admit::whole_presses(sizes, pull.limit.min(MAX_PAGE), MAX_PAGE_BYTES);
        if self.bug == Some(Bug::SplitPage) {
            count = rest.len().min(2);
        }
        let raw: Vec<Box<RawValue>> = rest.iter().take(count).map(|record| raw(&record.text)).collect();
        let items: Vec<Record<'_>> = (pull.after + 1..)
            .zip(rest)
            .zip(&raw)
            .map(|((lseq, record), entry)| Record {
                lseq,
                entry,
                signature: record.signature,
                order: record.order,
                verdict: record.verdict,
                received: record.received,
                log_hash: record.log_hash,
            })
            .collect();
        let lseq = pull.after + items.len() as u64;
        let log_hash = log.place(lseq).unwrap_or(end.log_hash);
        json(&Page {
            refunds: false,
            epoch: end.epoch,
            items,
            head: self.stored.signed(Checkpoint { lseq, log_hash }),
            more: lseq < end.lseq,
            end: end.lseq,
            chains,
        })
    }

    fn heads(&mut self, query: &str) -> Answer {
        let at = query.strip_prefix("at=").unwrap_or_default().to_owned();
        let places = AskHeads { at }.places().map_err(Problem::from)?;
        let log = &self.stored.log;
        let place = |lseq: u64| log.place(lseq).map(|log_hash| Checkpoint { lseq, log_hash });
        let checkpoints = places.into_iter().filter_map(place).collect();
        let mut chains = log.heads(None);
        if self.bug == Some(Bug::StaleChains) {
            chains = self.stale(chains);
        }
        let epoch = self.stored.log.epoch;
        json(&Heads { epoch, head: self.stored.head(), chains, checkpoints })
    }

    fn reoffer(&mut self, body: &str, around: &mut Around<'_>) -> Answer {
        let reoffer: Reoffer<'_> = decode(body.as_bytes()).map_err(Problem::from)?;
        let read = ReofferedLines::read(SHOP, &reoffer).map_err(Problem::from)?;
        let is_ours = |head: &SignedHead| is_signed(&endpoint_key(), &head.statement(SHOP), &head.signature);
        let mut is_ours = read.head().is_some_and(is_ours);
        let fresh = Epoch(around.random.bytes());
        if self.bug == Some(Bug::ForgottenReoffer) {
            let head = self.stored.head();
            return json(&Reoffered { epoch: head.epoch, verbatim: false, head });
        }
        if self.bug == Some(Bug::BelievedReoffer) {
            is_ours = true;
        }
        let check = |key: &PublicKey, statement: &[u8; 32], signature: &sync::Signature| {
            self.bug == Some(Bug::BelievedReoffer) || is_signed(key, statement, signature)
        };
        let Stored { log, rights } = &mut self.stored;
        rights.revoked = around.registry.revoked.clone();
        let admitted = admit::admit_reoffer(log, rights, &read, is_ours, &check, (around.now, fresh));
        let admitted = admitted.expect("memory")?;
        let head = self.stored.signed(admitted.end.checkpoint());
        json(&Reoffered { epoch: head.epoch, verbatim: admitted.verbatim, head })
    }
}

impl Reply {
    pub fn problem(problem: &Problem) -> Self {
        let body = serde_json::to_vec(problem).expect("a problem is JSON");
        Self { status: problem.status, media: PROBLEM_JSON, body }
    }
}

fn raw(text: &str) -> Box<RawValue> {
    RawValue::from_string(text.to_owned()).expect("a line is JSON")
}

fn pull_of(query: &str) -> Result<Pull, Problem> {
    let fields: BTreeMap<&str, &str> = query.split('&').filter_map(|field| field.split_once('=')).collect();
    let wrong = || Problem::new(Code::WrongField);
    let epoch = match fields.get("epoch") {
        Some(text) => Some(Epoch::parse(text).map_err(|_| wrong())?),
        None => None,
    };
    let field = |name: &str| fields.get(name).copied().ok_or_else(wrong);
    let h: LogHash = serde_json::from_str(&format!("\"{}\"", field("h")?)).map_err(|_| wrong())?;
    let after = field("after")?.parse().map_err(|_| wrong())?;
    let limit = field("limit")?.parse().map_err(|_| wrong())?;
    Ok(Pull { epoch, after, h, limit })
}
