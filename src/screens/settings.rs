//! Settings.

use leptos::prelude::*;

/// Settings.
#[component]
pub fn Settings() -> AnyView {
    ().into_any()
}
