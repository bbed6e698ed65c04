//! The screen for an unknown address.

use crate::at::at;
use crate::components::{Heading, LinkButton, Look};
use crate::route::Route;
use crate::text::say;
use leptos::prelude::*;

/// Says that there is nothing at this address, with a link to the counter.
#[component]
pub fn Missing() -> AnyView {
    view! {
        <Heading text=say!(shell.missing)/>
        <div class="empty">
            <p>{say!(shell.missing_hint)}</p>
            <LinkButton href=at(Route::Counter) label=say!(shell.to_counter) look=Look::Primary/>
        </div>
    }
    .into_any()
}
