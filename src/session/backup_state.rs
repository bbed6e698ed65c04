//! What screens show of backups: whether one is due, and how far one has been received.

use crate::engine::Phase;
use ledger::date::Date;

/// Where the book stands with its backups.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BackupState {
    /// The day of the last one; `None` when none was made on this device.
    pub last: Option<Date>,
    /// Whether it is time for one: something was recorded since, and that was a while ago.
    pub due: bool,
}

/// How far a backup has been received.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReceiveProgress {
    /// What is being done.
    pub phase: Phase,
    /// How much of it is done, in hundredths; `None` while that is not known.
    pub percent: Option<u64>,
}

/// What was received.
#[derive(Debug, Clone, PartialEq)]
pub struct Received {
    /// The shop's name.
    pub shop: String,
    /// How many entries the backup has.
    pub lines: u64,
    /// How many of them were not here.
    pub added: u64,
}
