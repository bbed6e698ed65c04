//! One record of a shop's log.

use crate::key::Signature;
use crate::log_hash::LogHash;
use journal::{Clock, SideVerdict};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// An entry and what the endpoint says about it. Records are handed back to endpoints, so unknown fields are rejected.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record<'a> {
    /// The number of the record, from 1 without gaps.
    pub lseq: u64,
    /// The line, byte for byte.
    #[serde(borrow)]
    pub entry: &'a RawValue,
    /// The device's signature of the line's hash, if the line has one of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature: Option<Signature>,
    /// The clock at which the entry counts.
    pub order: Clock,
    /// Whether it counts.
    pub verdict: SideVerdict,
    /// When the endpoint received it, in milliseconds since 1970 by the endpoint's clock. It is not part of `log_hash`.
    pub received: u64,
    /// The hash of the log up to this record.
    pub log_hash: LogHash,
}
