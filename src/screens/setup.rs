//! The first start.

use leptos::prelude::*;

/// The first start.
#[component]
pub fn Setup() -> AnyView {
    ().into_any()
}
