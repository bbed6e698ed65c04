//! Rebuilding the caches from the journal: after an update that keeps them in another shape, when they are damaged,
//! and when lines were received beneath them.

use super::cache_text::parse;
use super::chain;
use super::progress::Progress;
use super::replay::Replay;
use crate::store::{Append, DEVICE, Fault, Store};
use codec::DeviceState;
use journal::Why;
use ledger::date::Date;

/// How often it starts again because another tab committed meanwhile.
const TRIES: usize = 8;

/// Folds every entry and replaces all caches, in one transaction. Writes no entry, unless the device's chain goes on
/// elsewhere than this store thought: then the first of a new chain, so that no number is ever used twice.
pub async fn caches<S: Store>(
    store: &S,
    today: Date,
    now: u64,
    progress: &mut Progress<'_>,
) -> Result<(), Fault> {
    with_new_chain(store, None, (today, now), progress).await
}

/// The same, and a new chain in any case where a reason for one is given.
pub async fn with_new_chain<S: Store>(
    store: &S,
    why: Option<Why>,
    at: (Date, u64),
    progress: &mut Progress<'_>,
) -> Result<(), Fault> {
    for _ in 0..TRIES {
        match attempt(store, why, at, progress).await {
            Err(Fault::Conflict) => {}
            other => return other,
        }
    }
    Err(Fault::Conflict)
}

async fn attempt<S: Store>(
    store: &S,
    why: Option<Why>,
    (today, now): (Date, u64),
    progress: &mut Progress<'_>,
) -> Result<(), Fault> {
    let Some(text) = store.meta(DEVICE).await? else { return Ok(()) };
    let mut device: DeviceState = parse(DEVICE, &text)?;
    let replay = Replay::of_store(store, progress).await?;
    // Later than every entry: so this state differs from the one before, and other tabs see that something happened.
    device.clock = device.clock.heard(replay.clock).tick(now);
    let written = replay.head(&device.device, device.chain).map_or(0, |head| head.seq);
    let ahead = written > device.head.map_or(0, |head| head.seq);
    let why = why.or(ahead.then_some(Why::Restored));
    let first = why.map(|why| chain::open_next(&mut device, &replay, why, today, now)).transpose()?;
    let caches = replay.caches(&device)?;
    let entries = first.into_iter().collect();
    store.append(&Append { expected: Some(text), entries, ..caches }).await
}
