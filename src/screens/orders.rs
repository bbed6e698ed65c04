//! All orders.

use leptos::prelude::*;

/// All orders.
#[component]
pub fn Orders() -> AnyView {
    ().into_any()
}
