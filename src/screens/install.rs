//! Installing the app, by the browser's own offer or by instructions for its menu. `public/install.js` detects which
//! the browser supports.

use crate::components::Button;
use crate::page;
use crate::text::say;
use leptos::prelude::*;

/// Under Settings: the install button, or instructions.
pub fn install() -> AnyView {
    let kind = page::follow("counterfoil-install", offer_kind);
    (move || match kind.get().as_str() {
        "offer" => offer(),
        "share" => view! { <p>{say!(settings.install_share)}</p> }.into_any(),
        _ => ().into_any(),
    })
    .into_any()
}

/// At the first start, on browsers where an installed app does not share the data that is set up here.
pub fn first() -> AnyView {
    (offer_kind() == "share").then(|| view! { <p class="note">{say!(setup.install_first)}</p> }).into_any()
}

fn offer() -> AnyView {
    view! {
        <div><Button label=say!(settings.install) on_press=|()| page::call("install", "apply")/></div>
        <p class="small muted">{say!(settings.install_hint)}</p>
    }
    .into_any()
}

fn offer_kind() -> String {
    page::get("install", "way").as_string().unwrap_or_default()
}
