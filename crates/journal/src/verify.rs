//! Verifies chains of lines: shape, numbers without gaps, and each line with the hash of the previous one. Where two
//! different lines follow the same line, the chain has branches.

use crate::branches::Branches;
use crate::hash::Hash;
use crate::limits::{MAX_CHAIN, MAX_COUNT, MAX_MILLIS, MAX_SEQ};
use crate::line::{Envelope, Line};
use crate::number::Number;
use crate::opened::{ChainOpened, OPENED};
use crate::problem::{Head, Problem};
use crate::side::Side;
use std::collections::BTreeMap;

/// Checks lines one by one: any number of chains, interleaved in any way, each branch of a chain in its own order. Holds
/// 48 bytes a line, so that a branch can begin at any line.
#[derive(Debug, Clone, Default)]
pub struct Verifier {
    shop: Option<String>,
    /// By device, then by chain, so that a lookup allocates no key.
    chains: BTreeMap<String, BTreeMap<u32, Branches>>,
}

impl Verifier {
    /// Checks the next line or side record and returns everything that is wrong with it. The check continues from the line as it is,
    /// so that one bad line is not an error of all following lines.
    pub fn check(&mut self, bytes: &[u8]) -> Vec<Problem> {
        if Side::is_side(bytes) {
            return match Side::parse(bytes) {
                Ok(side) => self.check_side(&side).into_iter().collect(),
                Err(error) => vec![Problem::Shape(error)],
            };
        }
        match Line::parse(bytes) {
            Ok(line) => self.check_position(&line, Hash::of(bytes)),
            Err(error) => vec![Problem::Shape(error)],
        }
    }

    /// The heads of all chains, by device and chain; of a chain with branches the head of each, the longest branch first.
    pub fn heads(&self) -> impl Iterator<Item = (&str, u32, Head)> {
        self.all().flat_map(|(device, chain, branches)| {
            branches.heads().into_iter().map(move |head| (device, chain, head))
        })
    }

    /// The chains, by device, that end in the middle of a press, with the number of their last line. A whole journal has
    /// none.
    pub fn split_presses(&self) -> impl Iterator<Item = (&str, u32, u64)> {
        self.all().flat_map(|(device, chain, branches)| {
            branches.split_presses().map(move |seq| (device, chain, seq))
        })
    }

    fn all(&self) -> impl Iterator<Item = (&str, u32, &Branches)> {
        self.chains.iter().flat_map(|(device, chains)| {
            chains.iter().map(move |(chain, branches)| (device.as_str(), *chain, branches))
        })
    }

    /// Checks that a side record names a line that was checked before it. What it says about the line is not checked: it
    /// counts only under a head that an endpoint signed.
    #[must_use]
    pub fn check_side(&self, side: &Side<'_>) -> Option<Problem> {
        let branches = self.chains.get(side.device).and_then(|chains| chains.get(&side.chain));
        let is_here = branches.is_some_and(|branches| branches.contains(side.seq, side.hash));
        (!is_here).then_some(Problem::NoLineOfSide)
    }

    /// As [`Verifier::check`], for a line that has been parsed and hashed.
    pub fn check_position(&mut self, line: &Line<'_>, hash: Hash) -> Vec<Problem> {
        self.check_envelope_position(&line.to_envelope(), hash)
    }

    /// As [`Verifier::check_position`], for a line whose body has not been parsed.
    pub fn check_envelope_position(&mut self, line: &Envelope<'_>, hash: Hash) -> Vec<Problem> {
        let shop = self.shop.get_or_insert_with(|| line.shop.into());
        let other_shop = (shop != line.shop).then(|| Problem::AnotherShop { shop: line.shop.into() });
        let position = match self.chains.get_mut(line.device) {
            Some(chains) => chains.entry(line.chain).or_default().add(line, hash),
            None => {
                let chains = self.chains.entry(line.device.to_owned()).or_default();
                chains.entry(line.chain).or_default().add(line, hash)
            }
        };
        other_shop.into_iter().chain(beyond(line)).chain(opening(line)).chain(position).collect()
    }
}

/// The first field from which this device, or the one that wrote the line, could not count on. A chain, a clock and a
/// document number need no earlier line to be this high.
fn beyond(line: &Envelope<'_>) -> Option<Problem> {
    let is_low = |no: &str| Number::parse(no).is_none_or(|number| number.count <= MAX_COUNT);
    let checks = [
        ("chain", line.chain <= MAX_CHAIN),
        ("seq", line.seq <= MAX_SEQ),
        ("clock", line.clock.0 <= MAX_MILLIS),
        ("no", line.no.is_none_or(is_low)),
    ];
    let field = checks.into_iter().find(|(_, valid)| !valid).map(|(field, _)| field);
    field.map(Problem::Beyond)
}

fn opening(line: &Envelope<'_>) -> Option<Problem> {
    let is_opened = line.kind == OPENED;
    if is_opened != (line.seq == 1) {
        return Some(Problem::Opening);
    }
    if !is_opened {
        return None;
    }
    match ChainOpened::parse(line.kv, line.body) {
        Ok(opened) => opened.beyond().map(Problem::Beyond),
        Err(_) => Some(Problem::Opening),
    }
}
