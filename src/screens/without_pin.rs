//! Who came in without a PIN: shown on the counter until an admin has read it, and listed under Settings.

use crate::components::{Button, live};
use crate::device::people::{Bypass, Way};
use crate::device::right::DeviceRight;
use crate::screens::context;
use crate::session::Session;
use crate::text::{date, say};
use leptos::prelude::*;

/// On the counter: what no admin has read yet.
pub fn notice() -> AnyView {
    let session = context::session();
    let unread = Memo::new(move |_| {
        let people = session.people().get();
        people.bypasses.iter().filter(|each| each.read.is_none()).cloned().collect::<Vec<_>>()
    });
    let why = Signal::derive(move || {
        (!context::has_right(session, &DeviceRight::Recovery)).then(|| say!(people.admins_only))
    });
    let panel = move || {
        let unread = unread.get();
        (!unread.is_empty()).then(|| {
            let lines = unread.iter().map(|each| view! { <p>{sentence(session, each)}</p> }).collect_view();
            view! {
                <section class="note warn" aria-label=say!(recovery.came_in_title)>
                    {lines}
                    <p class="small">{say!(recovery.came_in_says)}</p>
                    <div class="actions">
                        <Button label=say!(recovery.read) why_not=why on_press=move |()| session.mark_bypasses_read()/>
                    </div>
                </section>
            }
        })
    };
    live(panel)
}

/// Under Settings: all of them, the newest first.
pub fn list() -> AnyView {
    let session = context::session();
    let all = Memo::new(move |_| session.people().with(|people| people.bypasses.clone()));
    let line = move |each: &Bypass| {
        let read = each.read.as_ref().map(|(by, at)| {
            say!(recovery.read_by, name = context::staff(session, by), when = date::moment(*at))
        });
        view! { <li>{sentence(session, each)}" "{read}</li> }
    };
    live(move || {
        let all = all.get();
        let lines = all.iter().rev().map(line).collect_view();
        (!all.is_empty()).then(|| view! { <ul class="plain small">{lines}</ul> })
    })
}

fn sentence(session: Session, bypass: &Bypass) -> String {
    let (name, when) = (context::staff(session, &bypass.member), date::moment(bypass.at));
    match bypass.way {
        Way::Code => say!(recovery.came_in_code, name = name, when = when),
        Way::Waited => say!(recovery.came_in_waited, name = name, when = when),
    }
}
