//! Recording: how far it is, a way to stop, and what was recorded.

use super::state::{ImportState, Run};
use crate::at::at;
use crate::components::{Button, Done, LinkButton, Look, live, swap};
use crate::import::Kind;
use crate::route::{Route, Section};
use crate::screens::context;
use crate::text::{counted, fault::not_recorded, say};
use leptos::prelude::*;

/// While the rows are recorded, and after that.
pub(super) fn progress(state: ImportState) -> AnyView {
    let has_ended =
        Memo::new(move |_| state.run.with(|run| run.as_ref().is_some_and(|run| run.ended.is_some())));
    swap(has_ended, move |has_ended| if has_ended { ended(state) } else { running(state) })
}

fn running(state: ImportState) -> AnyView {
    let words = move || {
        let Run { done, all, .. } = state.run.get()?;
        Some(view! {
            <progress max=all.to_string() value=done.to_string() aria-label=say!(import.title)></progress>
            <p>{say!(import.running, done = done, all = all)}</p>
        })
    };
    view! {
        <div class="stack close">
            <div class="stack close" role="status">{live(words)}</div>
            <div><Button label=say!(import.stop) on_press=move |()| state.stop.set(true)/></div>
        </div>
    }
    .into_any()
}

/// The way to what was imported.
fn see(kind: Kind) -> AnyView {
    let (href, label) = match kind {
        Kind::Items => (at(Route::SettingsOf(Section::Items)), say!(import.see_items)),
        Kind::Orders => (at(Route::Orders), say!(import.see_orders)),
        Kind::Customers | Kind::Credits => (at(Route::Customers), say!(import.see_customers)),
    };
    view! { <LinkButton href=href label=label/> }.into_any()
}

fn ended(state: ImportState) -> AnyView {
    let Some(Run { done, all, ended }) = state.run.get_untracked() else { return ().into_any() };
    let currency = context::currency(state.session);
    let why = ended.and_then(|imported| imported.failed).map(|why| not_recorded(&why, &currency));
    let is_done = done == all;
    let title =
        if is_done { counted!(import.done, done) } else { say!(import.stopped, done = done, all = all) };
    let says = if is_done { say!(import.done_says) } else { say!(import.stopped_says) };
    view! {
        <Done title=title>
            {why.map(|why| view! { <p class="wrong">{why}</p> })}
            <p>{says}</p>
            <div class="row">
                {(!is_done).then(|| view! {
                    <Button label=say!(import.go_on) look=Look::Primary on_press=move |()| state.start()/>
                })}
                {see(state.kind())}
                <Button label=say!(import.next_file) on_press=move |()| state.next_file()/>
            </div>
        </Done>
    }
    .into_any()
}
