//! Add a customer.

use leptos::prelude::*;

/// Add a customer.
#[component]
pub fn AddCustomer() -> AnyView {
    ().into_any()
}
