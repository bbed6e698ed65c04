//! Receives a backup: checks it line by line and adds what is missing.
//!
//! Into an empty store: lines are written in batches without touching the caches, which are rebuilt at the end; the store
//! counts as a book only after that last step, which is one transaction. Into a book of the same shop: a few missing
//! lines cost the accounts they touch, in one transaction; with many, the caches are rebuilt once. When that is
//! interrupted, the book is consistent with the lines received so far, and receiving the same backup again continues from
//! there.

mod check;
mod few;
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
use few::Few;
use journal::{Clock, Line, Press, Why};
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
    /// Writes a checked backup into an empty store. The device continues with a chain and letter of
    /// its own, and with the drawer that the backup names for it, if any.
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
        if checked.missing <= MOST_FEW
            && let Some(merged) = self.merge_few(source, checked, (today, now)).await?
        {
            return Ok(merged);
        }
        let added = receive(&self.store, source, &checked.held, progress).await?;
        rebuild::caches(&self.store, today, now, progress).await?;
        let state = load::state(&self.store, today).await?.ok_or(Fault::Emptied)?;
        *self.state.borrow_mut() = state;
        Ok(Merged { added, changed: Changed::everything() })
    }
}

/// The most missing entries that are folded account by account; with more, all caches are rebuilt once.
const MOST_FEW: u64 = 1_000;

impl<S: Store> Engine<S> {
    /// Adds a few missing entries; `None`, with nothing written, if all caches have to be rebuilt.
    async fn merge_few(
        &self,
        source: &impl Source,
        checked: &Checked,
        (today, now): (Date, u64),
    ) -> Result<Option<Merged>, NotReceived> {
        let missing = missing(source, &checked.held).await?;
        let added = missing.len() as u64;
        let Some(few) = Few::of(missing, &self.device().device) else { return Ok(None) };
        let changed = self.receive_few(&few, today, now).await?;
        Ok(changed.map(|changed| Merged { added, changed }))
    }
}

/// The lines that are in no chain of this store.
async fn missing(
    source: &impl Source,
    held: &BTreeMap<(String, u32), u64>,
) -> Result<Vec<String>, NotReceived> {
    let (mut lines, mut missing) = (Lines::of(source), Vec::new());
    while let Some(batch) = lines.next().await? {
        for (at, bytes) in batch {
            let line = Line::parse(bytes.as_bytes()).map_err(|why| NotReceived::shape(at, why))?;
            if !is_held(held, &line) {
                missing.push(bytes);
            }
        }
    }
    Ok(missing)
}

/// Whether a chain of this store has the line.
fn is_held(held: &BTreeMap<(String, u32), u64>, line: &Line<'_>) -> bool {
    held.get(&(line.device.to_owned(), line.chain)).is_some_and(|seq| line.seq <= *seq)
}

/// Writes the lines that are in no chain of this store, one piece of the file at a time.
async fn receive<S: Store>(
    store: &S,
    source: &impl Source,
    held: &BTreeMap<(String, u32), u64>,
    progress: &mut Progress<'_>,
) -> Result<u64, NotReceived> {
    let (mut lines, mut count) = (Lines::of(source), 0);
    // Lines of presses whose last line has not been read yet: a press is written in one transaction.
    let mut open_presses = BTreeMap::<(String, u32), Vec<NewEntry>>::new();
    while let Some(batch) = lines.next().await? {
        let mut entries = Vec::new();
        for (at, bytes) in batch {
            let line = Line::parse(bytes.as_bytes()).map_err(|why| NotReceived::shape(at, why))?;
            if is_held(held, &line) {
                continue;
            }
            let (words, clock) = (words_of_line(&line), line.clock);
            let (chain, press) = ((line.device.to_owned(), line.chain), line.press);
            let entry = NewEntry { stored: StoredEntry::own(bytes, clock), words };
            if press.is_some_and(Press::goes_on) {
                open_presses.entry(chain).or_default().push(entry);
            } else {
                entries.extend(open_presses.remove(&chain).unwrap_or_default());
                entries.push(entry);
            }
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
