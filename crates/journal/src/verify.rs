//! Verifies chains of lines: shape, numbers without gaps, and each line with the hash of the previous one.

use crate::clock::Clock;
use crate::error::LineError;
use crate::hash::Hash;
use crate::line::{Envelope, Line};
use crate::opened::{ChainOpened, OPENED};
use crate::press::Press;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fmt;

/// The last line of a chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// The number of the line.
    pub seq: u64,
    /// The hash of the line.
    pub hash: Hash,
}

/// What is wrong with a line of a chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// The bytes are not a line.
    Shape(LineError),
    /// The line belongs to another shop than the first line.
    AnotherShop {
        /// The shop of the line.
        shop: String,
    },
    /// A chain must begin with a complete `chain.opened`, which may not occur again.
    Opening,
    /// Lines are missing between the previous line and this one.
    Gap {
        /// The expected number.
        due: u64,
        /// The number found.
        found: u64,
    },
    /// The number was used before, with the same or with other content.
    Repeated {
        /// The number.
        seq: u64,
    },
    /// The hash of the previous line differs from the one that this line holds: one of the two was changed.
    Prev {
        /// The hash of the previous line.
        due: Option<Hash>,
        /// The hash that the line holds.
        found: Option<Hash>,
    },
    /// The clock is not later than that of the previous line.
    ClockRanBack,
    /// The lines of one press are not all here, one after another.
    SplitPress,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Shape(error) => error.fmt(f),
            Self::AnotherShop { shop } => write!(f, "belongs to another shop, {shop}"),
            Self::Opening => f.write_str("a chain begins with one whole chain.opened, and only there"),
            Self::Gap { due, found } => write!(f, "lines are missing: number {due} was due, found {found}"),
            Self::Repeated { seq } => write!(f, "number {seq} was used before"),
            Self::Prev { .. } => {
                f.write_str("does not follow the line before it: one of the two was changed")
            }
            Self::ClockRanBack => f.write_str("its clock is not later than that of the line before"),
            Self::SplitPress => f.write_str("lines of the same press are missing"),
        }
    }
}

/// Checks lines one by one: any number of chains, interleaved in any way, each chain in its own order. Holds one head a
/// chain, so a journal of any length is verified in one pass.
#[derive(Debug, Clone, Default)]
pub struct Verifier {
    shop: Option<String>,
    /// By device, then by chain, so that a lookup allocates no key.
    chains: BTreeMap<String, BTreeMap<u32, End>>,
}

/// The end of a chain.
#[derive(Debug, Clone, Copy)]
struct End {
    head: Head,
    clock: Clock,
    press: Option<Press>,
}

impl Verifier {
    /// Checks the next line and returns everything that is wrong with it. The check continues from the line as it is,
    /// so that one bad line is not an error of all following lines.
    pub fn check(&mut self, bytes: &[u8]) -> Vec<Problem> {
        match Line::parse(bytes) {
            Ok(line) => self.check_position(&line, Hash::of(bytes)),
            Err(error) => vec![Problem::Shape(error)],
        }
    }

    /// The heads of all chains, by device and chain.
    pub fn heads(&self) -> impl Iterator<Item = (&str, u32, Head)> {
        let chains =
            self.chains.iter().flat_map(|(device, chains)| chains.iter().map(move |chain| (device, chain)));
        chains.map(|(device, (chain, end))| (device.as_str(), *chain, end.head))
    }

    /// The chains, by device, that end in the middle of a press, with the number of their last line. A whole journal has
    /// none.
    pub fn split_presses(&self) -> impl Iterator<Item = (&str, u32, u64)> {
        self.chains.iter().flat_map(|(device, chains)| {
            let split = chains.iter().filter(|(_, end)| end.press.is_some_and(Press::goes_on));
            split.map(move |(chain, end)| (device.as_str(), *chain, end.head.seq))
        })
    }

    /// As [`Verifier::check`], for a line that has been parsed and hashed.
    pub fn check_position(&mut self, line: &Line<'_>, hash: Hash) -> Vec<Problem> {
        self.check_envelope_position(&line.to_envelope(), hash)
    }

    /// As [`Verifier::check_position`], for a line whose body has not been parsed.
    pub fn check_envelope_position(&mut self, line: &Envelope<'_>, hash: Hash) -> Vec<Problem> {
        let shop = self.shop.get_or_insert_with(|| line.shop.into());
        let other_shop = (shop != line.shop).then(|| Problem::AnotherShop { shop: line.shop.into() });
        let before = self.advance(line, hash);
        other_shop.into_iter().chain(opening(line)).chain(following(line, before)).collect()
    }

    /// Makes the line the head of its chain unless the head has a higher number. Returns the previous head.
    fn advance(&mut self, line: &Envelope<'_>, hash: Hash) -> Option<End> {
        let end = End { head: Head { seq: line.seq, hash }, clock: line.clock, press: line.press };
        let Some(chains) = self.chains.get_mut(line.device) else {
            self.chains.insert(line.device.to_owned(), BTreeMap::from([(line.chain, end)]));
            return None;
        };
        let known = chains.entry(line.chain);
        let before = if let Entry::Occupied(known) = &known { Some(*known.get()) } else { None };
        if before.is_none_or(|known| known.head.seq < line.seq) {
            known.insert_entry(end);
        }
        before
    }
}

fn opening(line: &Envelope<'_>) -> Option<Problem> {
    let is_opened = line.kind == OPENED;
    let is_complete = !is_opened || ChainOpened::parse(line.kv, line.body).is_ok();
    (is_opened != (line.seq == 1) || !is_complete).then_some(Problem::Opening)
}

fn following(line: &Envelope<'_>, before: Option<End>) -> Vec<Problem> {
    let (seq, hash) = before.map_or((0, None), |before| (before.head.seq, Some(before.head.hash)));
    if line.seq <= seq {
        return vec![Problem::Repeated { seq: line.seq }];
    }
    if line.seq != seq + 1 {
        return vec![Problem::Gap { due: seq + 1, found: line.seq }];
    }
    let prev = (line.prev != hash).then_some(Problem::Prev { due: hash, found: line.prev });
    let back = before.is_some_and(|before| line.clock <= before.clock).then_some(Problem::ClockRanBack);
    let whole = Press::may_follow(before.and_then(|before| before.press), line.press);
    prev.into_iter().chain(back).chain((!whole).then_some(Problem::SplitPress)).collect()
}
