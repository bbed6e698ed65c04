//! `POST /v1/shops/{shop}/entries`: a device sends what it has written.
//!
//! All entries are of one chain of the device of the session, in their order, whole presses. The endpoint admits the
//! longest prefix that it can: it ends at a line with a signature that is also the last of its press. If that is nothing,
//! the answer is a problem about the first entry. What was admitted before is skipped, so a request may be repeated.

use crate::epoch::Epoch;
use crate::head::{Checkpoint, SignedHead};
use crate::key::Signature;
use crate::wire::code::Code;
use crate::wire::decode::{Refusal, Request, is_whole};
use crate::wire::limits::{MAX_BATCH, MAX_PUSH_BODY};
use journal::SideVerdict;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// The request.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Push<'a> {
    /// The epoch that the client believes in; `None` before its first answer.
    pub epoch: Option<Epoch>,
    /// The client's cursor: the last record that it has pulled. An endpoint whose log does not have it answers
    /// [`Code::LogFork`] and admits nothing: it has lost records, and would give their numbers to others.
    pub after: Checkpoint,
    /// The number of the first entry in its chain, from 1.
    pub from_seq: u64,
    /// 1 to [`MAX_BATCH`] entries, up to [`MAX_BATCH_BYTES`](crate::wire::limits::MAX_BATCH_BYTES) unless they are one press.
    #[serde(borrow)]
    pub items: Vec<Item<'a>>,
}

/// An entry on its way to the endpoint.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item<'a> {
    /// The line, byte for byte.
    #[serde(borrow)]
    pub entry: &'a RawValue,
    /// The device's signature of the line's hash; it covers the chain up to this line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature: Option<Signature>,
}

impl<'a> Request<'a> for Push<'a> {
    const MAX_BODY: usize = MAX_PUSH_BODY;

    fn check(&self) -> Result<(), Refusal> {
        if self.items.len() > MAX_BATCH {
            return Err(Refusal::of(Code::TooManyEntries));
        }
        Refusal::wrong_unless(is_whole(self.from_seq) && !self.items.is_empty())
    }
}

/// The answer: what the endpoint has, durably.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pushed {
    /// The present epoch.
    pub epoch: Epoch,
    /// The chain of the entries.
    pub chain: u32,
    /// The number of the last line of the chain that the endpoint has.
    pub acked_through: u64,
    /// The lines of the request whose verdict is not `ok`.
    pub refused: Vec<RefusedLine>,
    /// The end of the log after the request.
    pub head: SignedHead,
}

/// A line that was admitted and does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusedLine {
    /// The number of the line.
    pub seq: u64,
    /// Why; never `ok`.
    pub code: SideVerdict,
}
