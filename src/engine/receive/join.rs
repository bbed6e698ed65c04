//! Receives the log of a shop into an empty store: records are verified while more of them are fetched, folded when all are here, and
//! written after that, so that balances can be read before the history is stored.

use super::arrived::Intake;
use super::not_received::NotReceived;
use super::restore::{NewDevice, Pass, Restored, SLAB, WRITTEN, write};
use crate::engine::open::Engine;
use crate::engine::progress::{Phase, Progress};
use crate::sort::sort_by;
use crate::store::{NewEntry, Store};
use journal::Side;
use ledger::shop::Shop;
use ledger::view::customer::CustomerRow;
use std::sync::Arc;
use sync::client::OwnedRecord;

/// The most entries that wait in memory until all are here: of a longer log each slab is written as it comes, and its balances can be
/// read when it is stored.
const MOST_HELD: usize = 8 * SLAB;

/// What the accounts of a shop hold, before its book is open.
#[derive(Debug, Clone, PartialEq)]
pub struct Balances {
    /// The shop.
    pub shop: Shop,
    /// All accounts.
    pub rows: Vec<Arc<CustomerRow>>,
}

/// A log on its way into an empty store.
pub struct Joining {
    pass: Pass,
    held: Vec<NewEntry>,
    /// The most of them.
    most: usize,
    written: u64,
}

impl Joining {
    /// Nothing has arrived yet. `now` is the wall clock in milliseconds since 1970.
    #[must_use]
    pub fn at(now: u64) -> Self {
        Self::holding(now, MOST_HELD)
    }

    /// The same with room for as many entries.
    pub(crate) fn holding(now: u64, most: usize) -> Self {
        let mut pass = Pass::at(now);
        pass.intake = Intake::of_log();
        Self { pass, held: Vec::new(), most, written: 0 }
    }

    /// Takes the next records of the log, in order. Writes entries only if more are here than can be held.
    ///
    /// # Errors
    ///
    /// The first record that is no entry of the shop, and faults of the store.
    pub async fn take<S: Store>(&mut self, store: &S, records: Vec<OwnedRecord>) -> Result<(), NotReceived> {
        for record in records {
            let signature = record.signature.map(|signature| signature.to_string());
            // Of the place only what is said about the line counts.
            let side = Side {
                device: "",
                chain: 0,
                seq: 0,
                hash: record.hash,
                order: record.order,
                verdict: record.verdict,
                lseq: Some(record.lseq),
                signature: signature.as_deref(),
            };
            self.held.extend(self.pass.verify((record.lseq, Ok(record.text)), Some(&side))?);
        }
        if self.held.len() > self.most {
            self.write_held(store, &mut Progress::new(&mut |_, _| ())).await?;
        }
        self.pass.let_go();
        Ok(())
    }

    /// Folds everything once the whole log is here; `None` for a log that is too long to be folded before it is stored.
    ///
    /// # Errors
    ///
    /// When the log opens no shop, ends in the middle of a press, or has an entry that cannot be folded.
    pub async fn fold<S: Store>(
        &mut self,
        store: &S,
        progress: &mut Progress<'_>,
    ) -> Result<Option<Balances>, NotReceived> {
        self.pass.intake.finish(|_, _| None)?;
        if !self.pass.holds_accounts() {
            return Ok(None);
        }
        self.pass.fold(store, progress).await?;
        Ok(Some(Balances { shop: self.pass.replay.shop.clone(), rows: self.pass.replay.rows() }))
    }

    /// Writes the book, after [`Joining::fold`]. The device continues with a chain of its own. `meta` are values of the shop that are
    /// stored with the last step; before it the store holds no book.
    ///
    /// # Errors
    ///
    /// Faults of the store. It then holds no book; delete it.
    pub async fn write<S: Store>(
        mut self,
        store: S,
        by: &NewDevice,
        meta: Vec<(String, String)>,
        progress: &mut Progress<'_>,
    ) -> Result<(Engine<S>, Restored), NotReceived> {
        self.write_held(&store, progress).await?;
        if !self.pass.is_folded() {
            self.pass.fold(&store, progress).await?;
        }
        Engine::finish(store, self.pass, by, meta).await
    }

    /// Entries of one account that are stored one after another cost least, so as many as there are are sorted by account.
    async fn write_held<S: Store>(
        &mut self,
        store: &S,
        progress: &mut Progress<'_>,
    ) -> Result<(), NotReceived> {
        let mut held = std::mem::take(&mut self.held);
        sort_by(&mut held, |a, b| a.account.cmp(&b.account));
        let mut rest = held.into_iter();
        loop {
            let mut slab: Vec<NewEntry> = rest.by_ref().take(WRITTEN).collect();
            if slab.is_empty() {
                return self.pass.write_keys(store).await;
            }
            slab.iter_mut().for_each(|entry| self.pass.keys.take(entry));
            self.written += slab.len() as u64;
            write(store, &slab).await?;
            progress.report(Phase::Writing, self.written);
        }
    }
}
