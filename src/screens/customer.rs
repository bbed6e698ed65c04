//! One customer: what is owed, what is held, and everything that happened.

use leptos::prelude::*;

/// One customer: what is owed, what is held, and everything that happened.
#[component]
pub fn Customer() -> AnyView {
    ().into_any()
}
