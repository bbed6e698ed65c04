//! Updates of the app: whether a newer version is ready, and switching to it. `public/update.js` does the work.

use crate::page;
use leptos::prelude::*;

/// Becomes true when a newer version is ready.
pub fn ready() -> Signal<bool> {
    page::follow("counterfoil-update", || page::get("update", "ready").is_truthy()).into()
}

/// Switches this tab to the newer version; the page reloads.
pub fn apply() {
    page::call("update", "apply");
}
