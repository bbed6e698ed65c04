//! The PIN form, on the lock screen and for switching users.

use crate::components::{Button, Look, Press, TextField, focus_on};
use crate::screens::context;
use crate::session::{Session, SignIn};
use crate::text::{counted, fault::fault, say};
use gloo_timers::future::TimeoutFuture;
use ledger::id::Id;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The id of the field.
const FIELD: &str = "f-sign-in";

/// Asks for the PIN of `member` and signs them in; `then` is called if the form still exists.
pub fn form(member: Signal<Option<Id>>, label: String, then: Press, beside: AnyView) -> AnyView {
    let session = context::session();
    let (typed, wrong) = (RwSignal::new(String::new()), RwSignal::new(None::<String>));
    let (busy, left) = (RwSignal::new(false), RwSignal::new(0));
    Effect::new(move |_| {
        member.track();
        typed.set(String::new());
        wrong.set(None);
        focus_on(FIELD);
    });
    Effect::new(move |_| {
        session.people().track();
        member.get().into_iter().for_each(|id| spawn_local(count_down(session, member, id, left)));
    });
    Effect::new(move |waited: Option<bool>| {
        let waits = left.get() > 0;
        // When the waiting time ends, the error of the last attempt is cleared.
        if waited == Some(true) && !waits {
            wrong.set(None);
        }
        waits
    });
    let submit = move |ev: web_sys::SubmitEvent| {
        ev.prevent_default();
        let Some(id) = member.get_untracked() else { return };
        if busy.get_untracked() {
            return;
        }
        if left.get_untracked() > 0 {
            // Digits typed during the waiting time are dropped, so that they are not part of the next attempt.
            typed.set(String::new());
            return focus_on(FIELD);
        }
        let pin = typed.get_untracked();
        if pin.trim().is_empty() {
            wrong.set(Some(say!(people.no_pin_typed)));
            return focus_on(FIELD);
        }
        busy.set(true);
        // Clears the error of the last attempt, and the field: digits typed during the check belong to the next
        // attempt.
        wrong.set(None);
        typed.set(String::new());
        spawn_local(async move {
            let came = session.sign_in(&id, pin.trim()).await;
            // The form may no longer exist.
            if busy.try_set(false).is_some() {
                return;
            }
            let says = match came {
                Ok(SignIn::SignedIn) => return then.run(()),
                Ok(SignIn::WrongPin) if session.pin_wait(&id) > 0 => say!(people.wrong_wait),
                Ok(SignIn::WrongPin | SignIn::NoPin) => say!(people.wrong),
                // This PIN was not compared.
                Ok(SignIn::Wait) => counted!(people.wait, session.pin_wait(&id).div_ceil(1_000)),
                Err(why) => fault(&why),
            };
            wrong.set(Some(says));
            focus_on(FIELD);
        });
    };
    let error = Signal::derive(move || match left.get() {
        0 => wrong.get(),
        left => Some(counted!(people.wait, left)),
    });
    view! {
        <form class="pin-form" novalidate on:submit=submit>
            <TextField id=FIELD label=say!(people.pin) value=typed error=error required=true
                kind="password" keyboard="numeric" autocomplete="current-password"/>
            // Screen readers do not announce every second.
            <p class="heard" role="alert">{wrong}</p>
            <div class="actions">
                <Button label=label look=Look::Primary submit=true/>
                {beside}
            </div>
        </form>
    }
    .into_any()
}

/// Updates the seconds until the next attempt, as long as the same member is selected.
async fn count_down(session: Session, member: Signal<Option<Id>>, id: Id, left: RwSignal<u64>) {
    while member.try_get_untracked().flatten().as_ref() == Some(&id) {
        let wait = session.pin_wait(&id);
        if left.try_set(wait.div_ceil(1_000)).is_some() || wait == 0 {
            return;
        }
        TimeoutFuture::new(u32::try_from(wait).unwrap_or(u32::MAX).min(1_000)).await;
    }
}
