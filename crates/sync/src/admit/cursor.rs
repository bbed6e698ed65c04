//! A client's cursor against the log, and how many records a page has.

use super::log::Log;
use super::log::LogEnd;
use crate::epoch::Epoch;
use crate::head::Checkpoint;
use crate::wire::{Code, Problem};

/// Compares a client's cursor with the log, and returns the log's end if they agree. One check finds a log of another
/// epoch, one that has lost records, and one that has others.
///
/// # Errors
/// Of the database. The inner error is [`Code::Epoch`] or [`Code::LogFork`].
pub fn check_cursor<L: Log>(
    log: &mut L,
    epoch: Option<Epoch>,
    after: Checkpoint,
) -> Result<Result<LogEnd, Problem>, L::Error> {
    let end = log.end()?;
    if epoch.is_some_and(|epoch| epoch != end.epoch) {
        return Ok(Err(Problem::other_log(Code::Epoch, end.epoch)));
    }
    let is_here = log.hash_at(after.lseq)? == Some(after.log_hash);
    Ok(if is_here { Ok(end) } else { Err(Problem::other_log(Code::LogFork, end.epoch)) })
}

/// How many of the records after a cursor one page takes: whole presses, up to a number of records and of bytes; the
/// first press always. Each record is given as the bytes of its entry and whether its press goes on.
#[must_use]
pub fn whole_presses(
    records: impl IntoIterator<Item = (usize, bool)>,
    most: usize,
    most_bytes: usize,
) -> usize {
    let (mut taken, mut bytes) = (0, 0);
    for (count, (size, goes_on)) in (1..).zip(records) {
        bytes += size;
        if taken > 0 && (count > most || bytes > most_bytes) {
            break;
        }
        if !goes_on {
            taken = count;
        }
    }
    taken
}
