//! Making the caches afresh from the journal: after an update that keeps them in another shape, when they are damaged,
//! and when lines were laid in beneath them.

use super::chain;
use super::load;
use super::sweep::Sweep;
use super::way::Way;
use crate::store::{Append, CACHES, DEVICE, Fault, Store};
use codec::DeviceState;
use journal::Why;
use ledger::date::Date;

/// The shape in which this version keeps its caches. Raise it whenever a cached row, the cached shop, a row of the
/// queue or the meaning of a sum changes.
pub const SHAPE: &str = "4";

/// What is kept in its place while lines are laid in: caches that belong to none of them.
pub const STALE: &str = "stale";

/// How often it starts again because another tab pressed meanwhile.
const TRIES: usize = 8;

/// Whether the caches are in the shape of this version.
pub async fn in_shape<S: Store>(store: &S) -> Result<bool, Fault> {
    Ok(store.meta(CACHES).await?.is_some_and(|text| of_this_shape(&text)))
}

/// Whether caches marked so are in the shape of this version. Behind the shape stands which making of them it was.
pub fn of_this_shape(text: &str) -> bool {
    text.split(' ').next() == Some(SHAPE)
}

/// Folds every entry and replaces all caches, in one transaction. Writes no entry, unless the device's chain goes on
/// elsewhere than this store thought: then the first of a new chain, so that no number is ever used twice.
pub async fn caches<S: Store>(store: &S, today: Date, now: u64, way: &mut Way<'_>) -> Result<(), Fault> {
    begun(store, None, (today, now), way).await
}

/// The same, and a new chain in any case where a reason for one is given.
pub async fn begun<S: Store>(
    store: &S,
    why: Option<Why>,
    at: (Date, u64),
    way: &mut Way<'_>,
) -> Result<(), Fault> {
    for _ in 0..TRIES {
        match attempt(store, why, at, way).await {
            Err(Fault::Moved) => {}
            other => return other,
        }
    }
    Err(Fault::Moved)
}

async fn attempt<S: Store>(
    store: &S,
    why: Option<Why>,
    (today, now): (Date, u64),
    way: &mut Way<'_>,
) -> Result<(), Fault> {
    let Some(text) = store.meta(DEVICE).await? else { return Ok(()) };
    let mut device: DeviceState = load::parse(DEVICE, &text)?;
    let sweep = Sweep::over(store, way).await?;
    // Later than every entry: so this state differs from the one before, and other tabs see that something happened.
    device.clock = device.clock.heard(sweep.clock).tick(now);
    let written = sweep.head(&device.device, device.chain).map_or(0, |head| head.seq);
    let ahead = written > device.head.map_or(0, |head| head.seq);
    let why = why.or(ahead.then_some(Why::Restored));
    let first = why.map(|why| chain::next(&mut device, &sweep, why, today, now)).transpose()?;
    let caches = sweep.caches(&device)?;
    let entries = first.into_iter().collect();
    store.append(&Append { expected: Some(text), entries, ..caches }).await
}
