//! What the forms of the main job share: problems on top and at the field, and one press that records once.

use crate::components::Problem as SummaryLine;
use crate::engine::{NotRecorded, Recorded};
use crate::forms::{Errors, Field};
use crate::screens::draft_storage;
use crate::session::Session;
use crate::text::fault::not_recorded;
use crate::text::problem::problem;
use ledger::money::Currency;
use ledger::refusal::Refusal;
use ledger::rules::Command;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// One form: what was wrong when it was last submitted, and whether a press is on its way to the disk.
#[derive(Clone, Copy)]
pub struct Form {
    session: Session,
    currency: StoredValue<Currency>,
    draft_name: StoredValue<String>,
    errors: RwSignal<Errors>,
    refused: RwSignal<Option<NotRecorded>>,
    busy: RwSignal<bool>,
}

impl Form {
    /// A form whose draft is kept under that name, see [`kept`].
    #[must_use]
    pub fn new(session: Session, currency: Currency, draft_name: String) -> Self {
        Self {
            session,
            currency: StoredValue::new(currency),
            draft_name: StoredValue::new(draft_name),
            errors: RwSignal::default(),
            refused: RwSignal::new(None),
            busy: RwSignal::new(false),
        }
    }

    /// The sentence at a field.
    #[must_use]
    pub fn error(self, field: Field) -> Signal<Option<String>> {
        Signal::derive(move || {
            let found = self.errors.with(|errors| errors.of(&field).cloned())?;
            Some(self.currency.with_value(|currency| problem(&field, &found, currency)))
        })
    }

    /// The summary on top: every field's sentence, then what the book said.
    #[must_use]
    pub fn problems(self) -> Signal<Vec<SummaryLine>> {
        Signal::derive(move || {
            self.currency.with_value(|currency| {
                let line =
                    |(field, found): &_| SummaryLine::at(Field::id(field), problem(field, found, currency));
                let mut lines: Vec<SummaryLine> =
                    self.errors.with(|errors| errors.iter().map(line).collect());
                lines.extend(self.refused.get().map(|why| SummaryLine::whole(not_recorded(&why, currency))));
                lines
            })
        })
    }

    /// Shows what cannot be taken, or takes old problems away.
    pub fn show(self, errors: Errors) {
        if self.refused.with_untracked(Option::is_some) {
            self.refused.set(None);
        }
        // The same problems once more are told once more, so that the summary takes the focus.
        if !errors.is_empty() || self.errors.with_untracked(|shown| !shown.is_empty()) {
            self.errors.set(errors);
        }
    }

    /// Lets the draft go, when somebody gives up.
    pub fn forget(self) {
        self.draft_name.with_value(|name| draft_storage::discard(name));
    }

    /// Records what was read, all or none; `then` hears of it once it is on the disk, if the form is still
    /// there. A press while another is on its way does nothing; a later one would send the same ids.
    pub fn record(self, read: Result<Vec<Command>, Errors>, then: impl FnOnce(Vec<Recorded>) + 'static) {
        if self.busy.get_untracked() {
            return;
        }
        match read {
            Err(errors) => self.show(errors),
            Ok(commands) => {
                self.busy.set(true);
                // Before what the form shows is looked at again: the press is on its way first.
                spawn_local(self.commit(commands, Box::new(then)));
                self.show(Errors::default());
            }
        }
    }

    async fn commit(self, commands: Vec<Command>, then: Box<dyn FnOnce(Vec<Recorded>)>) {
        // The form may be gone when the disk answers, and its values with it.
        let key = self.draft_name.get_value();
        let outcome = self.session.record_all(commands).await;
        if is_finished(&outcome) {
            draft_storage::discard(&key);
        }
        if self.busy.try_set(false).is_some() {
            return;
        }
        match outcome {
            Ok(recorded) => then(recorded),
            Err(why) => {
                let _ = self.refused.try_set(Some(why));
            }
        }
    }
}

/// Whether the draft has done its work: it is recorded, or its id stands for something else by now and opening
/// the form again has to mint another.
fn is_finished(outcome: &Result<Vec<Recorded>, NotRecorded>) -> bool {
    matches!(outcome, Ok(_) | Err(NotRecorded::Refused(Refusal::IdTaken { .. })))
}
