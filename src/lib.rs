//! Counterfoil in the browser.

use leptos::prelude::*;

/// Mounts the app.
pub fn start() {
    mount_to_body(|| view! { <p>"Counterfoil"</p> });
}
