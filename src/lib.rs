//! Counterfoil in the browser.

pub mod book;
pub mod drafts;
pub mod store;

use leptos::prelude::*;

/// Mounts the app.
pub fn start() {
    mount_to_body(|| view! { <p>"Counterfoil"</p> });
}
