//! The screens before a ledger is open: opening, and failed to open.

use super::backup;
use super::brand::brand;
use crate::components::{Button, Confirm, Heading, Look};
use crate::page;
use crate::session::Session;
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

/// While the ledger is built again from its second copy.
pub fn rebuilding(done: Option<u64>) -> AnyView {
    let percent = done.map(|done| done.to_string());
    view! {
        <main class="startup" aria-busy="true">
            <div class="stack">
                {brand()}
                <p role="status">{say!(shell.rebuilding)}</p>
                <progress max="100" value=percent aria-label=say!(shell.rebuilding)></progress>
            </div>
        </main>
    }
    .into_any()
}

/// The way out without a backup: a new shop. That the old one was lost stays known.
fn start_anew(says: String) -> AnyView {
    let (session, asking) = (expect_context::<Session>(), RwSignal::new(false));
    view! {
        <div class="stack close">
            <p>{says}</p>
            <div><Button label=say!(shell.start_anew) look=Look::Danger on_press=move |()| asking.set(true)/></div>
            <Confirm open=asking question=say!(shell.start_anew_sure) on_yes=move |()| session.start_anew()/>
        </div>
    }
    .into_any()
}

/// What was looked at, of the data that could not be opened.
fn looked_at(why: &Fault) -> Option<String> {
    match why {
        Fault::Emptied | Fault::Cleared | Fault::Forbidden => None,
        Fault::Newer => Some(say!(shell.failed_found)),
        Fault::Corrupt { .. } => Some(say!(shell.failed_read)),
        _ => Some(say!(shell.failed_unseen)),
    }
}

/// When the ledger cannot be opened: the reason, what to do, and what is known of the data.
pub fn failed(why: &Fault) -> AnyView {
    let reload = move |()| {
        let _ = window().location().reload();
    };
    let cause = why.to_string();
    let save = move |()| page::rescue("save", &cause);
    let is_emptied = matches!(why, Fault::Emptied | Fault::Cleared);
    let late = matches!(why, Fault::Blocked | Fault::OpenTimeout);
    let has_rest = late || matches!(why, Fault::Corrupt { .. } | Fault::Other(_));
    let without_backup = match why {
        Fault::Emptied | Fault::Cleared | Fault::Corrupt { .. } => Some(say!(shell.no_backup)),
        Fault::OpenTimeout => Some(say!(shell.no_backup_late)),
        _ => None,
    };
    view! {
        <main class="startup">
            <div class="stack">
                {brand()}
                <Heading text=say!(shell.failed)/>
                <p role="alert">{fault(why)}</p>
                {looked_at(why).map(|words| view! { <p class="muted">{words}</p> })}
                {late.then(|| view! { <p>{say!(shell.failed_late)}</p> })}
                {is_emptied.then(backup::way_back)}
                <div class="actions">
                    <Button label=say!(shell.try_again) look=Look::Primary on_press=reload/>
                    {has_rest.then(|| view! { <Button label=say!(shell.save_rest) on_press=save/> })}
                </div>
                {without_backup.map(start_anew)}
            </div>
        </main>
    }
    .into_any()
}
