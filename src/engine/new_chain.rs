//! Compares the book with what is known of its device's chains, and starts the new chain that a loss requires.

use super::chain::NewChain;
use super::open::Engine;
use super::progress::Progress;
use super::rebuild;
use crate::store::{ChainPosition, Fault, Store};
use journal::{Hash, Head, Line};
use ledger::date::Date;
use ledger::id::Id;

/// Lines at the end of a chain that this book should have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Missing {
    /// The number of the first one.
    pub first: u64,
    /// The clock of the line before it, in milliseconds since 1970; `None` if the book has nothing of the chain.
    pub since: Option<u64>,
}

impl<S: Store> Engine<S> {
    /// What this book lacks of a chain that a device is known to have written up to `head`; `None` if it has that line, in
    /// the chain itself or in a branch. Two reads, more only if lines are missing.
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    pub async fn missing(&self, device: &Id, chain: u32, head: Head) -> Result<Option<Missing>, Fault> {
        let mut branches = vec![String::new()];
        branches.extend(self.store.branches(device.as_str(), chain).await?);
        for branch in branches {
            let at = ChainPosition { branch, ..ChainPosition::new(device.as_str(), chain, head.seq) };
            let found = self.store.at(&at).await?;
            if found.is_some_and(|stored| Hash::of(stored.bytes.as_bytes()) == head.hash) {
                return Ok(None);
            }
        }
        let last = self.store.last(device.as_str(), chain).await?;
        let last = last.as_ref().and_then(|stored| Line::parse(stored.bytes.as_bytes()).ok());
        // A chain that goes on differently here parted from the known one at an unknown line.
        let first = last.as_ref().map_or(1, |line| (line.seq + 1).min(head.seq));
        Ok(Some(Missing { first, since: last.map(|line| line.clock.0) }))
    }

    /// Starts a new chain because lines of earlier ones were lost.
    ///
    /// # Errors
    ///
    /// Faults of the store; the book is unchanged.
    pub async fn start_new_chain(&self, new: &NewChain, today: Date, now: u64) -> Result<(), Fault> {
        let _turn = self.turn.lock().await;
        let mut silent = |_, _| ();
        let mut progress = Progress::new(&mut silent);
        rebuild::with_new_chain(&self.store, Some(new), (today, now), &mut progress).await?;
        self.read_again(today).await
    }
}
