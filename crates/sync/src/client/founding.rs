//! Founding a shop at an endpoint: the device sends every line that it holds, signed or not, in the order of the fold.
//!
//! [`Founding`] is plain data: the caller signs [`Founding::statement`] once, sends [`Founding::request`] and passes each
//! answer to [`Founding::answered`] until the shop is founded. A part that was lost or sent twice changes nothing. What is
//! written meanwhile is no part of it: the [`super::Client`] sends it afterwards.

use crate::admit::whole_presses;
use crate::client::answer::{Answered, read_answer};
use crate::client::event::OwnLine;
use crate::client::saved::{Cursor, OwnChain, Saved};
use crate::head::ChainHead;
use crate::key::{PublicKey, Signature};
use crate::log_hash::LogHash;
use crate::statement;
use crate::wire::limits::{MAX_PAGE, MAX_PAGE_BYTES, PROTOCOL};
use crate::wire::{Code, Found, Founded, Item};
use journal::{Clock, Hash, Line, SideVerdict, Verifier};
use serde_json::value::RawValue;

/// What a shop is founded with.
#[derive(Debug, Clone)]
pub struct Founding {
    shop: String,
    device: String,
    key: PublicKey,
    heads: Vec<ChainHead>,
    /// In the order of the log.
    lines: Vec<OwnLine>,
    /// For each line of the log, its place among the lines that were passed.
    origins: Vec<usize>,
    /// The hash of the log that the lines make.
    end: LogHash,
    /// How many lines the endpoint has.
    taken: usize,
}

/// What is done after an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FoundingStep {
    /// The next part is sent.
    Next,
    /// The shop is founded: what the client begins with. Record `n` of the log is line `n` of [`Founding::origins`].
    Founded(Box<Saved>),
    /// The same part is sent again after at least this many seconds.
    Again(u32),
    /// The endpoint does not take it.
    Refused(Code),
}

/// A line on its way into the order of the log.
struct Placed {
    /// The clock of the first line of its press.
    press: Clock,
    device: String,
    chain: u32,
    seq: u64,
    origin: usize,
    clock: Clock,
    hash: Hash,
}

impl Founding {
    /// Puts the lines into order. They come chain by chain, each chain and each branch of a chain from its first line on.
    ///
    /// # Errors
    /// The code with which an endpoint would refuse a line: the book is damaged.
    pub fn new(shop: &str, device: &str, key: PublicKey, lines: Vec<OwnLine>) -> Result<Self, Code> {
        let mut placed = Vec::with_capacity(lines.len());
        let mut press = Clock::default();
        for (origin, line) in lines.iter().enumerate() {
            let read = Line::parse(line.text.as_bytes()).map_err(|_| Code::WrongEntry)?;
            if read.press.is_none_or(|press| press.0 == 1) {
                press = read.clock;
            }
            let (device, chain, seq, clock) = (read.device.to_owned(), read.chain, read.seq, read.clock);
            let hash = Hash::of(line.text.as_bytes());
            placed.push(Placed { press, device, chain, seq, origin, clock, hash });
        }
        // Within a chain the clocks grow, so each chain stays in its own order, and presses stay whole.
        placed
            .sort_by(|a, b| (a.press, &a.device, a.chain, a.seq).cmp(&(b.press, &b.device, b.chain, b.seq)));
        let (mut end, mut verifier) = (LogHash::empty(shop), Verifier::default());
        for line in &placed {
            let text = lines.get(line.origin).map_or("", |line| line.text.as_str());
            if !verifier.check(text.as_bytes()).is_empty() {
                return Err(Code::BrokenChain);
            }
            end = end.then(line.hash, line.clock, SideVerdict::Ok);
        }
        let head = |(device, chain, head): (&str, u32, journal::Head)| ChainHead {
            device: device.to_owned(),
            chain,
            seq: head.seq,
            hash: head.hash,
        };
        let mut heads: Vec<ChainHead> = verifier.heads().map(head).collect();
        heads.sort_unstable();
        let origins: Vec<usize> = placed.iter().map(|line| line.origin).collect();
        let lines = origins.iter().filter_map(|origin| lines.get(*origin).cloned()).collect();
        let (shop, device) = (shop.to_owned(), device.to_owned());
        Ok(Self { shop, device, key, heads, lines, origins, end, taken: 0 })
    }

    /// The 32 bytes that the device signs, once for all parts.
    #[must_use]
    pub fn statement(&self) -> [u8; 32] {
        statement::founding(&self.shop, self.lines.len() as u64, &self.heads)
    }

    /// The body of the next part, for `POST /v1/shops`.
    #[must_use]
    pub fn request(&self, code: &str, signature: Signature) -> String {
        let rest = self.lines.get(self.taken..).unwrap_or_default();
        let goes_on = |line: &OwnLine| {
            let read = Line::envelope(line.text.as_bytes()).ok();
            read.and_then(|read| read.press).is_some_and(journal::Press::goes_on)
        };
        let sizes = rest.iter().map(|line| (line.text.len(), goes_on(line)));
        let part = rest.get(..whole_presses(sizes, MAX_PAGE, MAX_PAGE_BYTES)).unwrap_or_default();
        let found = Found {
            code: code.to_owned(),
            protocol: PROTOCOL,
            shop: self.shop.clone(),
            device: self.device.clone(),
            key: self.key,
            count: self.lines.len() as u64,
            heads: self.heads.clone(),
            signature,
            from: self.taken as u64 + 1,
            items: part.iter().filter_map(item).collect(),
        };
        // Lines, texts, numbers and digits: this cannot fail, and an empty body would be refused.
        serde_json::to_string(&found).unwrap_or_default()
    }

    /// Takes the answer to a request: status, media type, body. No answer at all is [`FoundingStep::Again`] for the caller.
    pub fn answered(&mut self, status: u16, media: &str, body: &[u8]) -> FoundingStep {
        let founded: Founded = match read_answer(status, media, body) {
            Answered::Whole(founded) => founded,
            Answered::Other => return FoundingStep::Again(0),
            Answered::Problem(problem) => {
                if let (Code::Gap, Some(due)) = (problem.code, problem.due) {
                    self.taken = self.count(due.saturating_sub(1));
                    return FoundingStep::Next;
                }
                return problem
                    .again_after()
                    .map_or(FoundingStep::Refused(problem.code), FoundingStep::Again);
            }
        };
        let Some(epoch) = founded.epoch else {
            let taken = self.count(founded.taken);
            // An endpoint that takes nothing is not asked without a pause.
            if taken <= self.taken || taken >= self.lines.len() {
                return FoundingStep::Again(0);
            }
            self.taken = taken;
            return FoundingStep::Next;
        };
        let lseq = self.lines.len() as u64;
        let own = self.heads.iter().filter(|head| head.device == self.device);
        let mut chains: Vec<OwnChain> = Vec::new();
        for head in own {
            match chains.last_mut().filter(|known| known.chain == head.chain) {
                Some(known) => known.acked = known.acked.max(head.seq),
                None => chains.push(OwnChain { chain: head.chain, acked: head.seq, end: None }),
            }
        }
        let cursor = Cursor { epoch: Some(epoch), lseq, log_hash: self.end };
        FoundingStep::Founded(Box::new(Saved { cursor, chains, revoked: false }))
    }

    /// For each record of the log, from the first on, the place of its line among the lines that were passed.
    #[must_use]
    pub fn origins(&self) -> &[usize] {
        &self.origins
    }

    /// How many of how many lines the endpoint has.
    #[must_use]
    pub fn progress(&self) -> (usize, usize) {
        (self.taken, self.lines.len())
    }

    fn count(&self, number: u64) -> usize {
        usize::try_from(number).unwrap_or(usize::MAX).min(self.lines.len())
    }
}

fn item(line: &OwnLine) -> Option<Item<'_>> {
    let entry: &RawValue = serde_json::from_str(&line.text).ok()?;
    Some(Item { entry, signature: line.signature })
}
