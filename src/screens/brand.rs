//! The app's logo and name.

use crate::text::say;
use leptos::prelude::*;

/// The logo: a counterfoil, a slip with its stub torn along the dashes.
pub fn mark() -> AnyView {
    view! { <span class="mark" aria-hidden="true">"C"</span> }.into_any()
}

/// Logo and name.
pub fn brand() -> AnyView {
    view! { <div class="brand">{mark()}<span>{say!(shell.app)}</span></div> }.into_any()
}
