//! Resolving an exception by its remedy, or by recording that it was resolved another way.

use crate::components::{Button, Dialog, ErrorSummary, Look, TextField, said};
use crate::forms::{Errors, SETTLED, limits, required};
use crate::screens::context;
use crate::screens::form::Form;
use crate::session::Session;
use crate::text::say;
use ledger::id::Id;
use ledger::rules::{Act, Command};
use leptos::prelude::*;

/// An act, and the id of its entry.
pub type PendingAct = (Id, Act);

/// The state of the remedy buttons and of the dialog that asks how an exception was resolved.
#[derive(Clone, Copy)]
pub struct Settling {
    customer: StoredValue<Option<Id>>,
    form: Form,
    open: RwSignal<bool>,
    asked: StoredValue<Option<PendingAct>>,
    what: RwSignal<String>,
    said: RwSignal<Option<String>>,
}

impl Settling {
    /// For the exceptions of an account, or of the shop.
    pub fn new(session: Session, customer: Option<Id>) -> Self {
        let settling = Self {
            customer: StoredValue::new(customer),
            form: Form::new(session, context::currency(session), "settle".to_owned()),
            open: RwSignal::new(false),
            asked: StoredValue::new(None),
            what: RwSignal::default(),
            said: RwSignal::new(None),
        };
        settling.form.follow(move || settling.read().err().unwrap_or_default());
        settling
    }

    /// Records the remedy and, if given, the act that marks the exception as resolved, with `words` as its reason.
    pub fn apply_remedy(self, put: PendingAct, settled: Option<PendingAct>, words: String) {
        let settled = settled.map(|(id, act)| (id, with_reason(act, words)));
        self.press(Ok(std::iter::once(put).chain(settled).collect()), say!(exceptions.done));
    }

    /// Records that the exception was seen, with `words` as the note.
    pub fn note(self, settled: PendingAct, words: String) {
        let (id, act) = settled;
        self.press(Ok(vec![(id, with_reason(act, words))]), say!(exceptions.written));
    }

    /// Opens the dialog that asks how the exception was resolved.
    pub fn ask(self, asked: PendingAct) {
        self.asked.set_value(Some(asked));
        self.what.set(String::new());
        self.form.show(Errors::default());
        self.said.set(None);
        self.open.set(true);
    }

    /// The result of the last press.
    pub fn notice(self) -> AnyView {
        view! {
            <Show when=move || !self.open.get()><ErrorSummary problems=self.form.problems()/></Show>
            {said(self.said)}
        }
        .into_any()
    }

    /// The dialog.
    pub fn dialog(self) -> AnyView {
        let submit = move |ev: web_sys::SubmitEvent| {
            ev.prevent_default();
            self.press(untrack(|| self.read()), say!(exceptions.written));
        };
        let content = move || {
            view! {
                <form class="stack" novalidate on:submit=submit>
                    <ErrorSummary problems=self.form.problems()/>
                    <p>{say!(exceptions.settle_says)}</p>
                    <TextField id=SETTLED.id() label=say!(exceptions.what) value=self.what error=self.form.error(SETTLED)
                        required=true/>
                    <div class="actions">
                        <Button label=say!(exceptions.save) look=Look::Primary submit=true/>
                        <Button label=say!(exceptions.cancel) on_press=move |()| self.open.set(false)/>
                    </div>
                </form>
            }
        };
        view! { <Dialog open=self.open title=say!(exceptions.settle_title)>{content()}</Dialog> }.into_any()
    }

    fn read(self) -> Result<Vec<PendingAct>, Errors> {
        let mut errors = Errors::default();
        let what = errors.take(SETTLED, required(&self.what.get(), limits::REASON));
        let (what, (id, act)) = errors.or(what.zip(self.asked.get_value()))?;
        Ok(vec![(id, with_reason(act, what))])
    }

    fn press(self, read: Result<Vec<PendingAct>, Errors>, said: String) {
        let customer = self.customer.get_value();
        let command = |(id, act)| Command { id, customer: customer.clone(), on: None, act };
        let commands = read.map(|asked| asked.into_iter().map(command).collect());
        self.said.set(None);
        self.form.record(commands, move |_| {
            self.open.set(false);
            self.said.set(Some(said));
        });
    }
}

/// Sets the reason of an act that resolves an exception.
fn with_reason(mut act: Act, words: String) -> Act {
    if let Act::ResolveException(open) = &mut act {
        open.reason = Some(words);
    }
    act
}
