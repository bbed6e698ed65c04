//! The refund wizard.

use leptos::prelude::*;

/// The refund wizard.
#[component]
pub fn RefundPayment() -> AnyView {
    ().into_any()
}
