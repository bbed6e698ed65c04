//! Admission: what an endpoint does with entries, as code without a database. The endpoint calls it inside the transaction
//! that holds the lock of the shop's log; the simulator calls it on a log in memory.
//!
//! - [`PushedLines`] reads and checks a push before the transaction, [`admit_push`] admits it.
//! - [`ReofferedLines`] and [`admit_reoffer`] do the same for records that come back.
//! - [`Founding`] checks the entries that a shop is founded with.
//! - [`check_cursor`] compares a client's cursor with the log; [`whole_presses`] cuts pages.
//!
//! Whether an entry counts is asked through [`Rights`]; it is asked once for each press, and the answer is for all its lines.

mod cursor;
mod found;
mod lines;
mod log;
mod push;
mod reoffer;

pub use cursor::{check_cursor, whole_presses};
pub use found::{FoundedLine, Founding, FoundingError};
pub use lines::CheckedLine;
pub use log::{HeldLine, Log, LogEnd, NewRecord, Rights};
pub use push::{AdmittedPush, PushedLines, admit_push};
pub use reoffer::{AdmittedReoffer, ReofferedLines, admit_reoffer};

use crate::key::{PublicKey, Signature};
use crate::wire::limits::MAX_AHEAD_MILLIS;
use journal::Clock;

/// Whether a signature of 32 bytes was made with a key: `PublicKey::verify` (feature `verify`), or the simulator's.
pub trait CheckSignature {
    /// Checks it.
    fn is_signed(&self, key: &PublicKey, statement: &[u8; 32], signature: &Signature) -> bool;
}

impl<F: Fn(&PublicKey, &[u8; 32], &Signature) -> bool> CheckSignature for F {
    fn is_signed(&self, key: &PublicKey, statement: &[u8; 32], signature: &Signature) -> bool {
        self(key, statement, signature)
    }
}

/// The order of an entry: its clock, but not more than five minutes ahead of the endpoint's time, and never before the
/// order of an earlier entry of its device.
#[must_use]
pub fn clamp(clock: Clock, before: Clock, received: u64) -> Clock {
    clock.min(Clock(received.saturating_add(MAX_AHEAD_MILLIS), 0)).max(before)
}
