//! `entry.adopted`: an entry that an endpoint refused counts.

use crate::entry::content::Content;
use crate::entry::record::Place;
use crate::id::Id;
use serde::{Deserialize, Serialize};

/// Makes a refused entry count, at the place of the adopting entry and with its own date. Input and recorded content
/// are the same type.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Adopted {
    /// The SHA-256 of the refused entry, hexadecimal.
    pub hash: String,
    /// The device that recorded it.
    pub device: Id,
    /// The chain of the device.
    pub chain: u32,
    /// Its number in the chain.
    pub seq: u64,
}

impl Adopted {
    /// Whether it names the line with this place. The hash is compared where it is known, which it is for every line of
    /// a chain with branches.
    pub(crate) fn names_line(&self, place: &Place) -> bool {
        (self.seq, self.chain, &self.device) == (place.seq, place.chain, &place.device)
            && (place.branch == 0 || self.hash.starts_with(&format!("{:032x}", place.branch)))
    }
}

impl Content for Adopted {
    fn each_text<'a>(&'a self, visit: &mut impl FnMut(&'a str)) {
        visit(&self.hash);
    }
}
