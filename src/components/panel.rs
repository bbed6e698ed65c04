//! A raised part of a page with its own heading.

use super::ids::fresh;
use leptos::prelude::*;

/// A panel, such as *What will happen*.
///
/// ```ignore
/// <Panel title=say!(refund.will_happen)><Changes rows=rows/></Panel>
/// ```
#[component]
pub fn Panel(
    /// Its heading and accessible name.
    #[prop(into)]
    title: Signal<String>,
    /// The content.
    children: Children,
) -> AnyView {
    let id = fresh("panel");
    let named = id.clone();
    view! { <section class="panel" aria-labelledby=named><h2 id=id>{title}</h2>{children()}</section> }
        .into_any()
}
