//! An address with nothing behind it.

use crate::at::at;
use crate::components::{Heading, LinkButton, Look};
use crate::text::say;
use leptos::prelude::*;

/// Nothing here; the way back.
#[component]
pub fn Missing() -> AnyView {
    view! {
        <Heading text=say!(shell.missing)/>
        <div class="empty">
            <p>{say!(shell.missing_hint)}</p>
            <LinkButton href=at("/counter") label=say!(shell.to_counter) look=Look::Primary/>
        </div>
    }
    .into_any()
}
