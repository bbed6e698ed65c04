//! All customers.

use leptos::prelude::*;

/// All customers.
#[component]
pub fn Customers() -> AnyView {
    ().into_any()
}
