//! Counters and sync: connects the shop with the server of this page, shows how the exchange goes, and invites counters.

use super::counters::counters;
use super::invite::invite;
use super::moving::moving;
use super::server::{address, show};
use crate::components::{Button, ErrorSummary, Problem, TextField, live, swap};
use crate::screens::{bind, context};
use crate::session::{Session, SyncPhase, SyncState};
use crate::text::sync::line;
use crate::text::{date, say};
use ledger::entry::EntryKind;
use ledger::money::Money;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The part of the settings.
pub(super) fn sync() -> AnyView {
    let session = context::session();
    let (sync, here) = (session.sync(), session.this_device());
    let kind = Memo::new(move |_| {
        let is_example = here.with(|here| here.example);
        (is_example, sync.with(|sync| sync.phase == SyncPhase::Alone), is_admin(session))
    });
    swap(kind, move |kind| match kind {
        (true, ..) => view! { <p>{say!(sync.example)}</p> }.into_any(),
        (false, true, false) => view! { <p>{say!(sync.alone_clerk)}</p> }.into_any(),
        (false, true, true) => alone(session),
        (false, false, is_admin) => connected(session, is_admin),
    })
}

/// Whether the signed-in user may connect the shop and invite counters.
fn is_admin(session: Session) -> bool {
    context::may(session, EntryKind::DeviceInvited, Money::ZERO)
}

/// Whether the signed-in user may say where the shop is.
fn is_owner(session: Session) -> bool {
    context::may(session, EntryKind::ShopMoved, Money::ZERO)
}

/// The form of a shop that is on this device alone.
fn alone(session: Session) -> AnyView {
    let had_server =
        session.shop().with_untracked(|shop| shop.as_ref().is_some_and(|shop| shop.moved.is_some()));
    let hint = if had_server { say!(sync.again_hint) } else { say!(sync.code_hint) };
    let (code, problems) = (RwSignal::new(String::new()), RwSignal::new(Vec::new()));
    let (progress, busy) = (RwSignal::new(None::<(usize, usize)>), RwSignal::new(false));
    let submit = move |ev: web_sys::SubmitEvent| {
        ev.prevent_default();
        if busy.get_untracked() {
            return;
        }
        let typed = code.get_untracked();
        if typed.trim().is_empty() && !had_server {
            problems.set(vec![Problem::at("f-sync-code".to_owned(), say!(sync.missing_code))]);
            return;
        }
        problems.set(Vec::new());
        busy.set(true);
        spawn_local(async move {
            let outcome = session.connect(&typed, progress.write_only()).await;
            busy.try_set(false);
            show(problems, outcome.map(drop));
        });
    };
    let why = Signal::derive(move || {
        busy.get().then(|| match progress.get() {
            Some((done, all)) => say!(sync.connecting, done = done, all = all),
            None => say!(sync.begin),
        })
    });
    view! {
        <p>{say!(sync.alone)}</p>
        <ErrorSummary problems=problems/>
        <dl class="facts"><dt>{say!(sync.address)}</dt><dd>{address()}</dd></dl>
        <form class="stack close" novalidate on:submit=submit>
            <TextField id="f-sync-code" label=say!(sync.code) hint=hint
                value=bind::text(move || code.get(), move |typed| code.set(typed)) required=!had_server/>
            <div><Button label=say!(sync.connect) submit=true why_not=why/></div>
        </form>
        <p class="small muted">{say!(sync.safe)}</p>
    }
    .into_any()
}

/// How the exchange goes, the counters, and the invite.
fn connected(session: Session, is_admin: bool) -> AnyView {
    let sync = session.sync();
    let state = move || sync.with(says);
    let skew = move || {
        let minutes = sync.with(|sync| sync.skew)?.unsigned_abs() / 60_000;
        Some(view! { <p class="note warn">{say!(sync.skew, minutes = minutes)}</p> })
    };
    let stopped = Memo::new(move |_| sync.with(|sync| sync.phase == SyncPhase::Stopped));
    let again = move || {
        stopped.get().then(|| {
            view! {
                <p class="note warn">{say!(sync.stopped_says)}</p>
                <div><Button label=say!(sync.try_again) on_press=move |()| session.exchange_now()/></div>
            }
        })
    };
    let shop = session.shop();
    let moved = move || {
        let to = shop.with(|shop| shop.as_ref()?.moved.as_ref()?.address.clone());
        to.filter(|_| sync.with(|sync| sync.phase == SyncPhase::Moved)).map(|to| {
            view! { <p class="note warn">{say!(sync.moved_says, address = to.as_str().to_owned())}</p> }
        })
    };
    view! {
        <p>{live(state)}</p>
        {moved}
        {again}
        {skew}
        <dl class="facts"><dt>{say!(sync.address)}</dt><dd>{address()}</dd></dl>
        <p class="small muted">{say!(sync.safe)}</p>
        {counters(session, is_admin)}
        {is_admin.then(|| invite(session))}
        {is_owner(session).then(|| moving(session))}
    }
    .into_any()
}

fn says(sync: &SyncState) -> String {
    match sync.complete {
        Some(when) if sync.phase == SyncPhase::Complete => say!(sync.complete, when = date::moment(when)),
        _ => line(sync),
    }
}
