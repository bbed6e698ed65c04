//! The queue of refunds.

use leptos::prelude::*;

/// The queue of refunds.
#[component]
pub fn Refunds() -> AnyView {
    ().into_any()
}
