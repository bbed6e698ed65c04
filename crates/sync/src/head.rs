//! The ends of logs and chains, as they are told and signed.

use crate::epoch::Epoch;
use crate::key::Signature;
use crate::log_hash::LogHash;
use journal::Hash;
use serde::{Deserialize, Serialize};

/// The last line of a chain, as far as the endpoint has it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChainHead {
    /// The device that writes the chain.
    pub device: String,
    /// The device's chain, from 1.
    pub chain: u32,
    /// The number of the last line, from 1.
    pub seq: u64,
    /// The hash of the last line.
    pub hash: Hash,
}

/// A place in the log: the log up to and including record `lseq` has this hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Checkpoint {
    /// The number of a record, from 1; 0 is the log before its first record.
    pub lseq: u64,
    /// The hash of the log up to that record.
    pub log_hash: LogHash,
}

/// A place in the log that the endpoint has signed. A client keeps those of the pages that it pulled: with one it can
/// prove to an endpoint that was restored from an old backup what the endpoint once told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignedHead {
    /// The epoch in which the place was signed.
    pub epoch: Epoch,
    /// The number of a record, from 1; 0 is the log before its first record.
    pub lseq: u64,
    /// The hash of the log up to that record.
    pub log_hash: LogHash,
    /// The endpoint's signature of [`crate::statement::log_head`], 128 digits.
    pub signature: Signature,
}

impl SignedHead {
    /// The place alone.
    #[must_use]
    pub const fn checkpoint(&self) -> Checkpoint {
        Checkpoint { lseq: self.lseq, log_hash: self.log_hash }
    }
}
