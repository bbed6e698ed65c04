//! The mark of the app, and its name.

use crate::text::say;
use leptos::prelude::*;

/// The counterfoil: a slip with its stub torn along the dashes.
pub fn mark() -> AnyView {
    view! { <span class="mark" aria-hidden="true">"C"</span> }.into_any()
}

/// Mark and name.
pub fn brand() -> AnyView {
    view! { <div class="brand">{mark()}<span>{say!(shell.app)}</span></div> }.into_any()
}
