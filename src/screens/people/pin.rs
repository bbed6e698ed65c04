//! Setting and removing a PIN on this device. Users must enter their current PIN to change their own.

use crate::components::{Button, Dialog, Look, TextField, focus_on, said};
use crate::forms::pin::{AGAIN, NEW, NOW, Pin, chosen};
use crate::forms::{Errors, Field, Problem};
use crate::screens::context;
use crate::session::{PinChange, PinCheck, Session};
use crate::text::{counted, fault::fault, problem, say};
use ledger::id::Id;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The change to a PIN.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Task {
    Set,
    Remove,
}

/// The open dialog.
#[derive(Clone, Copy)]
pub(super) struct PinTask {
    session: Session,
    open: RwSignal<bool>,
    task: RwSignal<Option<(Task, Id)>>,
    /// The person who opened the dialog.
    by: RwSignal<Option<Id>>,
    said: RwSignal<Option<String>>,
}

/// The texts as typed.
#[derive(Clone, Copy)]
struct Texts {
    now: RwSignal<String>,
    new: RwSignal<String>,
    again: RwSignal<String>,
    wrong: RwSignal<Errors>,
    says: RwSignal<Option<String>>,
    busy: RwSignal<bool>,
}

impl PinTask {
    pub fn new(session: Session) -> Self {
        let (open, task) = (RwSignal::new(false), RwSignal::new(None));
        let (by, said) = (RwSignal::new(None), RwSignal::new(None));
        // The dialog is not for a person who takes over meanwhile.
        Effect::new(move |_| {
            let actor = session.this_device().with(|here| here.actor.clone());
            if by.get_untracked().is_some_and(|by| by != actor) {
                open.set(false);
            }
        });
        Self { session, open, task, by, said }
    }

    /// Opens the dialog.
    pub fn ask(self, task: Task, member: &Id) {
        self.said.set(None);
        self.task.set(Some((task, member.clone())));
        self.by.set(Some(self.session.this_device().with_untracked(|here| here.actor.clone())));
        self.open.set(true);
    }

    /// The result of the last change.
    pub fn notice(self) -> AnyView {
        said(self.said)
    }

    /// The dialog.
    pub fn dialog(self) -> AnyView {
        let title = Signal::derive(move || say!(people.pin_of, name = self.name()));
        view! { <Dialog open=self.open title=title>{self.form()}</Dialog> }.into_any()
    }

    fn name(self) -> String {
        let member = self.task.get().map(|(_, member)| member);
        member.map(|member| context::staff(self.session, &member)).unwrap_or_default()
    }

    /// Whether the PIN is the signed-in user's own, and one is set.
    fn own(self, member: &Id) -> bool {
        let acts = self.session.this_device().with_untracked(|here| here.actor == *member);
        acts && self.session.people().with_untracked(|people| people.has_pin(member))
    }

    fn form(self) -> AnyView {
        let Some((task, member)) = self.task.get_untracked() else { return ().into_any() };
        let own = self.own(&member);
        let texts = Texts::new();
        let submit = move |ev: web_sys::SubmitEvent| {
            ev.prevent_default();
            self.submit(texts, own);
        };
        let now = own.then(|| texts.field(NOW, say!(people.pin_now), None, texts.now, "current-password"));
        let new = (task == Task::Set).then(|| {
            let hint = Some(say!(people.pin_hint));
            let new = texts.field(NEW, say!(people.pin_new), hint, texts.new, "new-password");
            let again = texts.field(AGAIN, say!(people.pin_again), None, texts.again, "new-password");
            view! { {new}{again} }
        });
        let (label, look) = match task {
            Task::Set => (say!(people.save), Look::Primary),
            Task::Remove => (say!(people.remove_pin), Look::Danger),
        };
        focus_on(if own { NOW.id() } else { NEW.id() });
        view! {
            <form class="pin-form" novalidate on:submit=submit>
                {now}{new}
                <p class="wrong" role="alert">{texts.says}</p>
                <div class="actions">
                    <Button label=label look=look submit=true/>
                    <Button label=say!(people.cancel) on_press=move |()| self.open.set(false)/>
                </div>
            </form>
        }
        .into_any()
    }

    fn submit(self, texts: Texts, own: bool) {
        let Some((task, member)) = self.task.get_untracked() else { return };
        if texts.busy.get_untracked() {
            return;
        }
        let new = match task {
            Task::Set => chosen(&texts.new.get_untracked(), &texts.again.get_untracked()).map(Some),
            Task::Remove => Ok(None),
        };
        let new = match new {
            Ok(new) => new,
            Err(errors) => return texts.show(errors),
        };
        texts.show(Errors::default());
        texts.busy.set(true);
        let Some(by) = self.by.get_untracked() else { return };
        let now = if own { texts.now.get_untracked() } else { String::new() };
        spawn_local(async move {
            let done = self.carry_out(&by, &member, now.trim(), new).await;
            if texts.busy.try_set(false).is_some() {
                return;
            }
            match done {
                Ok(said) => {
                    self.said.set(Some(said));
                    self.open.set(false);
                }
                Err(NotChanged::WrongPin) => texts.show(Errors::one(NOW, Problem::WrongPin)),
                Err(NotChanged::Says(says)) => texts.says.set(Some(says)),
            }
        });
    }

    /// Sets or removes the PIN, and says so.
    async fn carry_out(
        self,
        by: &Id,
        member: &Id,
        now: &str,
        new: Option<Pin>,
    ) -> Result<String, NotChanged> {
        let name = untrack(|| context::staff(self.session, member));
        let removes = new.is_none();
        match self.session.change_pin(by, member, now, new).await {
            Ok(PinChange::Done) if removes => Ok(say!(people.pin_removed, name = name)),
            Ok(PinChange::Done) => Ok(say!(people.pin_set, name = name)),
            Ok(PinChange::NotGiven(PinCheck::Wait)) => {
                let seconds = self.session.pin_wait(member).div_ceil(1_000);
                Err(NotChanged::Says(counted!(people.wait, seconds)))
            }
            Ok(PinChange::NotGiven(PinCheck::Wrong | PinCheck::Right)) => Err(NotChanged::WrongPin),
            Ok(PinChange::NotPermitted) => Err(NotChanged::Says(say!(people.not_you))),
            Err(why) => Err(NotChanged::Says(fault(&why))),
        }
    }
}

/// Why a PIN was not changed.
enum NotChanged {
    WrongPin,
    Says(String),
}

impl Texts {
    fn new() -> Self {
        let empty = || RwSignal::new(String::new());
        let (wrong, says, busy) = (RwSignal::default(), RwSignal::new(None), RwSignal::new(false));
        Self { now: empty(), new: empty(), again: empty(), wrong, says, busy }
    }

    /// Shows the errors and focuses the first invalid field.
    fn show(self, errors: Errors) {
        if let Some((field, _)) = errors.iter().next() {
            focus_on(field.id());
        }
        self.says.set(None);
        self.wrong.set(errors);
    }

    fn field(
        self,
        field: Field,
        label: String,
        hint: Option<String>,
        value: RwSignal<String>,
        remembers: &'static str,
    ) -> AnyView {
        let (id, wrong) = (field.id(), self.wrong);
        let error = Signal::derive(move || {
            let found = wrong.with(|errors| errors.of(&field).cloned())?;
            Some(problem::problem(&field, &found, &context::currency(context::session())))
        });
        let hint = Signal::stored(hint.unwrap_or_default());
        view! {
            <TextField id=id label=label hint=hint value=value error=error required=true
                kind="password" keyboard="numeric" autocomplete=remembers/>
        }
        .into_any()
    }
}
