//! A shop at an endpoint, to which tests send requests.

use super::keys::{is_signed, key, sign};
use super::lines::{Chain, SHOP};
use super::memory_log::{MemoryLog, SimpleRights};
use journal::{Clock, Hash, SideVerdict, Why};
use serde_json::value::RawValue;
use sync::admit::*;
use sync::wire::{Code, Item, Problem, Push, Record, Reoffer};
use sync::{Checkpoint, Epoch, PublicKey, SignedHead, statement};

pub const NOW: u64 = 1_772_442_000_000;
pub const MINUTE: u64 = 60_000;

pub fn epoch(number: u8) -> Epoch {
    Epoch([number; 16])
}

pub fn endpoint_key() -> PublicKey {
    key("endpoint", 0)
}

pub struct Shop {
    pub log: MemoryLog,
    pub rights: SimpleRights,
}

/// What became of a push: the lines that are here, the new ones, and the first refused one.
pub type Pushed<E> = Result<(u64, usize, Option<(u64, SideVerdict)>), E>;

impl Shop {
    pub fn new() -> Self {
        Self { log: MemoryLog::new(SHOP, epoch(1)), rights: SimpleRights::default() }
    }

    pub fn place(&self) -> Checkpoint {
        self.log.log_end().checkpoint()
    }

    pub fn push(&mut self, device: &str, lines: &[String]) -> Pushed<Code> {
        self.push_after(device, lines, self.place(), NOW).map_err(|problem| problem.code)
    }

    pub fn push_after(
        &mut self,
        device: &str,
        lines: &[String],
        after: Checkpoint,
        received: u64,
    ) -> Pushed<Problem> {
        let raw = raw(lines);
        let first = journal::Line::parse(lines[0].as_bytes()).map_or(1, |line| line.seq);
        let push = Push { epoch: Some(self.log.epoch), after, from_seq: first, items: items(&raw, device) };
        let pushed = PushedLines::read(SHOP, device, &push).map_err(Problem::from)?;
        let keys = self.rights.keys(device, pushed.chain()).unwrap();
        pushed.check_signature(&keys, &is_signed).map_err(Problem::from)?;
        let admitted = admit_push(&mut self.log, &mut self.rights, &push, &pushed, received).unwrap()?;
        let refused = admitted.refused.first().map(|line| (line.seq, line.code));
        assert_eq!(admitted.end, self.log.log_end());
        Ok((admitted.acked_through, admitted.appended, refused))
    }

    pub fn signed_end(&self) -> SignedHead {
        signed(self.log.epoch, self.place())
    }

    /// The records from one number on, as a client that pulled them hands them back.
    pub fn reoffer(
        &mut self,
        from: &MemoryLog,
        after: u64,
        head: Option<SignedHead>,
        ours: bool,
    ) -> Result<AdmittedReoffer, Code> {
        let raw: Vec<_> =
            from.records.iter().map(|record| raw(&[record.text.to_string()]).remove(0)).collect();
        let items =
            (1..).zip(&from.records).zip(&raw).skip(after as usize).map(|((lseq, record), raw)| Record {
                lseq,
                entry: raw,
                signature: record.signature,
                order: record.order,
                verdict: record.verdict,
                received: record.received,
                log_hash: record.log_hash,
            });
        let items = items.collect();
        let h = from.place(after).unwrap();
        let reoffer = Reoffer { epoch: self.log.epoch, after, h, items, head };
        let read = ReofferedLines::read(SHOP, &reoffer).map_err(|refusal| refusal.code)?;
        let is_ours = ours
            && read
                .head()
                .is_some_and(|head| is_signed(&endpoint_key(), &head.statement(SHOP), &head.signature));
        admit_reoffer(&mut self.log, &mut self.rights, &read, is_ours, &is_signed, (NOW + MINUTE, epoch(9)))
            .unwrap()
            .map_err(|problem| problem.code)
    }
}

pub fn signed(epoch: Epoch, Checkpoint { lseq, log_hash }: Checkpoint) -> SignedHead {
    let signature = sign(&endpoint_key(), &statement::log_head(SHOP, epoch, lseq, log_hash));
    SignedHead { epoch, lseq, log_hash, signature }
}

pub fn raw(lines: &[String]) -> Vec<Box<RawValue>> {
    lines.iter().map(|line| RawValue::from_string(line.clone()).unwrap()).collect()
}

/// Items with a signature at the last one.
pub fn items<'a>(raw: &'a [Box<RawValue>], device: &str) -> Vec<Item<'a>> {
    let last = raw.len() - 1;
    let of = |(at, raw): (usize, &'a RawValue)| Item {
        entry: raw,
        signature: (at == last).then(|| sign(&key(device, 1), Hash::of(raw.get().as_bytes()).bytes())),
    };
    raw.iter().map(|raw| &**raw).enumerate().map(of).collect()
}

/// A device with an open chain and some notes.
pub fn device(name: &str, notes: usize) -> (Chain, Vec<String>) {
    let mut chain = Chain::new(name, 1, Clock::default());
    let mut lines = vec![chain.open(Some(&key(name, 1)), Why::New, None, NOW)];
    for at in 0..notes {
        lines.push(chain.note(&format!("{name}-{at}"), None, NOW));
    }
    (chain, lines)
}
