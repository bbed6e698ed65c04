//! The recovery code: shown once, to be printed or written down, and typed on the lock screen.

use crate::components::{Button, Dialog, Look, Press, TextField, focus_on, swap};
use crate::device::recovery_code::RecoveryCode;
use crate::device::right::{DeviceRight, is_admin};
use crate::screens::context;
use crate::session::{NewCode, PinCheck, Session};
use crate::text::{counted, fault::fault, say};
use ledger::id::Id;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The id of the field for the code.
const CODE: &str = "f-recovery-code";
/// The id of the field for the present PIN.
const PIN: &str = "f-recovery-pin";

/// The code, what it is for, and a button that prints the page.
pub fn shown(code: &RecoveryCode) -> AnyView {
    view! {
        <div class="note recovery-code">
            <p><b>{say!(recovery.title)}</b></p>
            <p class="small">{say!(recovery.says)}</p>
            <p class="code">{code.on_paper()}</p>
            <p class="small">{say!(recovery.once)}</p>
            <div class="actions"><Button label=say!(recovery.print) on_press=|()| drop(window().print())/></div>
        </div>
    }
    .into_any()
}

/// Under Settings: whether there is a code, and a new one.
pub fn settings() -> AnyView {
    let session = context::session();
    let (open, made) = (RwSignal::new(false), RwSignal::new(None::<RecoveryCode>));
    let by = RwSignal::new(None::<Id>);
    let admin = Memo::new(move |_| context::has_right(session, &DeviceRight::Recovery));
    // Neither the dialog nor the code is for a person who takes over meanwhile.
    Effect::new(move |_| {
        let actor = session.this_device().with(|here| here.actor.clone());
        if by.get_untracked().is_some_and(|by| by != actor) {
            open.set(false);
            made.set(None);
        }
    });
    let has_code = Memo::new(move |_| session.people().with(|people| people.recovery.is_some()));
    let words = move || if has_code.get() { say!(recovery.there) } else { say!(recovery.none) };
    let class = move || if has_code.get() { "muted" } else { "note warn" };
    let why = Signal::derive(move || (!admin.get()).then(|| say!(people.admins_only)));
    let ask = move |()| {
        by.set(Some(session.this_device().with_untracked(|here| here.actor.clone())));
        made.set(None);
        open.set(true);
    };
    view! {
        <p>{say!(recovery.says)}</p>
        <p class=class>{words}</p>
        {swap(made, |made| made.as_ref().map(shown).into_any())}
        <div><Button label=say!(recovery.new) why_not=why on_press=ask/></div>
        <Dialog open=open title=say!(recovery.new)>{new_code(session, open, by, made)}</Dialog>
    }
    .into_any()
}

/// Asks for the present PIN, and makes a new code.
fn new_code(
    session: Session,
    open: RwSignal<bool>,
    by: RwSignal<Option<Id>>,
    made: RwSignal<Option<RecoveryCode>>,
) -> AnyView {
    let (pin, says, busy) = (RwSignal::new(String::new()), RwSignal::new(None), RwSignal::new(false));
    let Some(actor) = by.get_untracked() else { return ().into_any() };
    let has_pin = session.people().with_untracked(|people| people.has_pin(&actor));
    let submit = move |ev: web_sys::SubmitEvent| {
        ev.prevent_default();
        let Some(by) = by.get_untracked().filter(|_| !busy.get_untracked()) else { return };
        busy.set(true);
        let typed = pin.get_untracked();
        pin.set(String::new());
        spawn_local(async move {
            let outcome = session.new_recovery_code(&by, typed.trim()).await;
            if busy.try_set(false).is_some() {
                return;
            }
            match outcome {
                Ok(NewCode::Made(code)) => {
                    made.set(Some(code));
                    open.set(false);
                }
                Ok(NewCode::NotGiven(PinCheck::Wait)) => {
                    says.set(Some(counted!(people.wait, session.pin_wait(&by).div_ceil(1_000))));
                }
                Ok(NewCode::NotGiven(PinCheck::Wrong | PinCheck::Right)) => {
                    says.set(Some(say!(people.wrong)))
                }
                Ok(NewCode::NotPermitted) => says.set(Some(say!(people.not_you))),
                Err(why) => says.set(Some(fault(&why))),
            }
        });
    };
    let field = has_pin.then(|| {
        focus_on(PIN);
        view! {
            <TextField id=PIN label=say!(backup.your_pin) value=pin error=says required=true short=true
                kind="password" keyboard="numeric" autocomplete="current-password"/>
        }
    });
    view! {
        <form class="stack" novalidate on:submit=submit>
            <p>{say!(recovery.replaces)}</p>
            {field}
            <p class="heard" role="alert">{says}</p>
            <div class="actions">
                <Button label=say!(recovery.make) look=Look::Primary submit=true/>
                <Button label=say!(people.cancel) on_press=move |()| open.set(false)/>
            </div>
        </form>
    }
    .into_any()
}

/// The field for the code on the lock screen and where an admin signs in, if this device has a code and the member is an
/// admin; `then` is called after they came in.
pub fn sign_in(member: Signal<Option<Id>>, then: Press) -> AnyView {
    let session = context::session();
    let can = Memo::new(move |_| {
        let has_code = session.people().with(|people| people.recovery.is_some());
        let admin =
            |id: &Id| session.shop().with(|shop| shop.as_ref().is_some_and(|shop| is_admin(shop, id)));
        has_code && member.with(|member| member.as_ref().is_some_and(admin))
    });
    swap(can, move |can| if can { code_form(session, member, then) } else { ().into_any() })
}

fn code_form(session: Session, member: Signal<Option<Id>>, then: Press) -> AnyView {
    let (typed, wrong, busy) = (RwSignal::new(String::new()), RwSignal::new(None), RwSignal::new(false));
    let submit = move |ev: web_sys::SubmitEvent| {
        ev.prevent_default();
        let Some(id) = member.get_untracked().filter(|_| !busy.get_untracked()) else { return };
        busy.set(true);
        wrong.set(None);
        spawn_local(async move {
            let came = session.sign_in_with_code(&id, &typed.get_untracked()).await;
            if busy.try_set(false).is_some() {
                return;
            }
            match came {
                Ok(true) => then.run(()),
                Ok(false) => wrong.set(Some(say!(recovery.wrong))),
                Err(why) => wrong.set(Some(fault(&why))),
            }
        });
    };
    view! {
        <details class="small">
            <summary>{say!(recovery.have)}</summary>
            <form class="pin-form" novalidate on:submit=submit>
                <TextField id=CODE label=say!(recovery.title) hint=say!(recovery.hint) value=typed error=wrong
                    required=true/>
                <p class="heard" role="alert">{wrong}</p>
                <div class="actions"><Button label=say!(recovery.unlock) submit=true/></div>
            </form>
        </details>
    }
    .into_any()
}
