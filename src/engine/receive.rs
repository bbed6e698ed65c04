//! Receives a backup: checks it line by line, writes it in batches without touching the caches, and rebuilds the caches
//! at the end.
//!
//! Into an empty store: the store counts as a book only after the last step, which is one transaction. Into a book of
//! the same shop: the missing lines are added. When that is interrupted, the book is consistent with the lines received
//! so far, and receiving the same backup again continues from there.

mod check;
mod lines;
mod not_received;
mod stored_lines;

pub use check::Checked;
pub use lines::Source;
pub use not_received::{Flaw, NotReceived};

use super::cache_shape::STALE;
use super::changed::Changed;
use super::open::Engine;
use super::progress::{Phase, Progress};
use super::replay::Replay;
use super::search_words::search_words;
use super::{chain, load, rebuild};
use crate::store::{Append, CACHES, Fault, NewEntry, Store, StoredEntry};
use codec::DeviceState;
use codec::decode::{Decoded, SharedIds, decode_envelope};
use journal::{Clock, Line, Why};
use ledger::date::Date;
use ledger::entry::Verdict;
use ledger::id::Id;
use lines::Lines;
use std::collections::BTreeMap;

/// The browser that receives a book, and the time.
#[derive(Debug, Clone)]
pub struct NewDevice {
    /// This browser's device id in this book.
    pub device: Id,
    /// The time zone of the business dates.
    pub zone: String,
    /// The shop's current business date.
    pub today: Date,
    /// The wall clock, in milliseconds since 1970.
    pub now: u64,
}

/// The outcome of receiving a backup into an existing book.
#[derive(Debug, Clone, PartialEq)]
pub struct Merged {
    /// How many entries were missing here and were added.
    pub added: u64,
    /// The parts of the book that screens have to read again.
    pub changed: Changed,
}

impl<S: Store> Engine<S> {
    /// Writes a checked backup into an empty store. The device continues with a chain and a letter of its own.
    ///
    /// # Errors
    ///
    /// Faults of the store, and the errors of a file that changed since it was checked. The store then holds no book.
    pub async fn restore(
        store: S,
        source: &impl Source,
        checked: &Checked,
        by: &NewDevice,
        progress: &mut Progress<'_>,
    ) -> Result<Self, NotReceived> {
        receive(&store, source, &BTreeMap::new(), progress).await?;
        let replay = Replay::of_store(&store, progress).await?;
        if let Some(trouble) = replay.trouble {
            return Err(trouble.into());
        }
        let mut device = DeviceState::new(checked.shop.clone(), by.device.clone(), 1, "", &by.zone);
        let first = chain::open_next(&mut device, &replay, Why::Restored, by.today, by.now)?;
        store.append(&Append { entries: vec![first], ..replay.caches(&device)? }).await?;
        Ok(Self::open(store, by.today).await?.ok_or(Fault::Emptied)?)
    }

    /// Checks a backup against this book and counts its entries that are missing here.
    ///
    /// # Errors
    ///
    /// The first error found, for example that it is the backup of another shop. Nothing was written.
    pub async fn check(
        &self,
        source: &impl Source,
        progress: &mut Progress<'_>,
    ) -> Result<Checked, NotReceived> {
        let shop = self.device().shop.clone();
        Checked::read(source, Some((&self.store, &shop)), progress).await
    }

    /// Adds the entries that are missing here.
    ///
    /// # Errors
    ///
    /// Faults of the store; entries written before the fault stay in the book.
    pub async fn merge(
        &self,
        source: &impl Source,
        checked: &Checked,
        (today, now): (Date, u64),
        progress: &mut Progress<'_>,
    ) -> Result<Merged, NotReceived> {
        let _turn = self.turn.lock().await;
        if checked.missing == 0 {
            return Ok(Merged { added: 0, changed: Changed::default() });
        }
        let added = receive(&self.store, source, &checked.held, progress).await?;
        rebuild::caches(&self.store, today, now, progress).await?;
        let state = load::state(&self.store, today).await?.ok_or(Fault::Emptied)?;
        *self.state.borrow_mut() = state;
        Ok(Merged { added, changed: Changed::everything() })
    }
}

/// Writes the lines that are in no chain of this store, one piece of the file at a time.
async fn receive<S: Store>(
    store: &S,
    source: &impl Source,
    held: &BTreeMap<(String, u32), u64>,
    progress: &mut Progress<'_>,
) -> Result<u64, NotReceived> {
    let (mut lines, mut count) = (Lines::of(source), 0);
    while let Some(batch) = lines.next().await? {
        let mut entries = Vec::new();
        for (at, bytes) in batch {
            let line = Line::parse(bytes.as_bytes()).map_err(|why| NotReceived::shape(at, why))?;
            if held.get(&(line.device.to_owned(), line.chain)).is_some_and(|seq| line.seq <= *seq) {
                continue;
            }
            let (words, clock) = (words_of_line(&line), line.clock);
            entries.push(NewEntry { stored: StoredEntry::own(bytes, clock), words });
        }
        if !entries.is_empty() {
            store.receive(&entries, (CACHES, STALE)).await?;
        }
        count += entries.len() as u64;
        progress.report(Phase::Writing, lines.read());
    }
    Ok(count)
}

fn words_of_line(line: &Line<'_>) -> Vec<String> {
    match decode_envelope(&line.to_envelope(), Clock::default(), Verdict::Ok, None, &mut SharedIds::default())
    {
        Ok(Decoded::Entry(record)) => search_words(&record.entry),
        Ok(Decoded::Chain(_)) | Err(_) => Vec::new(),
    }
}
