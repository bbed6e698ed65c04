//! What a client stores beside the journal.

use crate::epoch::Epoch;
use crate::head::{Checkpoint, SignedHead};
use crate::log_hash::LogHash;
use serde::{Deserialize, Serialize};

/// The state of the exchange with one endpoint: small, and written whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Saved {
    /// The last record that is stored here.
    pub cursor: Cursor,
    /// Every chain of this device, by number.
    pub chains: Vec<OwnChain>,
    /// Whether the endpoint has said that this device was revoked.
    pub revoked: bool,
}

impl Saved {
    /// The state of a device that has exchanged nothing.
    #[must_use]
    pub fn new(shop: &str) -> Self {
        let cursor = Cursor { epoch: None, lseq: 0, log_hash: LogHash::empty(shop) };
        Self { cursor, chains: Vec::new(), revoked: false }
    }
}

/// A place in the log of an endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cursor {
    /// The epoch of the last page; `None` before the first.
    pub epoch: Option<Epoch>,
    /// The number of the record; 0 before the first.
    pub lseq: u64,
    /// The hash of the log up to the record.
    pub log_hash: LogHash,
}

impl Cursor {
    /// The place without the epoch.
    #[must_use]
    pub const fn checkpoint(&self) -> Checkpoint {
        Checkpoint { lseq: self.lseq, log_hash: self.log_hash }
    }
}

/// A chain of this device: the outbox is the lines from `acked + 1` on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OwnChain {
    /// The number of the chain, from 1.
    pub chain: u32,
    /// The number of the last line that the endpoint has acknowledged; 0 for none.
    pub acked: u64,
    /// The last line that the endpoint will ever get, of a chain that another copy of the device continues otherwise: the
    /// lines after it were recorded again in a later chain.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<u64>,
}

/// A signed place in the log that is kept as a proof of what the endpoint once told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kept {
    /// The place.
    pub head: SignedHead,
    /// The bytes of the entries between the kept place before and this one.
    pub bytes: u64,
}
