//! The state shared by all forms: errors in the summary and at the fields, and a submission that records only once.

use crate::components::{Problem as SummaryLine, effect};
use crate::engine::{NotRecorded, Recorded};
use crate::forms::{Errors, Field, Problem};
use crate::screens::draft_storage;
use crate::session::Session;
use crate::text::fault::not_recorded;
use crate::text::problem::problem;
use ledger::money::Currency;
use ledger::refusal::Refusal;
use ledger::rules::Command;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// One form: the errors of the last submission, and whether a submission is being written.
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
    /// A form whose draft is stored under that name, see [`draft_storage`].
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

    /// The error message of a field.
    #[must_use]
    pub fn error(self, field: Field) -> Signal<Option<String>> {
        Signal::derive(move || {
            let found = self.errors.with(|errors| errors.of(&field).cloned())?;
            Some(self.currency.with_value(|currency| problem(&field, &found, currency)))
        })
    }

    /// The error summary: the message of every field, then the refusal of the ledger.
    #[must_use]
    pub fn problems(self) -> Signal<Vec<SummaryLine>> {
        Signal::derive(move || {
            self.currency.with_value(|currency| {
                let line = |(field, found): &_| {
                    SummaryLine::at(Field::id(field), problem(field, found, currency))
                        .asking(found.is_question())
                };
                let mut lines: Vec<SummaryLine> =
                    self.errors.with(|errors| errors.iter().map(line).collect());
                lines.extend(self.refused.get().map(|why| SummaryLine::whole(not_recorded(&why, currency))));
                lines
            })
        })
    }

    /// Shows new errors, or clears the old ones.
    pub fn show(self, errors: Errors) {
        if self.refused.with_untracked(Option::is_some) {
            self.refused.set(None);
        }
        // Identical errors are set again, so that the summary takes the focus again.
        if !errors.is_empty() || self.errors.with_untracked(|shown| !shown.is_empty()) {
            self.errors.set(errors);
        }
    }

    /// Removes each error as soon as its field is mended; `read` gives the problems of the form as it is now. It is
    /// called only while errors are shown.
    pub fn follow(self, read: impl Fn() -> Errors + 'static) {
        effect(move || {
            if self.errors.with(Errors::is_empty) {
                return;
            }
            let now = read();
            let left = self.errors.with_untracked(|shown| shown.left_of(&now));
            if self.errors.with_untracked(|shown| *shown != left) {
                self.errors.set(left);
            }
        });
    }

    /// Clears all errors, when the user starts afresh.
    pub fn clear(self) {
        self.show(Errors::default());
    }

    /// The problem of a field.
    #[must_use]
    pub fn problem(self, field: &Field) -> Option<Problem> {
        self.errors.with(|errors| errors.of(field).cloned())
    }

    /// Deletes the draft, when the user cancels.
    pub fn forget(self) {
        self.draft_name.with_value(|name| draft_storage::discard(name));
    }

    /// Records the parsed commands, all or none; `then` is called once they are on disk, if the form still exists.
    /// A submission during another one does nothing; a later one would have the same ids.
    pub fn record(self, read: Result<Vec<Command>, Errors>, then: impl FnOnce(Vec<Recorded>) + 'static) {
        let then: Box<dyn FnOnce(Vec<Recorded>)> = Box::new(then);
        self.submit(read, move |commands| self.session.record_with_changes(commands), then);
    }

    /// As [`Form::record`], for a form that `act` writes in another way.
    pub fn submit<T: 'static, U: 'static, W>(
        self,
        read: Result<T, Errors>,
        act: impl FnOnce(T) -> W + 'static,
        then: impl FnOnce(U) + 'static,
    ) where
        W: Future<Output = Result<U, NotRecorded>> + 'static,
    {
        if self.busy.get_untracked() {
            return;
        }
        match read {
            Err(errors) => self.show(errors),
            Ok(parsed) => {
                self.busy.set(true);
                // Spawned before the errors are cleared, so that the write starts before the page is updated.
                spawn_local(self.write(act(parsed), then));
                self.show(Errors::default());
            }
        }
    }

    async fn write<U>(self, written: impl Future<Output = Result<U, NotRecorded>>, then: impl FnOnce(U)) {
        // When the write ends, the form may no longer exist, nor its stored values.
        let key = self.draft_name.get_value();
        let outcome = written.await;
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

/// Whether the draft can be deleted: it was recorded, or another entry already uses its id, so that the form must open
/// with a new id.
fn is_finished<T>(outcome: &Result<T, NotRecorded>) -> bool {
    matches!(outcome, Ok(_) | Err(NotRecorded::Refused(Refusal::IdTaken { .. })))
}
