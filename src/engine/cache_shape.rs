//! The version number of the caches' shape, and whether a store's caches have it.

use crate::store::{CACHES, Fault, Store};

/// The version of the format in which the caches are stored. Raise it whenever a cached row, the cached shop, a row of
/// the queue or the meaning of a sum changes.
pub const SHAPE: &str = "18";

/// Stored instead of [`SHAPE`] while lines are being received: the caches must be rebuilt.
pub const STALE: &str = "stale";

/// Whether the store's caches have the format of this version.
pub async fn is_current<S: Store>(store: &S) -> Result<bool, Fault> {
    Ok(store.meta(CACHES).await?.is_some_and(|text| names_this_shape(&text)))
}

/// Whether the marker `text` names the format of this version. After the format, the marker identifies the rebuild that
/// wrote the caches.
pub fn names_this_shape(text: &str) -> bool {
    text.split(' ').next() == Some(SHAPE)
}
