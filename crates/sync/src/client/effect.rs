//! What a client wants done.

use crate::client::saved::{Kept, Saved};
use crate::client::status::Status;
use crate::key::Signature;
use crate::log_hash::LogHash;
use crate::wire::{Record, RefusedLine};
use journal::{Clock, Hash, SideVerdict, Why};
use serde_json::value::RawValue;

/// The kinds of effects. Those with a ticket are answered by one event with the same ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Sends a request. Answered by [`super::What::Answered`] or [`super::What::NoAnswer`]; the caller gives up after 30 s.
    Send(Send),
    /// Signs 32 bytes with the device's key. Answered by [`super::What::Signed`].
    Sign {
        /// For the answer.
        ticket: u64,
        /// What is signed.
        statement: [u8; 32],
    },
    /// Reads own lines for a push. Answered by [`super::What::Lines`].
    ReadLines {
        /// For the answer.
        ticket: u64,
        /// The chain.
        chain: u32,
        /// The number of the first line. If it is in the middle of a press, the lines of the press before it are read as
        /// well: another copy of the device may have continued the chain up to there.
        from: u64,
        /// The number of the last line that may be read.
        through: u64,
    },
    /// Reads records by their number. Answered by [`super::What::Records`].
    ReadRecords {
        /// For the answer.
        ticket: u64,
        /// The number before that of the first record.
        after: u64,
        /// The number of the last record.
        through: u64,
    },
    /// Stores something, in one transaction. Answered by [`super::What::Saved`] or [`super::What::NotSaved`].
    Save(Box<Save>),
    /// Starts a new chain. Answered by [`super::What::ChainStarted`] or [`super::What::NotSaved`].
    StartChain(StartChain),
    /// Opens the event stream, if it is not open, with this bearer token if there is one.
    Listen(Option<String>),
    /// Sends [`super::What::Woke`] after this many milliseconds. A later one replaces it.
    Wake(u64),
    /// The status has changed.
    Show(Status),
}

/// The methods of requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Without a body.
    Get,
    /// With a body of JSON.
    Post,
}

/// A request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Send {
    /// For the answer.
    pub ticket: u64,
    /// The method.
    pub method: Method,
    /// The path and the query.
    pub path: String,
    /// The body; empty for [`Method::Get`].
    pub body: String,
    /// The session for `Authorization: Bearer`; without it the cookie counts.
    pub bearer: Option<String>,
}

/// What is stored in one transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Save {
    /// For the answer.
    pub ticket: u64,
    /// Replaces what was stored.
    pub saved: Saved,
    /// Records that are new here, or that have another number, order or verdict than before. A record whose line is here
    /// already changes what stands beside the line.
    pub records: Vec<OwnedRecord>,
    /// The number of the last record of the endpoint's log when it sent these records, for showing progress; 0 without records.
    pub end: u64,
    /// Set when the log is read again from an earlier place: records with a higher number lose their number; order and
    /// verdict stay until they come again.
    pub rewound_to: Option<u64>,
    /// A place to keep.
    pub keep: Option<Kept>,
    /// The numbers of records whose kept places are removed.
    pub forget: Vec<u64>,
    /// The chain and the lines of this device that were admitted and do not count.
    pub refused: Vec<(u32, RefusedLine)>,
}

impl Save {
    /// Stores the state alone; the ticket is given later.
    pub(super) const fn of(saved: Saved) -> Self {
        Self {
            ticket: 0,
            saved,
            records: Vec::new(),
            end: 0,
            rewound_to: None,
            keep: None,
            forget: Vec::new(),
            refused: Vec::new(),
        }
    }
}

/// A chain to start, because another copy of this device has continued the old one, or because the endpoint has lines of
/// it that are no longer here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StartChain {
    /// For the answer.
    pub ticket: u64,
    /// The number of the new chain. Its first line is `chain.opened`.
    pub chain: u32,
    /// Why: [`Why::Fork`] or [`Why::Lost`].
    pub why: Why,
    /// The old chain.
    pub old: u32,
    /// With [`Why::Fork`]: lines of the old chain with a higher number are recorded again in the new one, with the same
    /// ids, numbers and bodies, in the same order and presses; in the old chain they count no more. With [`Why::Lost`]
    /// there are none.
    pub after: u64,
    /// Replaces what was stored, in the same transaction.
    pub saved: Saved,
}

/// A record that owns its line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnedRecord {
    /// The number of the record.
    pub lseq: u64,
    /// The line without a line end.
    pub text: String,
    /// The line's hash, so that a line that was received is hashed once.
    pub hash: Hash,
    /// The device's signature of the line's hash.
    pub signature: Option<Signature>,
    /// The clock at which the entry counts.
    pub order: Clock,
    /// Whether it counts.
    pub verdict: SideVerdict,
    /// When the endpoint received it, in milliseconds since 1970.
    pub received: u64,
    /// The hash of the log up to this record.
    pub log_hash: LogHash,
}

impl From<&Record<'_>> for OwnedRecord {
    fn from(record: &Record<'_>) -> Self {
        let Record { lseq, entry, signature, order, verdict, received, log_hash } = *record;
        let hash = Hash::of(entry.get().as_bytes());
        Self { lseq, text: entry.get().to_owned(), hash, signature, order, verdict, received, log_hash }
    }
}

impl OwnedRecord {
    /// The record on the wire; `None` if the line is not JSON.
    #[must_use]
    pub fn to_wire(&self) -> Option<Record<'_>> {
        let entry: &RawValue = serde_json::from_str(&self.text).ok()?;
        let Self { lseq, signature, order, verdict, received, log_hash, .. } = *self;
        Some(Record { lseq, entry, signature, order, verdict, received, log_hash })
    }
}
