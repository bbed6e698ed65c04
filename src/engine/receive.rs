//! The one way in for entries of other devices: [`Engine::receive`].
//!
//! A few entries cost the accounts they touch, in one transaction (`accounts.rs`). Many are written in pieces with the
//! caches marked as stale, and the caches are rebuilt once; when that is interrupted, the book is consistent with the
//! entries received so far, and receiving the same entries again continues from there. Into an empty store
//! (`restore.rs`) a whole file is verified, written and folded in one pass; the store counts as a book only after the last
//! step, which is one transaction.

mod accounts;
mod arrived;
mod branches;
mod check;
mod held;
mod lines;
mod not_received;
mod presses;
mod restore;
mod shop;

pub use arrived::Arrived;
pub use check::Checked;
pub use lines::Source;
pub use not_received::{Flaw, NotReceived};
pub use restore::{NewDevice, Restored};

use super::cache_shape::STALE;
use super::changed::Changed;
use super::open::Engine;
use super::progress::{Phase, Progress};
use super::rebuild;
use crate::store::{CACHES, Fault, Store};
use ledger::date::Date;
use presses::WholePresses;

/// The outcome of receiving a backup into an existing book.
#[derive(Debug, Clone, PartialEq)]
pub struct Merged {
    /// The name of the shop in the backup.
    pub name: String,
    /// The number of its lines.
    pub lines: u64,
    /// How many entries were missing here and were added.
    pub added: u64,
    /// How many of the added entries are more than a day ahead of this device's time.
    pub ahead: u64,
    /// The parts of the book that screens have to read again.
    pub changed: Changed,
}

/// The most entries that are folded account by account; with more, all caches are rebuilt once.
const MOST_FEW: usize = 1_000;

/// How many entries are written in one transaction while the caches are stale.
const PIECE: usize = 500;

/// How many times a backup is compared again because another tab received the same entries meanwhile.
const TRIES: usize = 3;

impl<S: Store> Engine<S> {
    /// Checks a backup and adds its entries that are missing here.
    ///
    /// # Errors
    ///
    /// The first error found, for example that it is the backup of another shop: then nothing was written. Faults of the
    /// store: entries written before the fault stay in the book.
    pub async fn merge(
        &self,
        source: &impl Source,
        (today, now): (Date, u64),
        progress: &mut Progress<'_>,
    ) -> Result<Merged, NotReceived> {
        let shop = self.device().shop.clone();
        for _ in 0..TRIES {
            let Checked { name, lines, missing, .. } =
                Checked::read(source, &self.store, &shop, progress).await?;
            let added = missing.len() as u64;
            let is_ahead = |arrived: &&Arrived| arrived.entry.stored.order.is_ahead(now);
            let ahead = missing.iter().filter(is_ahead).count() as u64;
            match self.receive(missing, (today, now), progress).await {
                // Another tab received some of them meanwhile.
                Err(Fault::EntryExists) => {}
                Err(fault) => return Err(fault.into()),
                Ok(changed) => return Ok(Merged { name, lines, added, ahead, changed }),
            }
        }
        Err(Fault::EntryExists.into())
    }

    /// Adds verified entries of other devices, whole presses only, each with its order and verdict. Accounts in memory
    /// stay there.
    ///
    /// # Errors
    ///
    /// [`Fault::EntryExists`] when one is stored already; then compare again what is missing. Faults of the store.
    pub async fn receive(
        &self,
        batch: Vec<Arrived>,
        (today, now): (Date, u64),
        progress: &mut Progress<'_>,
    ) -> Result<Changed, Fault> {
        let _turn = self.turn.lock().await;
        if batch.is_empty() {
            return Ok(Changed::default());
        }
        if batch.len() <= MOST_FEW
            && let Some(changed) = self.receive_by_account(&batch, (today, now)).await?
        {
            return Ok(changed);
        }
        let total = batch.len();
        let (mut presses, mut piece) = (WholePresses::default(), Vec::with_capacity(PIECE));
        for (at, arrived) in batch.into_iter().enumerate() {
            piece.extend(presses.take(arrived.entry, arrived.goes_on));
            if piece.len() >= PIECE || at + 1 == total {
                self.store.receive(&piece, (CACHES, STALE)).await?;
                piece.clear();
                progress.report(Phase::Folding, at as u64);
            }
        }
        rebuild::caches(&self.store, today, now, progress).await?;
        self.read_again(today).await?;
        Ok(Changed::everything())
    }
}
