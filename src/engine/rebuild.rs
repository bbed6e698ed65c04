//! Rebuilds the caches from the journal: after an update that changed their format, when they are damaged, and after
//! lines were received into the store.

use super::cache_text::parse;
use super::chain::{self, NewChain};
use super::progress::Progress;
use super::replay::Replay;
use super::verification::changed_lines;
use crate::store::{Append, ChainPosition, DEVICE, Fault, Store};
use codec::DeviceState;
use journal::{Head, Why};
use ledger::date::Date;

/// How many times a rebuild is attempted when other tabs commit meanwhile.
const TRIES: usize = 8;

/// Folds every entry and replaces all caches, in one transaction. Writes an entry only when the store holds later lines
/// of the device's chain than its head says: then the first line of a new chain, so that no number is ever used twice.
pub async fn caches<S: Store>(
    store: &S,
    today: Date,
    now: u64,
    progress: &mut Progress<'_>,
) -> Result<(), Fault> {
    with_new_chain(store, None, (today, now), progress).await
}

/// Rebuilds the caches and, if one is given, also starts a new chain.
pub async fn with_new_chain<S: Store>(
    store: &S,
    new: Option<&NewChain>,
    at: (Date, u64),
    progress: &mut Progress<'_>,
) -> Result<(), Fault> {
    for _ in 0..TRIES {
        match attempt(store, new, at, progress).await {
            Err(Fault::Conflict) => {}
            other => return other,
        }
    }
    Err(Fault::Conflict)
}

async fn attempt<S: Store>(
    store: &S,
    new: Option<&NewChain>,
    (today, now): (Date, u64),
    progress: &mut Progress<'_>,
) -> Result<(), Fault> {
    let Some(text) = store.meta(DEVICE).await? else { return Ok(()) };
    let mut device: DeviceState = parse(DEVICE, &text)?;
    // A caller may not know the time. The device's own clock has seen at least that.
    // A line that was changed in the store is not believed.
    let own = device
        .head
        .map(|Head { seq, hash }| (ChainPosition::new(device.device.as_str(), device.chain, seq), hash));
    let changed = changed_lines(store, own.as_ref()).await?;
    let is_right = new.is_some_and(|new| new.forgets_clock);
    let wall = if is_right { now } else { now.max(device.clock.0) };
    let mut replay = Replay::without(store, &changed, wall, progress).await?;
    replay.find_clashes(store).await?;
    // Later than before: so the device's state changes, and other tabs notice the rebuild.
    device.clock = device.clock.merged(replay.clock).tick(now);
    let written = replay.head(&device.device, device.chain).map_or(0, |head| head.seq);
    let ahead = written > device.head.map_or(0, |head| head.seq);
    let restored = NewChain::of_store(Why::Restored);
    let new = new.or(ahead.then_some(&restored));
    let first = new.map(|new| chain::open_next(&mut device, &replay, new, today, now)).transpose()?;
    let caches = replay.caches(&device)?;
    let entries = first.into_iter().collect();
    store.append(&Append { expected: Some(text), entries, ..caches }).await
}
