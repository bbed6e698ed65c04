//! Which book of this browser is the current one. Only a bookmark: losing it loses no book.

use crate::browser_storage;
use crate::sort::sort_by;
use crate::store::{DEVICE, Fault, IndexedDb, Store};
use ledger::id::Id;

/// Where the bookmark is kept.
const BOOKMARK: &str = "counterfoil-book";
/// What the name of every store begins with.
const PREFIX: &str = "counterfoil-";
/// The example shop's store.
pub const EXAMPLE: &str = "counterfoil-example";

/// The name of a shop's store.
pub fn store_name(shop: &Id) -> String {
    format!("{PREFIX}{shop}")
}

/// The name of the current book's store; `None` when this browser holds no book. For `late` see [`find_store`].
pub async fn current(late: impl Fn() + Copy + 'static) -> Result<Option<String>, Fault> {
    match browser_storage::get(BOOKMARK) {
        Some(name) => Ok(Some(name)),
        None => find_store(late).await,
    }
}

/// Remembers which book is the current one. A browser that forgets it finds the book by [`find_store`].
pub fn remember(store: &str) {
    browser_storage::set(BOOKMARK, store);
}

/// Forgets it.
pub fn forget() {
    browser_storage::forget(BOOKMARK);
}

/// Looks through the stores of this browser for one with a book in it, the example shop aside. `late` runs when one
/// that did not open in time answers after all.
pub async fn find_store(late: impl Fn() + Copy + 'static) -> Result<Option<String>, Fault> {
    let mut names = IndexedDb::names().await?;
    names.retain(|name| name.starts_with(PREFIX) && name != EXAMPLE);
    sort_by(&mut names, Ord::cmp);
    for name in names {
        let store = IndexedDb::open(&name, late).await?;
        let held = store.meta(DEVICE).await;
        store.close();
        if held?.is_some() {
            return Ok(Some(name));
        }
    }
    Ok(None)
}
