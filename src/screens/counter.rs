//! The counter.

use leptos::prelude::*;

/// The counter.
#[component]
pub fn Counter() -> AnyView {
    ().into_any()
}
