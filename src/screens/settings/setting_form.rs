//! The form of a section: its draft, its errors, who may submit it, and what was said after the last press.

use crate::components::{Button, ErrorSummary, Look, Value};
use crate::forms::Field;
use crate::forms::settings::Read;
use crate::screens::draft_storage::Restored;
use crate::screens::form::Form;
use crate::screens::{bind, context, draft_storage};
use crate::session::Session;
use crate::text::say;
use ledger::entry::EntryKind;
use ledger::money::{Currency, Money};
use ledger::shop::Shop;
use leptos::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::sync::Arc;

/// A form of the settings, cheap to copy.
pub(super) struct SettingForm<D: Send + Sync + 'static> {
    pub session: Session,
    pub draft: RwSignal<D>,
    pub form: Form,
    restored: Restored,
    read: fn(&D, &Shop, &Currency) -> Read,
    kind: EntryKind,
    said: RwSignal<Option<String>>,
}

impl<D: Send + Sync + 'static> Clone for SettingForm<D> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<D: Send + Sync + 'static> Copy for SettingForm<D> {}

impl<D: Serialize + DeserializeOwned + Clone + Send + Sync + 'static> SettingForm<D> {
    /// A form whose draft has that name in this tab; `read` gives the commands that record entries of that kind.
    pub fn new(
        name: &'static str,
        kind: EntryKind,
        fresh: impl Fn(&Shop) -> D + 'static,
        read: fn(&D, &Shop, &Currency) -> Read,
    ) -> Self {
        let session = context::session();
        let (draft, restored) = draft_storage::open(name, move || fresh(&shop(session)));
        let form = Form::new(session, context::currency(session), name.to_owned());
        let this = Self { session, draft, form, restored, read, kind, said: RwSignal::new(None) };
        form.follow(move || this.draft.with(|draft| this.commands(draft)).err().unwrap_or_default());
        this
    }

    fn commands(self, draft: &D) -> Read {
        (self.read)(draft, &shop(self.session), &context::currency(self.session))
    }

    /// A text of the draft.
    pub fn text(self, read: fn(&D) -> &String, write: fn(&mut D) -> &mut String) -> Value<String> {
        let draft = self.draft;
        bind::text(
            move || draft.with(|draft| read(draft).clone()),
            move |typed| draft.update(|draft| *write(draft) = typed),
        )
    }

    /// A text of the draft that is the present setting until something is typed.
    pub fn setting(
        self,
        read: fn(&D) -> &Option<String>,
        write: fn(&mut D) -> &mut Option<String>,
        now: impl Fn(&Shop, &Currency) -> String + Send + Sync + 'static,
    ) -> Value<String> {
        let (draft, session) = (self.draft, self.session);
        let present = move || {
            session.shop().with(|shop| shop.as_ref().map(|shop| now(shop, &context::currency(session))))
        };
        bind::text(
            move || draft.with(|draft| read(draft).clone()).or_else(&present).unwrap_or_default(),
            move |typed| draft.update(|draft| *write(draft) = Some(typed)),
        )
    }

    /// Replaces the draft by a new one.
    pub fn start_afresh(self) {
        self.restored.start_afresh();
        self.form.clear();
    }

    /// The error at a field.
    pub fn error(self, field: Field) -> Signal<Option<String>> {
        self.form.error(field)
    }

    /// The form around its fields; `label` is that of the button, and `done` is said after the entry was recorded.
    pub fn view(self, label: String, done: String, fields: AnyView) -> AnyView {
        let submit = move |ev: web_sys::SubmitEvent| {
            ev.prevent_default();
            let before = self.said.get_untracked();
            self.said.set(None);
            if untrack(|| why_not(self.session, self.kind)).is_some() {
                return;
            }
            let read = self.draft.with_untracked(|draft| self.commands(draft));
            if read.as_ref().is_ok_and(Vec::is_empty) {
                self.form.clear();
                // The second press of two says what the first one did.
                let said =
                    before.filter(|before| *before == done).unwrap_or_else(|| say!(settings.unchanged));
                self.said.set(Some(said));
                return;
            }
            let done = done.clone();
            self.form.record(read, move |_| {
                self.restored.start_afresh();
                self.said.set(Some(done));
            });
        };
        let why = Signal::derive(move || why_not(self.session, self.kind));
        view! {
            <form class="form" novalidate on:submit=submit>
                {self.restored.notice(move || self.form.clear())}
                <ErrorSummary problems=self.form.problems()/>
                {fields}
                <div class="actions">
                    <Button label=label look=Look::Primary submit=true why_not=why/>
                    <span role="status">{self.said}</span>
                </div>
            </form>
        }
        .into_any()
    }
}

/// Why the signed-in user may not record entries of a kind; `None` if they may.
pub(super) fn why_not(session: Session, kind: EntryKind) -> Option<String> {
    (!context::may(session, kind, Money::ZERO)).then(|| say!(people.admins_only))
}

/// The shop as it is now.
pub(super) fn shop(session: Session) -> Arc<Shop> {
    session.shop().get_untracked().unwrap_or_default()
}

/// A press in a row that records commands: the same press twice has the same ids, so it records once.
#[derive(Clone, Copy)]
pub(super) struct RowForm {
    session: Session,
    form: Form,
}

impl RowForm {
    /// The form of the presses in a table.
    pub fn new(name: &'static str) -> Self {
        let session = context::session();
        Self { session, form: Form::new(session, context::currency(session), name.to_owned()) }
    }

    /// Records what `read` gives; nothing if nothing changes.
    pub fn press(self, read: impl FnOnce(&Shop) -> Read) {
        let read = read(&shop(self.session));
        if !read.as_ref().is_ok_and(Vec::is_empty) {
            self.form.record(read, |_| ());
        }
    }

    /// The problems of the last press.
    pub fn problems(self) -> AnyView {
        view! { <ErrorSummary problems=self.form.problems()/> }.into_any()
    }
}
