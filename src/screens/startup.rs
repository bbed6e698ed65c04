//! The screens before a ledger is open: opening, and failed to open.

use super::backup;
use super::brand::brand;
use crate::components::{Button, Heading, Look};
use crate::store::Fault;
use crate::text::{fault::fault, say};
use leptos::prelude::*;

/// While the ledger is opening. The text appears after a delay, so that a quick start shows none.
pub fn opening() -> AnyView {
    view! {
        <main class="startup" aria-busy="true">
            <div class="opening">
                {brand()}
                <p class="muted" role="status">{say!(shell.opening)}</p>
            </div>
        </main>
    }
    .into_any()
}

/// When the ledger cannot be opened: the reason, what to do, and that no data is lost.
pub fn failed(why: &Fault) -> AnyView {
    let reload = move |()| {
        let _ = window().location().reload();
    };
    let emptied = *why == Fault::Emptied;
    let safe = !emptied && *why != Fault::Forbidden;
    let late = matches!(why, Fault::Blocked | Fault::OpenTimeout);
    view! {
        <main class="startup">
            <div class="stack">
                {brand()}
                <Heading text=say!(shell.failed)/>
                <p role="alert">{fault(why)}</p>
                {safe.then(|| view! { <p class="muted">{say!(shell.failed_safe)}</p> })}
                {late.then(|| view! { <p>{say!(shell.failed_late)}</p> })}
                {emptied.then(backup::way_back)}
                <div class="actions"><Button label=say!(shell.try_again) look=Look::Primary on_press=reload/></div>
            </div>
        </main>
    }
    .into_any()
}
