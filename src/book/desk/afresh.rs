//! Making the caches afresh from the journal: after an update that keeps them in another shape, or when they are damaged.

use super::backup::all;
use super::folded::Folded;
use super::load;
use crate::store::{Append, CACHES, DEVICE, Fault, Store};

/// The shape in which this version keeps its caches. Raise it whenever a cached row, the cached shop, a row of the
/// queue or the meaning of a sum changes.
pub const SHAPE: &str = "1";

/// Whether the caches are in the shape of this version.
pub async fn in_shape<S: Store>(store: &S) -> Result<bool, Fault> {
    Ok(store.meta(CACHES).await?.as_deref() == Some(SHAPE))
}

/// Folds every entry and replaces all caches, in one transaction. Writes no entry.
pub async fn caches<S: Store>(store: &S) -> Result<(), Fault> {
    let Some(text) = store.meta(DEVICE).await? else { return Ok(()) };
    let folded = Folded::of(all(store).await?, load::parse(DEVICE, &text)?);
    let caches = folded.draft.caches(|_| None)?;
    store.append(&Append { expected: Some(text.clone()), device: text, afresh: true, ..caches }).await
}
