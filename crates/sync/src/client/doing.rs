//! What a client is doing: the effect that is open, and what its answer needs.

use crate::client::saved::{Kept, Saved};
use crate::epoch::Epoch;
use crate::head::{Checkpoint, SignedHead};
use crate::wire::Challenge;

/// The time and the random bits of an event.
#[derive(Debug, Clone, Copy)]
pub(super) struct Moment {
    pub now: u64,
    pub random: u64,
}

/// A session that was opened.
#[derive(Debug, Clone)]
pub(super) struct Session {
    pub token: Option<String>,
    /// Whether it has been accepted at least once: if a new one is not, signing in again does not help.
    pub used: bool,
}

/// The effect that is open, and what its answer needs.
#[derive(Debug, Clone)]
pub(super) enum Doing {
    /// Nothing is open: caught up, or stopped.
    Idle,
    /// Nothing is open until the next attempt.
    Waiting,
    Challenge,
    Signing(Challenge),
    Proving,
    ReadingLines {
        chain: u32,
    },
    Pushing {
        chain: u32,
        from: u64,
        last: u64,
        clocks: Vec<(u64, u64)>,
    },
    Pulling,
    AskingHeads(Search),
    ReadingRecords(Handing),
    Reoffering(Handing),
    Saving(Box<Pending>),
    StartingChain {
        chain: u32,
        saved: Box<Saved>,
    },
}

/// What becomes the state once it is on the disk.
#[derive(Debug, Clone)]
pub(super) struct Pending {
    pub saved: Saved,
    pub keep: Option<Kept>,
    pub forget: Vec<u64>,
    pub caught_up: bool,
}

/// Looking for the last common place.
#[derive(Debug, Clone)]
pub(super) struct Search {
    /// A place that both have.
    pub low: Checkpoint,
    /// The known places after it that may be common, by number.
    pub open: Vec<Checkpoint>,
    /// Those of them that were asked for.
    pub asked: Vec<Checkpoint>,
}

/// Handing back what comes after the common place.
#[derive(Debug, Clone)]
pub(super) struct Handing {
    /// The endpoint's epoch.
    pub epoch: Epoch,
    /// The last common place.
    pub common: Checkpoint,
    /// The end of what was handed back.
    pub at: Checkpoint,
    /// The proof for the records that are handed back now, if there is one.
    pub head: Option<SignedHead>,
    /// The end of the records that are handed back now.
    pub to: Checkpoint,
    /// Whether all that was handed back has its old numbers.
    pub verbatim: bool,
}
