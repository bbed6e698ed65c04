//! *Import*: a CSV file of another program is read, shown as it would be recorded, and recorded once the user confirms.

mod columns;
mod outcome;
mod progress;
mod reading;
mod state;

use crate::at::at;
use crate::components::{
    Choice, Choices, Crumb, Crumbs, ErrorSummary, FileButton, Heading, LinkButton, Look, Problem, effect,
    live, swap,
};
use crate::device::file;
use crate::import::{Kind, LARGEST_FILE};
use crate::route::Route;
use crate::screens::context;
use crate::text::{fault::fault, import as words, say};
use ledger::entry::EntryKind;
use ledger::money::Money;
use leptos::prelude::*;
use leptos::task::spawn_local;
use state::{ImportState, Loaded};
use std::sync::Arc;
use web_sys::File;

/// The file types that the dialog offers first.
const TYPES: &str = ".csv,.txt,.tsv,text/csv,text/plain";

/// The screen at `/settings/import`.
#[component]
pub fn Import() -> AnyView {
    let state = ImportState::new(context::session());
    state.follow();
    let is_read = Memo::new(move |_| state.sheet.with(|sheet| matches!(sheet, Some(Ok(_)))));
    // Another encoding may make no text of the file.
    effect(move || {
        state.encoding.track();
        untrack(|| tell_unreadable(state));
    });
    view! {
        <Crumbs crumbs=vec![Crumb::new(at(Route::Settings), say!(shell.settings))]/>
        <Heading text=say!(import.title)/>
        <div class="stack import after-heading">
            <p class="muted">{say!(import.says)}</p>
            <ErrorSummary problems=state.problems/>
            {kind(state)}
            {swap(is_read, move |is_read| if is_read { parts(state) } else { choose(state) })}
        </div>
    }
    .into_any()
}

fn kind(state: ImportState) -> AnyView {
    let may = Memo::new(move |_| context::may(state.session, EntryKind::ItemSet, Money::ZERO));
    let choice = |kind: Kind, may: bool| {
        let (label, hint) = words::kind(kind);
        let why = (kind == Kind::Items && !may).then(|| say!(people.admins_only));
        Choice::new(kind.word(), label).hint(hint).why_not(why)
    };
    let choices = Signal::derive(move || {
        let may = may.get();
        Kind::ALL.into_iter().map(|kind| choice(kind, may)).collect::<Vec<Choice>>()
    });
    view! {
        <Choices id="f-kind" label=say!(import.kind) choices=choices value=state.kind across=true required=true/>
    }
    .into_any()
}

fn choose(state: ImportState) -> AnyView {
    let label = move || {
        let is_loaded = state.file.with(Option::is_some);
        if is_loaded { say!(import.other_file) } else { say!(import.choose) }
    };
    let busy = Signal::derive(move || state.busy.get());
    let reading = move || state.busy.get().then(|| say!(import.reading));
    view! {
        <div class="row">
            <FileButton label=Signal::derive(label) look=Look::Primary accept=TYPES busy=busy on_choose=move |file| take(state, file)/>
            <span role="status" class="muted">{live(reading)}</span>
        </div>
    }
    .into_any()
}

/// Reads the file; what it holds follows from that.
fn take(state: ImportState, chosen: File) {
    state.problems.set(Vec::new());
    // A size is a whole number of bytes.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    if chosen.size() as u64 > LARGEST_FILE {
        let says = say!(import.too_big, most = LARGEST_FILE / 1024 / 1024);
        return state.problems.set(vec![Problem::whole(says)]);
    }
    state.busy.set(true);
    spawn_local(async move {
        let read = file::bytes(&chosen).await;
        state.busy.try_set(false);
        match read {
            Ok(bytes) => {
                state.load(Loaded { name: chosen.name(), bytes: Arc::new(bytes) });
                tell_unreadable(state);
            }
            Err(why) => {
                state.problems.try_set(vec![Problem::whole(fault(&why))]);
            }
        }
    });
}

/// Says why the file is no text, if it is none.
fn tell_unreadable(state: ImportState) {
    let why =
        state.sheet.try_with_untracked(|sheet| sheet.as_ref().and_then(|read| read.as_ref().err().copied()));
    if let Some(why) = why.flatten() {
        state.problems.try_set(vec![Problem::whole(words::not_text(why))]);
    }
}

/// How the file is read, what that gives, and the button that records it.
fn parts(state: ImportState) -> AnyView {
    let is_recording = Memo::new(move |_| state.run.with(|run| run.is_some()));
    view! {
        {swap(is_recording, move |is_recording| match is_recording {
            true => progress::progress(state),
            false => view! {
                <div class="stack">
                    {reading::reading(state)}
                    {columns::columns(state)}
                    {outcome::outcome(state)}
                    <div class="actions apart">{outcome::start(state)}{choose(state)}</div>
                </div>
            }
            .into_any(),
        })}
    }
    .into_any()
}

/// The offer in an empty shop, and under Settings.
pub fn offer(label: String) -> AnyView {
    view! { <LinkButton href=at(Route::Import) label=label/> }.into_any()
}
