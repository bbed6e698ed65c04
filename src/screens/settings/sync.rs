//! Counters and sync: connects the shop with the server of this page, shows how the exchange goes, and invites counters.

use crate::components::{Button, Column, ErrorSummary, Look, Problem, Table, TextField, live, swap};
use crate::replica::NotConnected;
use crate::route::Route;
use crate::screens::{bind, context};
use crate::session::{Invited, KnownCounter, Session, SyncPhase, SyncState};
use crate::text::sync::{line, not_connected};
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
    context::may(session, EntryKind::StaffAdded, Money::ZERO)
}

/// The address of the server, which is that of the page.
fn address() -> String {
    window().location().origin().unwrap_or_default()
}

/// The form of a shop that is on this device alone.
fn alone(session: Session) -> AnyView {
    let (code, problems) = (RwSignal::new(String::new()), RwSignal::new(Vec::new()));
    let (progress, busy) = (RwSignal::new(None::<(usize, usize)>), RwSignal::new(false));
    let submit = move |ev: web_sys::SubmitEvent| {
        ev.prevent_default();
        if busy.get_untracked() {
            return;
        }
        let typed = code.get_untracked();
        if typed.trim().is_empty() {
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
            <TextField id="f-sync-code" label=say!(sync.code) hint=say!(sync.code_hint)
                value=bind::text(move || code.get(), move |typed| code.set(typed)) required=true/>
            <div><Button label=say!(sync.connect) submit=true why_not=why/></div>
        </form>
        <p class="small muted">{say!(sync.safe)}</p>
    }
    .into_any()
}

fn show(problems: RwSignal<Vec<Problem>>, outcome: Result<(), NotConnected>) {
    if let Err(why) = outcome {
        problems.try_set(vec![Problem::whole(not_connected(&why))]);
    }
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
    view! {
        <p>{live(state)}</p>
        {again}
        {skew}
        <dl class="facts"><dt>{say!(sync.address)}</dt><dd>{address()}</dd></dl>
        <p class="small muted">{say!(sync.safe)}</p>
        {counters(session)}
        {is_admin.then(|| invite(session))}
    }
    .into_any()
}

fn says(sync: &SyncState) -> String {
    match sync.complete {
        Some(when) if sync.phase == SyncPhase::Complete => say!(sync.complete, when = date::moment(when)),
        _ => line(sync),
    }
}

/// The counters that the journal knows.
fn counters(session: Session) -> AnyView {
    let known = RwSignal::new(Vec::<KnownCounter>::new());
    let complete = Memo::new(move |_| session.sync().with(|sync| (sync.complete, sync.unsent)));
    Effect::new(move |_| {
        complete.get();
        spawn_local(async move {
            if let Ok(counters) = session.counters().await {
                known.try_set(counters);
            }
        });
    });
    let row = move |counter: KnownCounter| {
        let KnownCounter { letter, name, last, here, .. } = counter;
        let name = if name == letter { String::new() } else { name };
        let waiting = move || {
            let unsent = session.sync().with(|sync| sync.unsent);
            match (here, unsent) {
                (true, 1..) => crate::text::counted!(sync.to_send, unsent),
                (true, 0) => say!(sync.none),
                (false, _) => String::new(),
            }
        };
        let sub = if here { say!(sync.this_counter) } else { date::moment(last) };
        view! {
            <tr>
                <th scope="row">{letter}" "{name}<span class="sub">{sub.clone()}</span></th>
                <td class="wide">{sub.clone()}</td>
                <td class="num">{waiting}</td>
            </tr>
        }
    };
    let columns = vec![
        Column::new(say!(sync.counter)),
        Column::new(say!(sync.last_entry)).wide(),
        Column::num(say!(sync.waiting)),
    ];
    view! {
        <Table caption=say!(sync.counters) columns=columns>
            {move || known.get().into_iter().map(row).collect_view()}
        </Table>
    }
    .into_any()
}

fn invite(session: Session) -> AnyView {
    let (invited, problems) = (RwSignal::new(None::<Invited>), RwSignal::new(Vec::new()));
    let busy = RwSignal::new(false);
    let ask = move |()| {
        busy.set(true);
        problems.set(Vec::new());
        spawn_local(async move {
            let outcome = session.invite().await;
            busy.try_set(false);
            let outcome = outcome.map(|new| drop(invited.try_set(Some(new))));
            show(problems, outcome);
        });
    };
    let why = Signal::derive(move || busy.get().then(|| say!(sync.inviting)));
    let shown = move || {
        invited.get().map(|Invited { code, until }| {
            let link = format!("{}{}#{code}", address(), crate::at::at(Route::Setup));
            view! {
                <dl class="facts" role="status">
                    <dt>{say!(sync.link)}</dt><dd>{link}</dd>
                    <dt>{say!(sync.code_to_type)}</dt><dd>{grouped(&code)}</dd>
                </dl>
                <p class="small muted">{say!(sync.until, when = date::moment(until))}</p>
            }
        })
    };
    view! {
        <h3>{say!(sync.invite_title)}</h3>
        <p class="muted">{say!(sync.invite_says)}</p>
        <ErrorSummary problems=problems/>
        {shown}
        <div><Button label=say!(sync.invite) look=Look::Plain why_not=why on_press=ask/></div>
    }
    .into_any()
}

/// The digits in groups of four, to be read aloud.
fn grouped(code: &str) -> String {
    let groups: Vec<&str> =
        code.as_bytes().chunks(4).filter_map(|group| std::str::from_utf8(group).ok()).collect();
    groups.join(" ")
}
