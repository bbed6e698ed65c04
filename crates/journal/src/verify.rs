//! Checking chains of lines: shape, numbers without gaps, each line naming the hash of the one before.

use crate::clock::Clock;
use crate::error::LineError;
use crate::hash::Hash;
use crate::line::{Envelope, Line};
use crate::opened::{ChainOpened, OPENED};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fmt;

/// The last line of a chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// Its number.
    pub seq: u64,
    /// Its hash.
    pub hash: Hash,
}

/// What is wrong with a line among the others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// It is no line at all.
    Shape(LineError),
    /// It belongs to another shop than the first line.
    AnotherShop {
        /// The shop it names.
        shop: String,
    },
    /// `chain.opened` must be the first line of a chain, nothing else may be, and it must be whole.
    Opening,
    /// Lines are missing between the one before and this one.
    Gap {
        /// The number that was due.
        due: u64,
        /// The number found.
        found: u64,
    },
    /// The number stood there before, with this or with other content.
    Again {
        /// The number.
        seq: u64,
    },
    /// It names another line before it than the one that stands there: one of the two was changed.
    Prev {
        /// The hash of the line before.
        due: Option<Hash>,
        /// The hash it names.
        found: Option<Hash>,
    },
    /// Its clock is not later than that of the line before.
    ClockRanBack,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Shape(error) => error.fmt(f),
            Self::AnotherShop { shop } => write!(f, "belongs to another shop, {shop}"),
            Self::Opening => f.write_str("a chain begins with one whole chain.opened, and only there"),
            Self::Gap { due, found } => write!(f, "lines are missing: number {due} was due, found {found}"),
            Self::Again { seq } => write!(f, "number {seq} stood there before"),
            Self::Prev { .. } => {
                f.write_str("does not follow the line before it: one of the two was changed")
            }
            Self::ClockRanBack => f.write_str("its clock is not later than that of the line before"),
        }
    }
}

/// Takes lines one by one, of any number of chains in any mixture, each chain in its own order. Holds one
/// head a chain, so a journal of any length is checked in one reading.
#[derive(Debug, Clone, Default)]
pub struct Verifier {
    shop: Option<String>,
    /// By device, then by chain: found without making a key.
    chains: BTreeMap<String, BTreeMap<u32, (Head, Clock)>>,
}

impl Verifier {
    /// Checks the next line; says everything that is wrong with it. The check goes on from what was found, so
    /// that one bad line is not blamed on all that follow.
    pub fn check(&mut self, bytes: &[u8]) -> Vec<Problem> {
        match Line::parse(bytes) {
            Ok(line) => self.place(&line, Hash::of(bytes)),
            Err(error) => vec![Problem::Shape(error)],
        }
    }

    /// Where the chains end, by device and chain.
    pub fn heads(&self) -> impl Iterator<Item = (&str, u32, Head)> {
        let chains =
            self.chains.iter().flat_map(|(device, chains)| chains.iter().map(move |chain| (device, chain)));
        chains.map(|(device, (chain, (head, _)))| (device.as_str(), *chain, *head))
    }

    /// Checks the next line when it has been parsed and hashed elsewhere.
    pub fn place(&mut self, line: &Line<'_>, hash: Hash) -> Vec<Problem> {
        self.place_envelope(&line.unread(), hash)
    }

    /// The same of a line whose body nobody has looked at.
    pub fn place_envelope(&mut self, line: &Envelope<'_>, hash: Hash) -> Vec<Problem> {
        let shop = self.shop.get_or_insert_with(|| line.shop.into());
        let stranger = (shop != line.shop).then(|| Problem::AnotherShop { shop: line.shop.into() });
        let before = self.goes_on(line, hash);
        stranger.into_iter().chain(opening(line)).chain(following(line, before)).collect()
    }

    /// Makes the line the head of its chain, unless the chain is further already. Gives the head before.
    fn goes_on(&mut self, line: &Envelope<'_>, hash: Hash) -> Option<(Head, Clock)> {
        let end = (Head { seq: line.seq, hash }, line.clock);
        let Some(chains) = self.chains.get_mut(line.device) else {
            self.chains.insert(line.device.to_owned(), BTreeMap::from([(line.chain, end)]));
            return None;
        };
        let known = chains.entry(line.chain);
        let before = if let Entry::Occupied(known) = &known { Some(*known.get()) } else { None };
        if before.is_none_or(|(known, _)| known.seq < line.seq) {
            known.insert_entry(end);
        }
        before
    }
}

fn opening(line: &Envelope<'_>) -> Option<Problem> {
    let is_opened = line.kind == OPENED;
    let whole = !is_opened || serde_json::from_str::<ChainOpened>(line.body).is_ok();
    (is_opened != (line.seq == 1) || !whole).then_some(Problem::Opening)
}

fn following(line: &Envelope<'_>, before: Option<(Head, Clock)>) -> Vec<Problem> {
    let (seq, hash, clock) =
        before.map_or((0, None, None), |(head, clock)| (head.seq, Some(head.hash), Some(clock)));
    if line.seq <= seq {
        return vec![Problem::Again { seq: line.seq }];
    }
    if line.seq != seq + 1 {
        return vec![Problem::Gap { due: seq + 1, found: line.seq }];
    }
    let prev = (line.prev != hash).then_some(Problem::Prev { due: hash, found: line.prev });
    let back = clock.is_some_and(|clock| line.clock <= clock).then_some(Problem::ClockRanBack);
    prev.into_iter().chain(back).collect()
}
