//! The signed-in user, and the menu that switches to another user.

use super::actor_name::actor_name;
use crate::at::at;
use crate::components::{Button, Dialog, Menu, MenuItem, Press};
use crate::device::people::is_member;
use crate::route::{Route, Section};
use crate::screens::{context, recovery_code, sign_in};
use crate::session::Session;
use crate::text::{capitals, names, say};
use ledger::id::Id;
use ledger::shop::{Member, Shop};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

/// The screen for staff and their PINs.
pub const PEOPLE: Route = Route::SettingsOf(Section::People);

/// The switch to another user; provided by the root.
#[derive(Clone, Copy)]
pub struct SwitchUser {
    session: Session,
    open: RwSignal<bool>,
    member: RwSignal<Option<Id>>,
    form: UnsyncCallback<Self, AnyView>,
}

impl SwitchUser {
    /// The state without an open dialog. The [`form`](Self::form) of the dialog is in another part of the program.
    #[must_use]
    pub fn new(session: Session, form: UnsyncCallback<Self, AnyView>) -> Self {
        Self { session, open: RwSignal::new(false), member: RwSignal::new(None), form }
    }

    /// Signs a staff member in; asks for their PIN if they have one.
    pub fn act_as(self, id: Id) {
        if self.session.this_device().with_untracked(|here| here.actor == id) {
            return;
        }
        if self.session.people().with_untracked(|people| people.has_pin(&id)) {
            self.member.set(Some(id));
            self.open.set(true);
        } else {
            let session = self.session;
            // Without a PIN there is nothing to check, so the result can be ignored.
            spawn_local(async move { drop(session.sign_in(&id, "").await) });
        }
    }

    /// The button with the signed-in user's name, and the menu of all staff.
    pub fn menu(self, class: &'static str) -> AnyView {
        let who = actor_name();
        let items = UnsyncCallback::new(move |()| self.items());
        let shown = move || {
            self.acting(|member| {
                let (name, role) = (member.name.clone(), names::role(member.role));
                view! { <b>{name}</b><small class="muted">{role}</small> }
            })
        };
        view! {
            <Menu items=items class=class key="W">
                <span class="heard">{move || say!(people.who_acts, name = who.get())}</span>
                <span class="badge" aria-hidden="true">{move || self.initials()}</span>
                <span class="acting" aria-hidden="true">{shown}</span>
            </Menu>
        }
        .into_any()
    }

    /// The dialog for the PIN, and the announcement of the new user.
    pub fn dialog(self) -> AnyView {
        let title = Signal::derive(move || say!(people.pin_of, name = self.name()));
        let said = RwSignal::new(None::<String>);
        Effect::new(move |before: Option<Id>| {
            let actor = self.session.this_device().with(|here| here.actor.clone());
            if before.is_some_and(|before| before != actor) {
                said.set(Some(say!(people.acts_now, name = context::staff(self.session, &actor))));
            }
            actor
        });
        view! {
            <Dialog open=self.open title=title>{self.form.run(self)}</Dialog>
            <p class="heard" role="status">{said}</p>
        }
        .into_any()
    }

    /// Asks for the PIN of the selected user, or for the recovery code.
    pub fn form(self) -> AnyView {
        let close = move |()| self.open.set(false);
        let cancel = view! { <Button label=say!(people.cancel) on_press=close/> };
        let label = say!(people.act_as, name = untrack(|| self.name()));
        let by_pin = sign_in::form(self.member.into(), label, Press::new(close), cancel.into_any());
        let by_code = recovery_code::sign_in(self.member.into(), Press::new(close));
        view! { {by_pin}{by_code} }.into_any()
    }

    /// The name of the selected user.
    fn name(self) -> String {
        self.member.get().map(|id| context::staff(self.session, &id)).unwrap_or_default()
    }

    fn items(self) -> Vec<MenuItem> {
        let actor = self.session.this_device().with_untracked(|here| here.actor.clone());
        let (staff, people) = (self.staff(), self.session.people().get_untracked());
        let item = |member: Member| {
            let id = member.id.clone();
            MenuItem::press(member.name, move || self.act_as(id.clone()))
                .detail(names::role(member.role))
                .current(member.id == actor)
        };
        let mut items: Vec<_> = staff.into_iter().map(item).collect();
        items.push(match people.has_pin(&actor) {
            true => MenuItem::press(say!(people.lock_now), move || self.session.lock()),
            false => MenuItem::link(say!(people.set_pin_to_lock), at(PEOPLE)),
        });
        items.push(MenuItem::link(say!(people.manage), at(PEOPLE)));
        items
    }

    fn staff(self) -> Vec<Member> {
        self.session.shop().with_untracked(|shop| {
            let here = |shop: &Arc<Shop>| {
                shop.staff.values().filter(|one| is_member(shop, &one.id)).cloned().collect::<Vec<_>>()
            };
            shop.as_ref().map(here).unwrap_or_default()
        })
    }

    fn acting<T>(self, read: impl FnOnce(&Member) -> T) -> Option<T> {
        let actor = self.session.this_device().with(|here| here.actor.clone());
        self.session.shop().with(|shop| shop.as_ref()?.staff.get(&actor).map(read))
    }

    /// The first letters of the first and the last word of the name.
    fn initials(self) -> String {
        let name = self.acting(|member| member.name.clone()).unwrap_or_default();
        let mut words = name.split_whitespace().filter_map(|word| word.chars().next());
        let first = words.next();
        capitals(&first.into_iter().chain(words.next_back()).collect::<String>())
    }
}
