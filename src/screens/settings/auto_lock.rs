//! The idle time after which this counter locks itself, and a button that locks it now.

use crate::components::{Button, Choice, Select, swap};
use crate::device::right::DeviceRight;
use crate::screens::{bind, context};
use crate::text::{counted, say};
use leptos::prelude::*;

/// The options, in minutes without user input; 0 means never.
const MINUTES: [u32; 6] = [0, 1, 5, 15, 30, 60];

pub(super) fn auto_lock() -> AnyView {
    let session = context::session();
    let (people, here) = (session.people(), session.this_device());
    let boss = Memo::new(move |_| context::has_right(session, &DeviceRight::AutoLock));
    let with_pin = Memo::new(move |_| here.with(|here| people.with(|people| people.has_pin(&here.actor))));
    let why = Signal::derive(move || (!with_pin.get()).then(|| say!(people.no_pin_no_lock)));
    view! {
        {swap(boss, |boss| if boss { editable() } else { read_only() })}
        <div><Button label=say!(people.lock_now) why_not=why on_press=move |()| session.lock()/></div>
    }
    .into_any()
}

fn editable() -> AnyView {
    let session = context::session();
    let people = session.people();
    let value = bind::text(
        move || people.with(|people| people.lock_after.to_string()),
        move |minutes| minutes.parse().into_iter().for_each(|minutes| session.set_lock_after(minutes)),
    );
    let choices: Vec<_> =
        MINUTES.into_iter().map(|each| Choice::new(each.to_string(), minutes(each))).collect();
    view! {
        <Select id="f-lock-after" label=say!(people.lock_after) hint=say!(people.lock_after_hint)
            choices=choices value=value required=true/>
    }
    .into_any()
}

/// The setting as a clerk sees it, with the reason why it is read-only.
fn read_only() -> AnyView {
    let people = context::session().people();
    let after = move || minutes(people.with(|people| people.lock_after));
    view! {
        <dl class="facts"><dt>{say!(people.lock_after)}</dt><dd>{after}</dd></dl>
        <p class="small muted">{say!(people.lock_after_clerk)}</p>
    }
    .into_any()
}

fn minutes(count: u32) -> String {
    if count == 0 { say!(people.never) } else { counted!(people.minutes, count) }
}
