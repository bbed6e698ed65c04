//! `entry.adopted`: an entry that an endpoint refused counts after all.

use crate::entry::content::Content;
use crate::id::Id;
use serde::{Deserialize, Serialize};

/// Makes a refused entry count, at the adopting entry's place and under its own date.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Adopted {
    /// SHA-256 of the refused entry, hexadecimal.
    pub hash: String,
    /// The device that wrote it.
    pub device: Id,
    /// Which of its chains.
    pub chain: u32,
    /// Its number there.
    pub seq: u64,
}

impl Content for Adopted {
    fn each_text<'a>(&'a self, visit: &mut impl FnMut(&'a str)) {
        visit(&self.hash);
    }
}
