//! *Add Staff*.

use crate::components::{Button, Choice, Choices, ErrorSummary, Look, TextField};
use crate::forms::pin::Pin;
use crate::forms::staff::{NAME, PIN, StaffDraft};
use crate::screens::form::Form;
use crate::screens::{bind, context, draft_storage};
use crate::session::{PinChange, Session};
use crate::text::{fault::fault, names, say};
use ledger::entry::Role;
use ledger::id::Id;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The values of the options for the role.
const ADMIN: &str = "admin";
const CLERK: &str = "clerk";

/// The name of the draft in this tab.
const DRAFT: &str = "staff";

fn new_draft() -> StaffDraft {
    StaffDraft { id: Session::new_id(), name: String::new(), admin: false, pin: String::new() }
}

pub(super) fn form() -> AnyView {
    let session = context::session();
    let (draft, restored) = draft_storage::open(DRAFT, new_draft);
    let form = Form::new(session, context::currency(session), DRAFT.to_owned());
    form.follow(move || draft.with(|draft| draft.read().err().unwrap_or_default()));
    let said = RwSignal::new(None::<String>);
    let submit = move |ev: web_sys::SubmitEvent| {
        ev.prevent_default();
        said.set(None);
        let typed = draft.get_untracked();
        let read = typed.read();
        let pin = read.as_ref().ok().and_then(|(_, pin)| pin.clone());
        form.record(read.map(|(command, _)| vec![command]), move |_| {
            restored.start_afresh();
            spawn_local(key(session, typed.id, typed.name.trim().to_owned(), pin, said));
        });
    };
    let name = bind::text(
        move || draft.with(|draft| draft.name.clone()),
        move |typed| draft.update(|draft| draft.name = typed),
    );
    let pin = bind::text(
        move || draft.with(|draft| draft.pin.clone()),
        move |typed| draft.update(|draft| draft.pin = typed),
    );
    let role = bind::text(
        move || draft.with(|draft| if draft.admin { ADMIN } else { CLERK }.to_owned()),
        move |picked| draft.update(|draft| draft.admin = picked == ADMIN),
    );
    let roles = vec![
        Choice::new(CLERK, names::role(Role::Clerk)).hint(say!(people.role_clerk_hint)),
        Choice::new(ADMIN, names::role(Role::Admin)).hint(say!(people.role_admin_hint)),
    ];
    view! {
        <form class="form after-heading" novalidate on:submit=submit>
            {restored.notice(move || form.clear())}
            <ErrorSummary problems=form.problems()/>
            <TextField id=NAME.id() label=say!(people.name) value=name error=form.error(NAME) required=true/>
            <Choices id="f-role" label=say!(people.role) choices=roles value=role across=true required=true/>
            <TextField id=PIN.id() label=say!(people.pin) hint=say!(people.staff_pin_hint) value=pin
                error=form.error(PIN) kind="password" keyboard="numeric" autocomplete="new-password" short=true/>
            <div class="actions">
                <Button label=say!(people.add) look=Look::Primary submit=true/>
                <span role="status">{said}</span>
            </div>
        </form>
    }
    .into_any()
}

/// Stores the PIN once the member is recorded, then confirms.
async fn key(session: Session, member: Id, name: String, pin: Option<Pin>, said: RwSignal<Option<String>>) {
    let by = session.this_device().with_untracked(|here| here.actor.clone());
    let saved = match pin {
        Some(pin) => session.change_pin(&by, &member, "", Some(pin)).await,
        None => Ok(PinChange::Done),
    };
    let says = match saved {
        Ok(PinChange::Done) => say!(people.added, name = name),
        Ok(PinChange::NotGiven(_) | PinChange::NotPermitted) => say!(people.not_you),
        Err(why) => fault(&why),
    };
    let _ = said.try_set(Some(says));
}
