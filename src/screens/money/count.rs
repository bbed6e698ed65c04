//! *Count the drawer*: what was counted, what should be there, and the difference.

use crate::components;
use crate::components::{AmountField, Button, ErrorSummary, Look, TextArea};
use crate::engine::Recorded;
use crate::forms::money::{COUNT_NOTE, COUNTED, CountDraft};
use crate::screens::confirmation::confirmation;
use crate::screens::form::Form;
use crate::screens::{bind, change_rows, context, draft_storage};
use crate::session::Session;
use crate::text::{money, say};
use ledger::code::BookAccount;
use ledger::entry::Body;
use ledger::money::{Currency, Money};
use leptos::prelude::*;

/// The name of the draft in this tab.
const DRAFT: &str = "count";

/// The form; it stays, with what was counted last.
pub fn form() -> AnyView {
    let session = context::session();
    let currency = context::currency(session);
    let (draft, restored) = draft_storage::open(DRAFT, || CountDraft::new(Session::new_id()));
    let form = Form::new(session, currency.clone(), DRAFT.to_owned());
    let (written, shown, typed) = (currency.clone(), currency.clone(), currency.clone());
    form.follow(move || draft.with(|draft| draft.command(&written).err().unwrap_or_default()));
    let said = RwSignal::new(None::<String>);
    let submit = move |ev: web_sys::SubmitEvent| {
        ev.prevent_default();
        said.set(None);
        let (read, currency) = (draft.with_untracked(|draft| draft.command(&typed)), typed.clone());
        form.record(read.map(|command| vec![command]), move |recorded| {
            restored.start_afresh();
            said.set(recorded.first().and_then(|recorded| outcome(recorded, &currency)));
        });
    };
    let drawer = Signal::derive(move || {
        let letter = session.this_device().with(|here| here.drawer.clone());
        say!(money.count_says, letter = letter)
    });
    let blind = move || {
        let drawer = session.this_device().with(|here| BookAccount::drawer(&here.drawer));
        let is_hidden = change_rows::is_hidden(session, &drawer);
        is_hidden.then(|| view! { <p class="muted">{say!(money.count_blind)}</p> })
    };
    let counted = bind::text(
        move || draft.with(|draft| draft.counted.clone()),
        move |typed| draft.update(|draft| draft.counted = typed),
    );
    let note = bind::text(
        move || draft.with(|draft| draft.note.clone()),
        move |typed| draft.update(|draft| draft.note = typed),
    );
    view! {
        <form class="form after-heading" novalidate on:submit=submit>
            {restored.notice(move || form.clear())}
            <p class="muted">{drawer}</p>
            {blind}
            <ErrorSummary problems=form.problems()/>
            <AmountField id=COUNTED.id() label=say!(money.counted) currency=money::sign(&currency) value=counted
                error=form.error(COUNTED) required=true/>
            <TextArea id=COUNT_NOTE.id() label=say!(money.note) hint=say!(money.note_hint) value=note
                error=form.error(COUNT_NOTE)/>
            {confirmation(form, COUNT_NOTE, draft, |draft| &draft.note, say!(problems.not_a_card))}
            {change_rows::of_shop(session, move || draft.with(|draft| draft.command(&shown).ok()))}
            <div class="actions">
                <Button label=say!(money.record_count) look=Look::Primary submit=true/>
            </div>
            {components::said(said)}
        </form>
    }
    .into_any()
}

/// What was counted and what that means, from the entry that was recorded.
fn outcome(recorded: &Recorded, currency: &Currency) -> Option<String> {
    let Body::DrawerCounted(counted) = &recorded.entry.body else { return None };
    let m = |amount| money::money(amount, currency);
    let over = counted.counted - counted.expected;
    Some(match over {
        Money::ZERO => say!(money.agrees, counted = m(counted.counted)),
        over if over.is_positive() => say!(money.over, counted = m(counted.counted), by = m(over)),
        over => say!(money.short, counted = m(counted.counted), by = m(-over)),
    })
}
