//! *Add Staff*.

use crate::components::{Button, Choice, Choices, ErrorSummary, Look, TextField};
use crate::forms::staff::{NAME, PIN, StaffDraft};
use crate::screens::context;
use crate::screens::form::Form;
use crate::session::Session;
use crate::text::{fault::fault, names, say};
use ledger::entry::Role;
use ledger::id::Id;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The value of the *admin* option in the form.
const ADMIN: &str = "admin";
const CLERK: &str = "clerk";

/// The texts of the form, and its id; the id is replaced once the member is recorded.
#[derive(Clone, Copy)]
struct Texts {
    id: StoredValue<Id>,
    name: RwSignal<String>,
    role: RwSignal<String>,
    pin: RwSignal<String>,
}

impl Texts {
    fn new() -> Self {
        let empty = || RwSignal::new(String::new());
        let id = StoredValue::new(Session::new_id());
        Self { id, name: empty(), role: RwSignal::new(CLERK.to_owned()), pin: empty() }
    }

    fn draft(self) -> StaffDraft {
        StaffDraft {
            id: self.id.get_value(),
            name: self.name.get(),
            admin: self.role.get() == ADMIN,
            pin: self.pin.get(),
        }
    }

    fn clear(self) {
        self.id.set_value(Session::new_id());
        self.name.set(String::new());
        self.role.set(CLERK.to_owned());
        self.pin.set(String::new());
    }
}

pub(super) fn form() -> AnyView {
    let session = context::session();
    let (texts, form) = (Texts::new(), Form::new(session, context::currency(session), "staff".to_owned()));
    form.follow(move || texts.draft().read().err().unwrap_or_default());
    let said = RwSignal::new(None::<String>);
    let submit = move |ev: web_sys::SubmitEvent| {
        ev.prevent_default();
        said.set(None);
        let draft = untrack(|| texts.draft());
        let read = draft.read();
        let pin = read.as_ref().ok().and_then(|(_, pin)| pin.clone());
        form.record(read.map(|(command, _)| vec![command]), move |_| {
            texts.clear();
            let name = draft.name.trim().to_owned();
            spawn_local(key(session, draft.id, name, pin, said));
        });
    };
    let roles = vec![
        Choice::new(CLERK, names::role(Role::Clerk)).hint(say!(people.role_clerk_hint)),
        Choice::new(ADMIN, names::role(Role::Admin)).hint(say!(people.role_admin_hint)),
    ];
    view! {
        <form class="form after-heading" novalidate on:submit=submit>
            <ErrorSummary problems=form.problems()/>
            <TextField id=NAME.id() label=say!(people.name) value=texts.name error=form.error(NAME) required=true/>
            <Choices id="f-role" label=say!(people.role) choices=roles value=texts.role across=true required=true/>
            <TextField id=PIN.id() label=say!(people.pin) hint=say!(people.staff_pin_hint) value=texts.pin
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
async fn key(
    session: Session,
    member: Id,
    name: String,
    pin: Option<String>,
    said: RwSignal<Option<String>>,
) {
    let saved = match pin {
        Some(pin) => session.set_pin(&member, &pin).await,
        None => Ok(()),
    };
    let _ = said.try_set(Some(saved.map_or_else(|why| fault(&why), |()| say!(people.added, name = name))));
}
