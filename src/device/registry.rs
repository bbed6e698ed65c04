//! The current shop of this browser. The record is only a bookmark: if it is lost, no journal is lost.

use crate::browser_storage;
use crate::sort::sort_by;
use crate::store::{DEVICE, Fault, IndexedDb, Store};
use ledger::id::Id;

/// The localStorage key of the bookmark.
const BOOKMARK: &str = "counterfoil-book";
/// The localStorage key of the name of the shop that this browser was taken out of.
const LEFT: &str = "counterfoil-left";
/// The prefix of all store names.
const PREFIX: &str = "counterfoil-";
/// The example shop's store.
pub const EXAMPLE: &str = "counterfoil-example";

/// The name of a shop's store.
pub fn store_name(shop: &Id) -> String {
    format!("{PREFIX}{shop}")
}

/// The name of the current store; `None` when this browser holds no journal. For `late` see [`find_store`].
pub async fn current(late: impl Fn() + Copy + 'static) -> Result<Option<String>, Fault> {
    match browser_storage::get(BOOKMARK) {
        Some(name) => Ok(Some(name)),
        None => find_store(late).await,
    }
}

/// The name of the current store, as far as this browser remembers it.
pub fn bookmark() -> Option<String> {
    browser_storage::get(BOOKMARK)
}

/// Notes that this browser was taken out of a shop with this name.
pub fn note_left(shop: &str) {
    browser_storage::set(LEFT, shop);
}

/// The name of the shop that this browser was taken out of, until it holds another one.
pub fn left() -> Option<String> {
    browser_storage::get(LEFT)
}

/// Stores the bookmark. If it is lost, [`find_store`] finds the journal.
pub fn remember(store: &str) {
    browser_storage::forget(LEFT);
    browser_storage::set(BOOKMARK, store);
}

/// Removes the bookmark.
pub fn forget() {
    browser_storage::forget(BOOKMARK);
}

/// Searches the stores of this browser for one that holds a journal, except the example shop. `late` runs when a store
/// that timed out answers later.
pub async fn find_store(late: impl Fn() + Copy + 'static) -> Result<Option<String>, Fault> {
    let mut names = IndexedDb::names().await?;
    names.retain(|name| name.starts_with(PREFIX) && name != EXAMPLE);
    sort_by(&mut names, Ord::cmp);
    for name in names {
        // To create what another tab has just deleted would leave an empty store.
        let Some(store) = IndexedDb::open_existing(&name, late).await? else { continue };
        let held = store.meta(DEVICE).await;
        store.close();
        if held?.is_some() {
            return Ok(Some(name));
        }
    }
    Ok(None)
}
