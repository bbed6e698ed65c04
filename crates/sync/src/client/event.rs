//! What happens to a client.

use crate::client::effect::OwnedRecord;
use crate::client::saved::{Kept, Saved};
use crate::key::Signature;

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// The wall time in milliseconds since 1970. It may run backwards.
    pub now: u64,
    /// Random bits, new with each event.
    pub random: u64,
    /// What happened.
    pub what: What,
}

/// What a client starts from, after the app has started or this tab has become the one that exchanges.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Start {
    /// The address of the endpoint without a path, such as `https://shop.example`.
    pub origin: String,
    /// The shop.
    pub shop: String,
    /// This device.
    pub device: String,
    /// Whether sessions are texts: the page comes from another origin than the endpoint.
    pub bearer: bool,
    /// What was stored last.
    pub saved: Saved,
    /// The kept places, by number of record.
    pub kept: Vec<Kept>,
    /// Every chain that this device has written, by number, and the number of its last line.
    pub written: Vec<(u32, u64)>,
    /// When the oldest line was written that is not yet acknowledged, in milliseconds since 1970.
    pub oldest: Option<u64>,
}

/// The kinds of events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// The client begins: the first event. Also when the person asks to try again.
    Started,
    /// A line of this device is on the disk.
    Wrote {
        /// The chain.
        chain: u32,
        /// The number of the last line of the press.
        seq: u64,
    },
    /// The network is there again, or the page is in front again.
    Online,
    /// The browser says that there is no network.
    Offline,
    /// The time of [`super::Effect::Wake`] has come.
    Woke,
    /// [`super::Effect::Send`] got an answer.
    Answered {
        /// Its ticket.
        ticket: u64,
        /// The HTTP status.
        status: u16,
        /// The media type without parameters, lower case; empty if there is none.
        media: String,
        /// The body after decompression, cut off at [`crate::wire::limits::MAX_PAGE_BODY`] and one byte.
        body: Vec<u8>,
    },
    /// [`super::Effect::Send`] got no whole answer, for any reason.
    NoAnswer {
        /// Its ticket.
        ticket: u64,
    },
    /// The answer of [`super::Effect::Sign`]; `None` if the key cannot be used.
    Signed {
        /// Its ticket.
        ticket: u64,
        /// The signature.
        signature: Option<Signature>,
    },
    /// The answer of [`super::Effect::ReadLines`]: whole presses, in order, within the limits of a push. The last line
    /// has a signature. If the first number is inside a press, the lines begin with that press.
    Lines {
        /// Its ticket.
        ticket: u64,
        /// The lines.
        lines: Vec<OwnLine>,
    },
    /// The answer of [`super::Effect::ReadRecords`], in order, without gaps as far as they are here.
    Records {
        /// Its ticket.
        ticket: u64,
        /// The records.
        records: Vec<OwnedRecord>,
    },
    /// [`super::Effect::Save`] is on the disk.
    Saved {
        /// Its ticket.
        ticket: u64,
    },
    /// [`super::Effect::Save`] or [`super::Effect::StartChain`] changed nothing: the device has no space, or the store
    /// failed.
    NotSaved {
        /// Its ticket.
        ticket: u64,
    },
    /// [`super::Effect::StartChain`] is on the disk.
    ChainStarted {
        /// Its ticket.
        ticket: u64,
        /// The number of the last line of the new chain.
        written: u64,
    },
    /// The event stream says that the log has grown: one [`crate::wire::Moved`].
    Moved(crate::wire::Moved),
    /// The event stream has ended, or was silent for three times its keepalive.
    StreamEnded,
}

/// A line of this device, as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnLine {
    /// The bytes without a line end.
    pub text: String,
    /// The device's signature of its hash.
    pub signature: Option<Signature>,
}
