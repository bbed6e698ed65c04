//! Checks whether this book lost lines, and starts the new chain that a loss requires.

use super::open::Engine;
use super::progress::Progress;
use super::rebuild;
use crate::store::{ChainPosition, Fault, Store};
use journal::{Hash, Head, Why};
use ledger::date::Date;

impl<S: Store> Engine<S> {
    /// Whether this book holds a line that its device is known to have written.
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    pub async fn has_line(&self, chain: u32, head: Head) -> Result<bool, Fault> {
        let position = ChainPosition::new(self.device().device.as_str(), chain, head.seq);
        let found = self.store.at(&position).await?;
        Ok(found.is_some_and(|stored| Hash::of(stored.bytes.as_bytes()) == head.hash))
    }

    /// Starts a new chain because lines of the current one were lost.
    ///
    /// # Errors
    ///
    /// Faults of the store; the book is unchanged.
    pub async fn start_new_chain(&self, today: Date, now: u64) -> Result<(), Fault> {
        let _turn = self.turn.lock().await;
        let why = Some(Why::Lost);
        rebuild::with_new_chain(&self.store, why, (today, now), &mut Progress::new(&mut |_, _| ())).await?;
        self.read_again(today).await
    }
}
