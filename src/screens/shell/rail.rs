//! The rail on the left, which on a narrow screen is the bar at the bottom.

use super::{foot, more};
use crate::at::at;
use crate::components::Count;
use crate::router::Router;
use crate::session::Session;
use crate::text::say;
use leptos::prelude::*;

/// Shop, navigation, who acts and the state.
pub fn rail(update: Signal<bool>, help: RwSignal<bool>) -> AnyView {
    let queue = expect_context::<Session>().queue();
    let waiting = Signal::derive(move || queue.with(|all| all.len()));
    let more_open = RwSignal::new(false);
    view! {
        <div class="rail" role="region" aria-label=say!(shell.frame)>
            {foot::shop()}
            <nav aria-label=say!(shell.main)>
                <ul>
                    {link("/counter", say!(shell.counter), "/", None)}
                    {link("/customers", say!(shell.customers), "", None)}
                    {link("/orders", say!(shell.orders), "", None)}
                    {link("/refunds", say!(shell.refunds), "", Some(waiting))}
                    <li class="less">{anchor("/partners", say!(shell.partners), "", None)}</li>
                    <li class="less">{anchor("/settings", say!(shell.settings), "", None)}</li>
                    <li>
                        <button class="more-button" type="button" aria-haspopup="dialog"
                            on:click=move |_| more_open.set(true)>{say!(shell.more)}</button>
                    </li>
                </ul>
            </nav>
            {foot::foot(update)}
        </div>
        {more::more(more_open, help)}
    }
    .into_any()
}

fn link(path: &'static str, label: String, key: &'static str, count: Option<Signal<usize>>) -> AnyView {
    view! { <li>{anchor(path, label, key, count)}</li> }.into_any()
}

/// A link that knows whether the page is behind it.
pub fn anchor(path: &'static str, label: String, key: &'static str, count: Option<Signal<usize>>) -> AnyView {
    let here = expect_context::<Router>().path();
    let href = at(path);
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
