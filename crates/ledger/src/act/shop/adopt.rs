//! Adopt an entry that an endpoint refused. A claim.

use crate::body::Body;
use crate::decide::Case;
use crate::id::Id;
use crate::money::Money;
use crate::refusal::Refusal;
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

impl Case<'_> {
    /// NotPermitted. Whether there is such an entry, the fold finds by its place.
    pub(crate) fn adopt(&self, asked: &Adopted) -> Result<Body, Refusal> {
        self.permitted("entry.adopted", Money::ZERO)?;
        Ok(Body::EntryAdopted(asked.clone()))
    }
}
