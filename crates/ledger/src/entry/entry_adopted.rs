//! `entry.adopted`: an entry counts that an endpoint refused, or whose actor had no right to it.

use crate::entry::content::Content;
use crate::entry::record::Place;
use crate::id::Id;
use serde::{Deserialize, Serialize};

/// Makes such an entry count, at the place of the adopting entry and with its own date. Input and recorded content
/// are the same type.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Adopted {
    /// The SHA-256 of the entry, hexadecimal, or its first half. Empty where the counter did not know it, because the chain had
    /// no branches: then the place names the entry, and of several there the first in order.
    pub hash: String,
    /// The device that recorded it.
    pub device: Id,
    /// The chain of the device.
    pub chain: u32,
    /// Its number in the chain.
    pub seq: u64,
}

impl Adopted {
    /// Names the line with this place.
    pub(crate) fn of(place: &Place) -> Self {
        let hash = if place.branch == 0 { String::new() } else { format!("{:032x}", place.branch) };
        Self { hash, device: place.device.clone(), chain: place.chain, seq: place.seq }
    }

    /// Whether it names the line with this place. The hash is compared where both are known; that of a line is known in a
    /// chain with branches.
    pub(crate) fn names_line(&self, place: &Place) -> bool {
        let knows_hash = place.branch != 0 && !self.hash.is_empty();
        (self.seq, self.chain, &self.device) == (place.seq, place.chain, &place.device)
            && (!knows_hash || self.hash.starts_with(&format!("{:032x}", place.branch)))
    }
}

impl Content for Adopted {
    fn each_text<'a>(&'a self, visit: &mut impl FnMut(&'a str)) {
        visit(&self.hash);
    }
}
