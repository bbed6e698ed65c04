//! What screens show about backups: whether one is due, and the progress of receiving one.

use super::pin_check::PinCheck;
use crate::engine::{Flaw, Phase, Review};
use crate::forms::pin::Pin;
use ledger::date::Date;

/// The backup state of the book.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BackupState {
    /// The day of the last backup; `None` when none was made on this device.
    pub last: Option<Date>,
    /// Whether a backup is due: entries were recorded since the last one, and it is old enough.
    pub due: bool,
}

/// The progress of receiving a backup.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReceiveProgress {
    /// What is being done.
    pub phase: Phase,
    /// The part that is done, in percent; `None` while it is not known.
    pub percent: Option<u64>,
}

/// The outcome of receiving a backup.
#[derive(Debug, Clone, PartialEq)]
pub struct Received {
    /// The shop's name.
    pub shop: String,
    /// The number of entries in the backup.
    pub lines: u64,
    /// How many of them were not in the book before.
    pub added: u64,
    /// How many of the added entries are more than a day ahead of this device's time.
    pub ahead: u64,
}

/// A backup that was saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Saved {
    /// The number of its entries.
    pub entries: u64,
    /// How many of them, or of the gaps between them, are not as they were recorded.
    pub damaged: u64,
}

/// What is asked of a backup file.
#[derive(Debug, Clone, PartialEq)]
pub enum ReceiveStep {
    /// Tell what it would bring into the open book; receive it as the new book of a browser that has none.
    Open,
    /// Add what the review found missing: only for an admin, with their PIN if they have one.
    Add {
        /// What the admin saw.
        review: Box<Review>,
        /// The admin's PIN.
        pin: Pin,
    },
    /// Receive the good lines of a damaged file as the new book.
    OnlyGood,
}

/// The outcome of a step.
#[derive(Debug, Clone, PartialEq)]
pub enum ReceiveOutcome {
    /// What the file would bring; nothing is written yet.
    Review(Box<Review>),
    /// It was received.
    Received(Received),
    /// Some lines are bad; nothing is written yet.
    Damaged {
        /// The first bad lines, with what is wrong.
        bad: Vec<(u64, Flaw)>,
        /// The number of lines that would be left out.
        left_out: u64,
    },
    /// Nothing is written: the PIN was not given.
    NotGiven(PinCheck),
    /// Nothing is written: the acting person is no admin.
    NotPermitted,
}
