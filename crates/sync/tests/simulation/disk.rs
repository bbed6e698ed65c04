//! What a counter has on its disk: lines, what an endpoint said about them, and the state of the exchange.

use super::bugs::Bug;
use super::common::keys::{key, sign};
use super::common::lines::{Chain, SHOP};
use journal::{After, Clock, Hash, Press, SideVerdict, Why};
use std::collections::BTreeMap;
use std::sync::Arc;
use sync::client::{Kept, OwnLine, OwnedRecord, Save, Saved, StartChain};
use sync::wire::limits::MAX_BATCH;
use sync::{LogHash, PublicKey, Signature};

/// A line, and what is known about it.
#[derive(Debug, Clone)]
pub struct DiskLine {
    pub text: Arc<str>,
    pub id: Arc<str>,
    pub kind: Kind,
    pub press: Option<Press>,
    /// Said by the endpoint: number, order, verdict.
    pub lseq: Option<u64>,
    pub order: Clock,
    pub verdict: SideVerdict,
    pub signature: Option<Signature>,
    pub received: u64,
    pub log_hash: Option<LogHash>,
}

/// What a line records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Opened,
    Note,
    /// A kind of a newer version.
    Newer,
}

/// A chain that this disk writes or has written.
#[derive(Debug, Clone)]
pub struct Own {
    pub chain: Chain,
    pub key: PublicKey,
    /// The lines from number 1.
    pub lines: Vec<Hash>,
    /// When each was written, by the device's clock.
    pub times: Vec<u64>,
}

/// The disk of a counter. A copy of it is a copied profile, or an old backup.
#[derive(Debug, Clone)]
pub struct Disk {
    pub device: Arc<str>,
    /// Makes the keys of new chains differ between copies.
    pub secret: u64,
    pub lines: BTreeMap<Hash, DiskLine>,
    pub by_lseq: BTreeMap<u64, Hash>,
    pub own: BTreeMap<u32, Own>,
    pub saved: Saved,
    pub kept: BTreeMap<u64, Kept>,
}

impl Disk {
    pub fn new(device: &str, secret: u64) -> Self {
        Self {
            device: device.into(),
            secret,
            lines: BTreeMap::new(),
            by_lseq: BTreeMap::new(),
            own: BTreeMap::new(),
            saved: Saved::new(SHOP),
            kept: BTreeMap::new(),
        }
    }

    /// The chain that is written now, and the number of its last line.
    pub fn current(&self) -> (u32, u64) {
        self.own.last_key_value().map_or((0, 0), |(chain, own)| (*chain, own.chain.seq))
    }

    /// Opens a chain.
    pub fn open(&mut self, chain: u32, why: Why, after: Option<After>, now: u64) {
        let clock = self.own.values().map(|own| own.chain.clock).max().unwrap_or_default();
        let key = key(&format!("{}#{}", self.device, self.secret), chain);
        let mut opened = Chain::new(&self.device, chain, clock);
        let text = opened.open(Some(&key), why, after, now);
        let id = format!("open-{}-{chain}", self.device);
        self.own.insert(chain, Own { chain: opened, key, lines: Vec::new(), times: Vec::new() });
        self.keep(chain, &text, &id, Kind::Opened, None, now);
    }

    /// Writes the lines of one press to the current chain; returns their hashes.
    pub fn press(&mut self, ids: &[(String, Kind)], now: u64) -> Vec<Hash> {
        let (chain, _) = self.current();
        let write = |(at, (id, kind)): (usize, &(String, Kind))| {
            self.write(chain, id, *kind, Press::at(at, ids.len()), now)
        };
        ids.iter().enumerate().map(write).collect()
    }

    fn write(&mut self, chain: u32, id: &str, kind: Kind, press: Option<Press>, now: u64) -> Hash {
        let own = self.own.get_mut(&chain).expect("the chain is open");
        let text = match kind {
            Kind::Opened | Kind::Note => own.chain.note(id, press, now),
            // Spaces, an escape, a number that no program writes so: the bytes must survive.
            Kind::Newer => {
                let line = own.chain.line(id, "future.thing", 9, r#"{"x":0}"#, press, now);
                let text = line.replace(r#"{"x":0}"#, r#"{ "x" : 1e0, "n":"\u0041", "n":2 }"#);
                own.chain.prev = Some(Hash::of(text.as_bytes()));
                text
            }
        };
        self.keep(chain, &text, id, kind, press, now)
    }

    fn keep(&mut self, chain: u32, text: &str, id: &str, kind: Kind, press: Option<Press>, now: u64) -> Hash {
        let own = self.own.get_mut(&chain).expect("the chain is open");
        let hash = Hash::of(text.as_bytes());
        own.lines.push(hash);
        own.times.push(now);
        let line = DiskLine {
            text: text.into(),
            id: id.into(),
            kind,
            press,
            lseq: None,
            order: own.chain.clock,
            verdict: SideVerdict::Ok,
            signature: None,
            received: 0,
            log_hash: None,
        };
        self.lines.insert(hash, line);
        hash
    }

    /// Own lines for a push: whole presses, at most `most` lines unless they are one press.
    pub fn read_lines(&self, chain: u32, from: u64, through: u64, most: usize) -> Vec<OwnLine> {
        let Some(own) = self.own.get(&chain) else { return Vec::new() };
        let mut lines: Vec<OwnLine> = Vec::new();
        let mut whole = 0;
        let begins = |at: &usize| {
            own.lines.get(*at).is_none_or(|hash| self.lines[hash].press.is_none_or(|press| press.0 == 1))
        };
        let from = (0..from as usize).rev().find(begins).unwrap_or(0) as u64 + 1;
        for hash in own.lines.iter().skip(from as usize - 1).take((through + 1 - from) as usize) {
            let line = &self.lines[hash];
            if whole > 0 && lines.len() >= most.min(MAX_BATCH) {
                break;
            }
            lines.push(OwnLine { text: line.text.to_string(), signature: None });
            if !line.press.is_some_and(Press::goes_on) {
                whole = lines.len();
            }
        }
        lines.truncate(whole);
        if let Some(last) = lines.last_mut() {
            last.signature = Some(sign(&own.key, Hash::of(last.text.as_bytes()).bytes()));
        }
        lines
    }

    /// Records by their numbers, without a gap.
    pub fn read_records(&self, after: u64, through: u64) -> Vec<OwnedRecord> {
        let mut records = Vec::new();
        for (due, (lseq, hash)) in (after + 1..).zip(self.by_lseq.range(after + 1..=through)) {
            let line = &self.lines[hash];
            let Some(log_hash) = line.log_hash.filter(|_| *lseq == due) else { break };
            records.push(OwnedRecord {
                lseq: *lseq,
                text: line.text.to_string(),
                hash: *hash,
                signature: line.signature,
                order: line.order,
                verdict: line.verdict,
                received: line.received,
                log_hash,
            });
        }
        records
    }

    /// One transaction.
    pub fn save(&mut self, save: &Save, bug: Option<Bug>) {
        self.saved = save.saved.clone();
        if let Some(to) = save.rewound_to.filter(|_| bug != Some(Bug::NotRewound)) {
            for (_, hash) in self.by_lseq.split_off(&(to + 1)) {
                if let Some(line) = self.lines.get_mut(&hash) {
                    line.lseq = None;
                    line.log_hash = None;
                }
            }
        }
        for record in &save.records {
            self.take(record);
        }
        if let Some(kept) = save.keep {
            self.kept.insert(kept.head.lseq, kept);
        }
        for lseq in &save.forget {
            self.kept.remove(lseq);
        }
    }

    fn take(&mut self, record: &OwnedRecord) {
        let hash = Hash::of(record.text.as_bytes());
        let line = self.lines.entry(hash).or_insert_with(|| {
            let line = journal::Line::parse(record.text.as_bytes()).expect("a line of the log");
            let kind = match line.kind {
                journal::OPENED => Kind::Opened,
                "note.made" => Kind::Note,
                _ => Kind::Newer,
            };
            DiskLine {
                text: record.text.as_str().into(),
                id: line.id.into(),
                kind,
                press: line.press,
                lseq: None,
                order: record.order,
                verdict: record.verdict,
                signature: None,
                received: 0,
                log_hash: None,
            }
        });
        line.lseq = Some(record.lseq);
        line.order = record.order;
        line.verdict = record.verdict;
        line.signature = record.signature;
        line.received = record.received;
        line.log_hash = Some(record.log_hash);
        self.by_lseq.insert(record.lseq, hash);
    }

    /// Starts a chain and records again there what follows a number of the old chain, in one transaction. Returns the ids
    /// of the presses that were recorded.
    pub fn start_chain(&mut self, start: &StartChain, now: u64, bug: Option<Bug>) {
        let old = self.own.get(&start.old).map(|own| (own.lines.clone(), own.chain.clone()));
        let (lines, _) = old.clone().unwrap_or((Vec::new(), Chain::new("", 1, Clock::default())));
        let last = lines.len() as u64;
        let end = start.after.min(last);
        let after = end.checked_sub(1).and_then(|at| lines.get(at as usize)).map(|hash| After {
            chain: start.old,
            seq: end,
            hash: *hash,
        });
        self.open(start.chain, start.why, after, now);
        let again = lines.get(end as usize..).unwrap_or_default();
        for hash in again.iter().filter(|_| start.why == Why::Fork && bug != Some(Bug::NotRecordedAgain)) {
            let DiskLine { id, kind, press, .. } = self.lines[hash].clone();
            if kind == Kind::Opened {
                continue;
            }
            let id = if bug == Some(Bug::NewIds) { format!("{id}-again") } else { id.to_string() };
            self.write(start.chain, &id, kind, press, now);
        }
        self.saved = start.saved.clone();
    }

    /// Every chain that was written, and the number of its last line.
    pub fn written(&self) -> Vec<(u32, u64)> {
        self.own.iter().map(|(chain, own)| (*chain, own.chain.seq)).collect()
    }

    /// The lines that the endpoint has not acknowledged and will get.
    pub fn unsent(&self) -> u64 {
        let of = |(chain, own): (&u32, &Own)| {
            let known = self.saved.chains.iter().find(|known| known.chain == *chain);
            let end = known.and_then(|known| known.end).unwrap_or(u64::MAX).min(own.chain.seq);
            end.saturating_sub(known.map_or(0, |known| known.acked))
        };
        self.own.iter().map(of).sum()
    }

    /// When the oldest of them was written.
    pub fn oldest(&self) -> Option<u64> {
        let of = |(chain, own): (&u32, &Own)| {
            let acked =
                self.saved.chains.iter().find(|known| known.chain == *chain).map_or(0, |own| own.acked);
            own.times.get(acked as usize).copied()
        };
        self.own.iter().filter_map(of).min()
    }
}
