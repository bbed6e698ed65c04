//! What admission reads and writes: the log of one shop, and the rights of the people who act.

use super::lines::CheckedLine;
use crate::epoch::Epoch;
use crate::head::Checkpoint;
use crate::key::{PublicKey, Signature};
use crate::log_hash::LogHash;
use journal::{Clock, Hash, SideVerdict};

/// The log of one shop, as one transaction sees it. An implementation locks the end of the log before the
/// first call, so that two admissions never give out the same number.
pub trait Log {
    /// An error of the database.
    type Error;

    /// The end of the log.
    ///
    /// # Errors
    /// Of the database; the same in all functions.
    fn end(&mut self) -> Result<LogEnd, Self::Error>;

    /// The hash of the log up to a record, 0 for the empty log; `None` beyond the end.
    ///
    /// # Errors
    /// Of the database.
    fn hash_at(&mut self, lseq: u64) -> Result<Option<LogHash>, Self::Error>;

    /// The largest number of a line of a chain in the log; 0 without lines.
    ///
    /// # Errors
    /// Of the database.
    fn chain_end(&mut self, device: &str, chain: u32) -> Result<u64, Self::Error>;

    /// The lines in the log under one number of a chain: several where the chain has branches.
    ///
    /// # Errors
    /// Of the database.
    fn lines(&mut self, device: &str, chain: u32, seq: u64) -> Result<Vec<HeldLine>, Self::Error>;

    /// The largest chain of a device in the log; 0 without one.
    ///
    /// # Errors
    /// Of the database.
    fn last_chain(&mut self, device: &str) -> Result<u32, Self::Error>;

    /// The latest order of an entry of a device; [`Clock::default`] without one.
    ///
    /// # Errors
    /// Of the database.
    fn last_order(&mut self, device: &str) -> Result<Clock, Self::Error>;

    /// Appends records, which continue the log.
    ///
    /// # Errors
    /// Of the database.
    fn append(&mut self, records: &[NewRecord<'_>]) -> Result<(), Self::Error>;

    /// Continues under another epoch. Numbers and hashes of the log stay.
    ///
    /// # Errors
    /// Of the database.
    fn begin_epoch(&mut self, epoch: Epoch) -> Result<(), Self::Error>;
}

/// Who may do what, and with which key a chain is signed, as the entries of the log say.
pub trait Rights {
    /// An error of the database.
    type Error;

    /// The verdict on a press, judged by the entries of the log and by those that were [`Rights::admitted`] since.
    ///
    /// # Errors
    /// Of the database.
    fn judge(&mut self, press: &[CheckedLine<'_>]) -> Result<SideVerdict, Self::Error>;

    /// A press will be appended: what it says about rights and devices holds from here on, if its verdict is `ok`. It was
    /// received at that time, in milliseconds since 1970.
    ///
    /// # Errors
    /// Of the database.
    fn admitted(
        &mut self,
        press: &[CheckedLine<'_>],
        verdict: SideVerdict,
        received: u64,
    ) -> Result<(), Self::Error>;

    /// The keys of a chain: that of its `chain.opened`, or else the one that the device enrolled with. Each branch of a chain can have its own. Empty for unknown devices.
    ///
    /// # Errors
    /// Of the database.
    fn keys(&mut self, device: &str, chain: u32) -> Result<Vec<PublicKey>, Self::Error>;
}

/// The end of a log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LogEnd {
    /// The present epoch.
    pub epoch: Epoch,
    /// The number of the last record, 0 for the empty log.
    pub lseq: u64,
    /// The hash of the log up to it.
    pub log_hash: LogHash,
}

impl LogEnd {
    /// The place alone.
    #[must_use]
    pub const fn checkpoint(&self) -> Checkpoint {
        Checkpoint { lseq: self.lseq, log_hash: self.log_hash }
    }
}

/// What admission has to know about a line of the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HeldLine {
    /// Its hash.
    pub hash: Hash,
    /// Its clock, as the device wrote it.
    pub clock: Clock,
}

/// A record to append.
#[derive(Debug, Clone)]
pub struct NewRecord<'a> {
    /// Its number: that of the record before it and 1.
    pub lseq: u64,
    /// The line.
    pub line: CheckedLine<'a>,
    /// The device's signature of the line, if it was checked or is covered by a signed head.
    pub signature: Option<Signature>,
    /// The clock at which the entry counts.
    pub order: Clock,
    /// Whether it counts.
    pub verdict: SideVerdict,
    /// The endpoint's time when it arrived, in milliseconds since 1970.
    pub received: u64,
    /// The hash of the log up to this record.
    pub log_hash: LogHash,
}

impl LogEnd {
    /// The record that comes next, and moves the end behind it.
    pub(super) fn next<'a>(
        &mut self,
        line: CheckedLine<'a>,
        signature: Option<Signature>,
        (order, verdict): (Clock, SideVerdict),
        received: u64,
    ) -> NewRecord<'a> {
        self.lseq += 1;
        self.log_hash = self.log_hash.then(line.hash, order, verdict);
        NewRecord { lseq: self.lseq, line, signature, order, verdict, received, log_hash: self.log_hash }
    }
}
