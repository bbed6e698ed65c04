//! The confirmation after set-up, and whether the browser promised not to delete the data.

use crate::at::at;
use crate::components::{Heading, LinkButton, Look, live};
use crate::device::recovery_code::RecoveryCode;
use crate::route::Route;
use crate::screens::recovery_code;
use crate::session::Session;
use crate::text::{date, say};
use leptos::prelude::*;

/// How the shop came into this browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// It was set up.
    New,
    /// From a backup.
    Restored,
    /// This counter joined it.
    Joined,
}

/// The confirmation, with the recovery code of a new shop and the link to the counter.
pub fn done(code: Option<&RecoveryCode>, origin: Origin) -> AnyView {
    let session = expect_context::<Session>();
    let (shop, here) = (session.shop(), session.this_device());
    let name = move || shop.with(|shop| shop.as_ref().map(|shop| shop.name.clone()).unwrap_or_default());
    let letter = move || here.with(|here| here.letter.clone());
    let heading = move || match origin {
        Origin::New => say!(setup.done, shop = name()),
        Origin::Restored => say!(setup.restored, shop = name()),
        Origin::Joined => say!(setup.joined, shop = name()),
    };
    view! {
        <Heading text=Signal::derive(heading)/>
        <div class="stack">
            <p class="lead muted">{move || say!(setup.done_counter, letter = letter())}</p>
            {(origin == Origin::Restored).then(until)}
            {code.map(recovery_code::shown)}
            {move || persistence_note(here.with(|here| here.persisted))}
            {(origin == Origin::New).then(no_certified_till)}
            <LinkButton href=at(Route::Counter) label=say!(setup.start) look=Look::Primary/>
        </div>
    }
    .into_any()
}

/// The date of the last entry after a restore, because the backup may be older than the user expects.
fn until() -> AnyView {
    let session = expect_context::<Session>();
    let (customers, today) = (session.customers(), session.today());
    let last = move || customers.with(|all| all.iter().filter_map(|row| row.last).max());
    let words = move || last().map(|last| say!(setup.restored_until, date = date::short(last, today.get())));
    view! { <p>{live(words)}</p> }.into_any()
}

/// What the laws of some countries ask of a till, and this is not.
fn no_certified_till() -> AnyView {
    view! {
        <div class="note"><p><b>{say!(setup.no_till)}</b></p><p class="small">{say!(setup.no_till_hint)}</p></div>
    }
    .into_any()
}

/// The browser's answer about persistent storage, and what the user should do about it.
pub fn persistence_note(answer: Option<bool>) -> AnyView {
    let (title, hint, class) = match answer {
        Some(true) => (say!(setup.kept), say!(setup.kept_hint), "note"),
        Some(false) => (say!(setup.not_kept), say!(setup.not_kept_hint), "note warn"),
        None => (say!(setup.unknown_kept), say!(setup.not_kept_hint), "note warn"),
    };
    view! { <div class=class><p><b>{title}</b></p><p class="small">{hint}</p></div> }.into_any()
}
