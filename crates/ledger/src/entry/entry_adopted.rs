//! `entry.adopted`: an entry that an endpoint refused counts.

use crate::entry::content::Content;
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

impl Content for Adopted {
    fn each_text<'a>(&'a self, visit: &mut impl FnMut(&'a str)) {
        visit(&self.hash);
    }
}
