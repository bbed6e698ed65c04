//! One order.

use leptos::prelude::*;

/// One order.
#[component]
pub fn Order() -> AnyView {
    ().into_any()
}
