//! A newer version of the app: whether one is ready, and moving to it. `public/update.js` does the work.

use crate::page;
use leptos::prelude::*;

/// Turns true when a newer version can be had.
pub fn ready() -> Signal<bool> {
    page::follow("counterfoil-update", || page::get("update", "ready").is_truthy()).into()
}

/// Moves this tab to the newer version; the page reloads.
pub fn apply() {
    page::call("update", "apply");
}
