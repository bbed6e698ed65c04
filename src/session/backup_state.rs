//! What screens show about backups: whether one is due, and the progress of receiving one.

use crate::engine::Phase;
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
