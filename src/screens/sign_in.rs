//! The PIN of somebody who comes in: at the lock, and where one takes over from another.

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

/// Asks for the PIN of `member` and lets him act; `then` hears of it while the form is still there.
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
        // When the next try may come, nothing is said of the last one any more.
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
            // Digits of a try that came too early are no part of the next one.
            typed.set(String::new());
            return focus_on(FIELD);
        }
        let pin = typed.get_untracked();
        if pin.trim().is_empty() {
            wrong.set(Some(say!(people.no_pin_typed)));
            return focus_on(FIELD);
        }
        busy.set(true);
        // What was said of the last try is not said of this one; and what is typed while this one is looked at
        // is the next one.
        wrong.set(None);
        typed.set(String::new());
        spawn_local(async move {
            let came = session.sign_in(&id, pin.trim()).await;
            // The form may be gone by now.
            if busy.try_set(false).is_some() {
                return;
            }
            let says = match came {
                Ok(SignIn::SignedIn) => return then.run(()),
                Ok(SignIn::WrongPin | SignIn::NoPin) => say!(people.wrong),
                Ok(SignIn::Wait) => say!(people.wrong_wait),
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
            // The seconds are not read out one by one.
            <p class="heard" role="alert">{wrong}</p>
            <div class="actions">
                <Button label=label look=Look::Primary submit=true/>
                {beside}
            </div>
        </form>
    }
    .into_any()
}

/// Keeps the seconds until the next try, as long as it is about the same member.
async fn count_down(session: Session, member: Signal<Option<Id>>, id: Id, left: RwSignal<u64>) {
    while member.try_get_untracked().flatten().as_ref() == Some(&id) {
        let wait = session.pin_wait(&id);
        if left.try_set(wait.div_ceil(1_000)).is_some() || wait == 0 {
            return;
        }
        TimeoutFuture::new(u32::try_from(wait).unwrap_or(u32::MAX).min(1_000)).await;
    }
}
