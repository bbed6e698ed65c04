//! The counters of the shop: when each was last seen, what waits for it, and taking one out of the shop.

use super::server::not_written;
use crate::components::{
    Button, Column, Dialog, ErrorSummary, Look, MenuItem, Problem, RowMenu, Table, swap,
};
use crate::session::{KnownCounter, Session, with_devices};
use crate::text::{counted, date, say};
use ledger::id::Id;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// In milliseconds. Times are shown to the minute.
const MINUTE: u64 = 60_000;

/// The list, and the dialog of the counter that is to be taken out.
#[derive(Clone, Copy)]
struct List {
    session: Session,
    known: RwSignal<Vec<KnownCounter>>,
    /// Whether the signed-in user may take others out.
    manages: bool,
    /// The counter that the dialog asks about.
    asked: RwSignal<Option<KnownCounter>>,
    open: RwSignal<bool>,
    busy: RwSignal<bool>,
    problems: RwSignal<Vec<Problem>>,
}

/// The counters that the journal knows, with what the server says about them.
pub(super) fn counters(session: Session, is_admin: bool) -> AnyView {
    let list = List {
        session,
        known: RwSignal::new(Vec::new()),
        manages: is_admin,
        asked: RwSignal::new(None),
        open: RwSignal::new(false),
        busy: RwSignal::new(false),
        problems: RwSignal::new(Vec::new()),
    };
    let complete = Memo::new(move |_| session.sync().with(|sync| (sync.complete, sync.unsent)));
    Effect::new(move |_| {
        complete.get();
        spawn_local(async move { list.read().await });
    });
    let columns = vec![
        Column::new(say!(sync.counter)),
        Column::new(say!(sync.last_seen)).wide(),
        Column::num(say!(sync.waiting)),
        Column::new(say!(sync.more)).heard(),
    ];
    view! {
        <Table caption=say!(sync.counters) columns=columns>
            <For each=move || list.devices() key=String::clone children=move |device| list.row(device)/>
        </Table>
        <p class="small muted">{say!(sync.older_balances)}</p>
        <Dialog open=list.open title=say!(sync.revoke_title)>{move || list.question()}</Dialog>
    }
    .into_any()
}

impl List {
    /// What the journal knows is shown at once, and what the server says when it answers.
    async fn read(self) {
        let Ok(counters) = self.session.counters().await else { return };
        if self.known.with_untracked(Vec::is_empty) {
            self.known.try_set(counters.clone());
        }
        if let Ok(devices) = self.session.devices().await {
            self.show(with_devices(counters, devices.devices));
        } else {
            self.show(counters);
        }
    }

    fn devices(self) -> Vec<String> {
        self.known.with(|known| known.iter().map(|counter| counter.device.clone()).collect())
    }

    /// Shows them if one differs in what is shown: of other counters the minute in which they were last seen.
    fn show(self, mut counters: Vec<KnownCounter>) {
        for counter in &mut counters {
            let here = counter.here;
            for told in counter.told.iter_mut() {
                told.seen = if here { 0 } else { told.seen - told.seen % MINUTE };
            }
        }
        if self.known.try_with_untracked(|known| *known != counters) == Some(true) {
            self.known.try_set(counters);
        }
    }

    /// A row keeps its elements while what it says changes: a menu that is open stays open.
    fn row(self, device: String) -> AnyView {
        let here =
            self.known.with_untracked(|known| known.iter().any(|each| each.device == device && each.here));
        let counter = Memo::new(move |before: Option<&Option<KnownCounter>>| {
            let found = self.known.with(|known| known.iter().find(|each| each.device == device).cloned());
            // A row that is about to go keeps what it says.
            found.or_else(|| before.cloned().flatten())
        });
        let called = Memo::new(move |_| counter.with(|of| of.as_ref().map(called).unwrap_or_default()));
        let sub = Memo::new(move |_| counter.with(|of| of.as_ref().map(seen).unwrap_or_default()));
        let may = Memo::new(move |_| {
            let is_in =
                |of: &KnownCounter| !of.revoked && of.told.as_ref().is_none_or(|told| told.revoked.is_none());
            !here && self.manages && counter.with(|of| of.as_ref().is_some_and(is_in))
        });
        let menu = move || {
            let ask = move || self.ask(counter.get_untracked());
            let items = if may.get() { vec![MenuItem::press(say!(sync.revoke), ask)] } else { Vec::new() };
            view! { <RowMenu label=say!(parts.actions_for, name = called.get()) items=items/> }
        };
        let waiting = move || self.waiting(here, counter);
        view! {
            <tr>
                <th scope="row">{called}<span class="sub">{sub}</span></th>
                <td class="wide">{sub}</td>
                <td class="num">{waiting}</td>
                <td>{menu}</td>
            </tr>
        }
        .into_any()
    }

    /// How many entries wait to be sent from here, or to be fetched by another counter.
    fn waiting(self, here: bool, counter: Memo<Option<KnownCounter>>) -> String {
        if here {
            return match self.session.sync().with(|sync| sync.unsent) {
                0 => say!(sync.none),
                unsent => counted!(sync.to_send, unsent),
            };
        }
        let told = counter.with(|of| of.as_ref().and_then(|of| of.told.clone()));
        match told.filter(|told| told.revoked.is_none()).and_then(|told| told.waiting) {
            Some(0) => say!(sync.none),
            Some(count) => counted!(sync.to_fetch, count),
            None => String::new(),
        }
    }

    fn ask(self, counter: Option<KnownCounter>) {
        self.problems.set(Vec::new());
        self.asked.set(counter);
        self.open.set(true);
    }

    fn question(self) -> AnyView {
        let Some(counter) = self.asked.get_untracked() else { return ().into_any() };
        let name = called(&counter);
        let revoke = move |()| {
            if self.busy.get_untracked() {
                return;
            }
            self.busy.set(true);
            let Ok(device) = Id::new(&counter.device) else { return };
            spawn_local(async move {
                let outcome = self.session.revoke(device).await;
                self.busy.try_set(false);
                if outcome.is_ok() {
                    self.open.try_set(false);
                    self.read().await;
                }
                not_written(self.session, self.problems, outcome);
            });
        };
        let why = Signal::derive(move || self.busy.get().then(|| say!(sync.recording)));
        view! {
            <p>{say!(sync.revoke_says, name = name)}</p>
            {swap(self.problems, move |_| view! { <ErrorSummary problems=self.problems/> }.into_any())}
            <div class="actions">
                <Button label=say!(sync.revoke) look=Look::Primary why_not=why on_press=revoke/>
                <Button label=say!(sync.cancel) on_press=move |()| self.open.set(false)/>
            </div>
        }
        .into_any()
    }
}

/// The counter's letter and name.
fn called(counter: &KnownCounter) -> String {
    let name = if counter.name == counter.letter { "" } else { counter.name.as_str() };
    format!("{} {name}", counter.letter).trim().to_owned()
}

/// When a counter was last seen, or that it was taken out of the shop.
fn seen(counter: &KnownCounter) -> String {
    match &counter.told {
        _ if counter.here => say!(sync.this_counter),
        Some(told) => match told.revoked {
            Some(when) => say!(sync.taken_out, when = date::moment(when)),
            None if counter.revoked => say!(sync.to_be_taken_out),
            None => date::moment(told.seen),
        },
        None if counter.revoked => say!(sync.to_be_taken_out),
        None => date::moment(counter.last),
    }
}
