//! Where the shop is: the owner moves it to another server, or to none.

use super::server::not_written;
use crate::components::{Button, Dialog, ErrorSummary, Look, Problem, TextField};
use crate::screens::bind;
use crate::session::Session;
use crate::text::say;
use ledger::entry::Address;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The id of the field.
const FIELD: &str = "f-move-address";

/// The part of the settings, and its dialog.
pub(super) fn moving(session: Session) -> AnyView {
    let (typed, problems) = (RwSignal::new(String::new()), RwSignal::new(Vec::new()));
    // What the dialog asks about: an address, or none.
    let (asked, open) = (RwSignal::new(None::<Address>), RwSignal::new(false));
    let busy = RwSignal::new(false);
    let ask = move |address: Option<Address>| {
        problems.set(Vec::new());
        asked.set(address);
        open.set(true);
    };
    let to_address = move |()| {
        let text = typed.get_untracked().trim().trim_end_matches('/').to_lowercase();
        match Address::new(text) {
            Some(address) => ask(Some(address)),
            None => problems.set(vec![Problem::at(FIELD.to_owned(), say!(sync.missing_address))]),
        }
    };
    let record = move |()| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            let outcome = session.move_shop(asked.get_untracked()).await;
            busy.try_set(false);
            open.try_set(false);
            not_written(session, problems, outcome);
        });
    };
    let title = move || match asked.get() {
        Some(_) => say!(sync.move_ask),
        None => say!(sync.leave_ask),
    };
    let question = move || {
        let (says, label) = match asked.get() {
            Some(address) => {
                let address = address.as_str().to_owned();
                (say!(sync.move_ask_says, address = address), say!(sync.move_to))
            }
            None => (say!(sync.leave_ask_says), say!(sync.move_none)),
        };
        let why = Signal::derive(move || busy.get().then(|| say!(sync.recording)));
        view! {
            <p>{says}</p>
            <div class="actions">
                <Button label=label look=Look::Primary why_not=why on_press=record/>
                <Button label=say!(sync.cancel) on_press=move |()| open.set(false)/>
            </div>
        }
    };
    view! {
        <h3>{say!(sync.move_title)}</h3>
        <p class="muted">{say!(sync.move_says)}</p>
        <ErrorSummary problems=problems/>
        <TextField id=FIELD label=say!(sync.move_address) hint=say!(sync.move_hint)
            value=bind::text(move || typed.get(), move |text| typed.set(text))/>
        <div class="actions">
            <Button label=say!(sync.move_to) look=Look::Plain on_press=to_address/>
            <Button label=say!(sync.move_none) look=Look::Plain on_press=move |()| ask(None)/>
        </div>
        <Dialog open=open title=Signal::derive(title)>{question}</Dialog>
    }
    .into_any()
}
