//! Add a payment, by both doors.

use leptos::prelude::*;

/// Add a payment, by both doors.
#[component]
pub fn AddPayment() -> AnyView {
    ().into_any()
}
