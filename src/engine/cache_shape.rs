//! The version number of the caches' shape, and whether a store's caches have it.

use crate::store::{CACHES, Fault, Store};

/// The shape in which this version stores its caches. Raise it whenever a cached row, the cached shop, a row of the
/// queue or the meaning of a sum changes.
pub const SHAPE: &str = "4";

/// Stored in its place while lines are received: these caches belong to no shape.
pub const STALE: &str = "stale";

/// Whether the caches are in the shape of this version.
pub async fn is_current<S: Store>(store: &S) -> Result<bool, Fault> {
    Ok(store.meta(CACHES).await?.is_some_and(|text| names_this_shape(&text)))
}

/// Whether caches marked so are in the shape of this version. Behind the shape, the text names the rebuild that made
/// them.
pub fn names_this_shape(text: &str) -> bool {
    text.split(' ').next() == Some(SHAPE)
}
