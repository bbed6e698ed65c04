//! Records again what follows a number of a chain that another copy of this device has continued otherwise.

use super::account;
use super::cache_shape::STALE;
use super::cache_text::{parse, to_text};
use super::chain::{NewChain, open_after};
use super::open::Engine;
use super::progress::Progress;
use super::rebuild;
use super::replay::Replay;
use super::search_words::search_words;
use crate::store::{Append, CACHES, ChainPosition, DEVICE, Fault, Judged, NewEntry, Store, StoredEntry};
use codec::DeviceState;
use codec::compose::write_again;
use journal::{After, Hash, Line, OPENED, SideVerdict};
use ledger::date::Date;

/// How many times it is attempted when other tabs write meanwhile.
const TRIES: usize = 8;

/// How many lines one read returns.
const PAGE: u32 = 1_024;

impl<S: Store> Engine<S> {
    /// Starts a new chain, and writes into it every line of this device's chain `old` with a higher number than `after`, with
    /// the same id, document number, body and press. The old lines stay, behind the new ones in the order of the fold, so
    /// that the new ones count here as everywhere else. Values of the shop are stored in the same transaction.
    ///
    /// # Errors
    ///
    /// Faults of the store; the book is unchanged.
    pub async fn record_again(
        &self,
        new: &NewChain,
        old: (u32, u64),
        meta: &[(String, String)],
        (today, now): (Date, u64),
    ) -> Result<(), Fault> {
        let _turn = self.turn.lock().await;
        for _ in 0..TRIES {
            let append = again(&self.store, new, old, (today, now)).await?;
            let append = Append { meta: [append.meta, meta.to_vec()].concat(), ..append };
            match self.store.append(&append).await {
                Err(Fault::Conflict) => {}
                Err(other) => return Err(other),
                // What is recorded stays so. When this fails, the caches are marked, and the next start rebuilds them.
                Ok(()) => {
                    let mut silent = |_, _| ();
                    let progress = &mut Progress::new(&mut silent);
                    if rebuild::caches(&self.store, today, now, progress).await.is_ok() {
                        self.read_again(today).await?;
                    }
                    return Ok(());
                }
            }
        }
        Err(Fault::Conflict)
    }
}

/// The new chain with its lines, and the old lines behind them.
async fn again<S: Store>(
    store: &S,
    new: &NewChain,
    (chain, after): (u32, u64),
    (today, now): (Date, u64),
) -> Result<Append, Fault> {
    let text = store.meta(DEVICE).await?.ok_or(Fault::Emptied)?;
    let mut device: DeviceState = parse(DEVICE, &text)?;
    let replay = Replay::of_store(store, now.max(device.clock.0), &mut Progress::new(&mut |_, _| ())).await?;
    let end = ChainPosition::new(device.device.as_str(), chain, after);
    let common = store.at(&end).await?.map(|stored| After {
        chain,
        seq: after,
        hash: Hash::of(stored.bytes.as_bytes()),
    });
    device.clock = device.clock.merged(replay.clock);
    let old = lines_after(store, end).await?;
    let mut entries = vec![open_after(&mut device, &replay, (new, common), today, now)?];
    for (_, stored) in &old {
        let line = Line::parse(stored.bytes.as_bytes()).map_err(|why| Fault::corrupt("an entry", why))?;
        if line.kind != OPENED {
            entries.push(written_again(&mut device, &line, now)?);
        }
    }
    // Later than the new lines, so that these are the first with their ids.
    device.clock = device.clock.tick(now);
    let order = device.clock;
    let judged = |(at, _)| Judged { at, order, verdict: SideVerdict::Ok, lseq: None, signature: None };
    Ok(Append {
        expected: Some(text),
        device: to_text(&device)?,
        entries,
        judged: old.into_iter().map(judged).collect(),
        meta: vec![(CACHES.into(), STALE.into())],
        ..Append::default()
    })
}

/// The lines of a chain, without its branches, after a place.
async fn lines_after<S: Store>(
    store: &S,
    mut place: ChainPosition,
) -> Result<Vec<(ChainPosition, StoredEntry)>, Fault> {
    let mut lines = Vec::new();
    loop {
        let page = store.after(Some(&place), PAGE).await?;
        if page.is_empty() {
            return Ok(lines);
        }
        for stored in page {
            let line = Line::parse(stored.bytes.as_bytes()).map_err(|why| Fault::corrupt("an entry", why))?;
            if (line.device, line.chain) != (place.device.as_str(), place.chain) || !stored.branch.is_empty()
            {
                return Ok(lines);
            }
            place = ChainPosition::new(line.device, line.chain, line.seq);
            lines.push((place.clone(), stored));
        }
    }
}

/// A line with the same content as the next one of the device's present chain.
fn written_again(device: &mut DeviceState, old: &Line<'_>, now: u64) -> Result<NewEntry, Fault> {
    let bytes = write_again(device, old, now).map_err(|why| Fault::Other(why.to_string()))?;
    let stored = StoredEntry::own(bytes.clone(), device.clock);
    let record = account::record(&stored, &mut None);
    let words = record.map(|record| search_words(&record.entry)).unwrap_or_default();
    let line = Line::parse(bytes.as_bytes()).map_err(|why| Fault::corrupt("a new entry", why))?;
    Ok(NewEntry::of_line(&line, stored, words))
}
