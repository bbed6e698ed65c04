//! Add an order.

use leptos::prelude::*;

/// Add an order.
#[component]
pub fn AddOrder() -> AnyView {
    ().into_any()
}
