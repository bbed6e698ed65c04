//! A link of the navigation.

use crate::at::at;
use crate::components::Count;
use crate::route::Route;
use crate::router::Router;
use leptos::prelude::*;

/// A navigation link that is marked when the current page belongs to it.
pub fn nav_link(route: Route, label: String, key: &'static str, count: Option<Signal<usize>>) -> AnyView {
    let here = expect_context::<Router>().path();
    let href = at(route);
    let own = href.clone();
    let current = move || here.with(|here| here.starts_with(&own)).then_some("page");
    view! {
        <a href=href aria-current=current aria-keyshortcuts=(!key.is_empty()).then_some(key)>
            <span>{label}</span>
            {(!key.is_empty()).then(|| view! { <kbd class="hint" aria-hidden="true">{key}</kbd> })}
            {count.map(|count| view! { <Count count=count/> })}
        </a>
    }
    .into_any()
}
