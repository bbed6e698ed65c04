//! The lock: covers the page, makes its data unreadable, and preserves its state.

use crate::components::{Button, Choice, Choices, Press, swap, veil};
use crate::device::people::is_member;
use crate::device::right::is_admin;
use crate::screens::brand::mark;
use crate::screens::{context, recovery_code, sign_in};
use crate::session::Session;
use crate::text::{counted, names, say};
use gloo_timers::future::TimeoutFuture;
use ledger::id::Id;
use ledger::shop::{Member, Shop};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::{ev, html};
use std::sync::Arc;

/// The heading's id.
const TITLE: &str = "lock-title";
/// Milliseconds between two updates of the hours left.
const OFTEN: u32 = 5_000;

/// The lock is outside the router, so that no address bypasses it.
#[component]
pub fn Lock(
    /// The [`form`], which is in another part of the program.
    form: UnsyncCallback<(), AnyView>,
) -> AnyView {
    let session = context::session();
    let locked = session.locked();
    let node = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        if let Some(dialog) = node.get() {
            cover(&dialog, locked.get());
        }
    });
    // If anything closes the dialog while the app is locked, it is reopened before the next frame.
    let closed = move |_| {
        if let Some(dialog) = node.get_untracked() {
            cover(&dialog, locked.get_untracked());
        }
    };
    view! {
        <dialog class="lock" node_ref=node aria-labelledby=TITLE
            on:cancel=|ev: ev::Event| ev.prevent_default() on:close=closed>
            {swap(locked, move |locked| locked.then(|| lock_panel(session, form)).into_any())}
        </dialog>
    }
    .into_any()
}

/// Under `data-locked`, the style sheet hides everything except the lock; the modal dialog makes the rest inert.
fn cover(dialog: &web_sys::HtmlDialogElement, locked: bool) {
    let Some(page) = document().document_element() else { return };
    // Browsers that support `closedby` then ignore Escape and the back gesture.
    let _ = dialog.set_attribute("closedby", "none");
    if locked {
        let _ = page.set_attribute("data-locked", "");
        veil(Some(say!(shell.title, screen = say!(people.locked), app = say!(shell.app))));
        if !dialog.open() {
            let _ = dialog.show_modal();
        }
    } else {
        let _ = page.remove_attribute("data-locked");
        veil(None);
        if dialog.open() {
            dialog.close();
        }
    }
}

fn lock_panel(session: Session, form: UnsyncCallback<(), AnyView>) -> AnyView {
    let shop = session.shop().with_untracked(|shop| shop.as_ref().map(|shop| shop.name.clone()));
    view! {
        <div class="lock-panel">
            <div class="brand">{mark()}<span>{shop}</span></div>
            <h1 id=TITLE>{say!(people.locked)}</h1>
            <p class="muted">{say!(people.locked_says)}</p>
            {form.run(())}
        </div>
    }
    .into_any()
}

/// Asks for a PIN, or for what there is instead of one.
pub fn form() -> AnyView {
    let session = context::session();
    let with_pin = with_pin(session);
    let actor = session.this_device().with_untracked(|here| here.actor.clone());
    let first = with_pin.iter().find(|member| member.id == actor).or(with_pin.first());
    let who = RwSignal::new(first.map(|member| member.id.to_string()).unwrap_or_default());
    let member = Signal::derive(move || Id::new(&who.get()).ok());
    view! {
        {member_choice(with_pin, who)}
        {sign_in::form(member, say!(people.unlock), Press::new(|()| ()), ().into_any())}
        {recovery_code::sign_in(member, Press::new(|()| ()))}
        {forgotten_pin(session, member)}
    }
    .into_any()
}

/// The staff members who have a PIN on this device.
fn with_pin(session: Session) -> Vec<Member> {
    let here = |shop: &Shop| shop.staff.values().filter(|one| is_member(shop, &one.id)).cloned().collect();
    let staff = |shop: &Arc<Shop>| -> Vec<Member> { here(shop) };
    let mut staff = session.shop().with_untracked(|shop| shop.as_ref().map(staff).unwrap_or_default());
    session.people().with_untracked(|people| staff.retain(|member| people.has_pin(&member.id)));
    staff
}

fn member_choice(with_pin: Vec<Member>, who: RwSignal<String>) -> AnyView {
    if let [only] = with_pin.as_slice() {
        let words = say!(shell.who, name = only.name.clone(), role = names::role(only.role));
        return view! { <p class="lead">{words}</p> }.into_any();
    }
    let choice = |member: &Member| {
        Choice::new(member.id.to_string(), member.name.clone()).hint(names::role(member.role))
    };
    let choices: Vec<_> = with_pin.iter().map(choice).collect();
    view! {
        <Choices id="f-lock-who" label=say!(people.who_signs_in) choices=choices value=who across=true required=true/>
    }
    .into_any()
}

/// After a delay, a forgotten PIN can be bypassed: no user is locked out of their own ledger for good.
fn forgotten_pin(session: Session, member: Signal<Option<Id>>) -> AnyView {
    let tick = RwSignal::new(());
    spawn_local(async move {
        loop {
            TimeoutFuture::new(OFTEN).await;
            if tick.try_set(()).is_some() {
                return;
            }
        }
    });
    let sign_in = move |()| member.get_untracked().iter().for_each(|id| session.sign_in_without_pin(id));
    let admin = move || {
        let is = |id: &Id| session.shop().with(|shop| shop.as_ref().is_some_and(|shop| is_admin(shop, id)));
        member.get().as_ref().is_some_and(is)
    };
    let words = move || {
        tick.track();
        match session.unlocks_in() {
            None => view! {
                <details class="small">
                    <summary>{say!(people.forgotten_open)}</summary>
                    <p class="muted">{say!(people.forgotten_says)}</p>
                    <div class="actions">
                        <Button label=say!(people.forgotten_ask) on_press=move |()| session.report_forgotten_pin()/>
                    </div>
                </details>
            }
            .into_any(),
            Some(0) => view! {
                <p class="note warn">{say!(people.forgotten_now)}</p>
                <Show when=admin>
                    <div class="actions"><Button label=say!(people.unlock_without_pin) on_press=sign_in/></div>
                </Show>
            }
            .into_any(),
            Some(left) => {
                let hours = left.div_ceil(3_600_000);
                view! { <p class="note">{counted!(people.forgotten, hours)}</p> }.into_any()
            }
        }
    };
    words.into_any()
}
