//! The confirm step of a form that gives something away: a dialog names amount, customer and document, and shows what the
//! ledger would change; only *Yes* records.

use super::{change_rows, context};
use crate::components::{Button, ChangeRow, Changes, Dialog, Look, Press};
use crate::session::Session;
use crate::text::say;
use ledger::money::Money;
use ledger::preview::{Preview, Subject};
use ledger::rules::Command;
use leptos::prelude::*;

/// The dialog of one form.
#[derive(Clone, Copy)]
pub struct ConfirmStep {
    session: Session,
    open: RwSignal<bool>,
    question: RwSignal<String>,
    commands: RwSignal<Vec<Command>>,
}

impl ConfirmStep {
    /// It is not open yet.
    #[must_use]
    pub fn new(session: Session) -> Self {
        let (question, commands) = (RwSignal::new(String::new()), RwSignal::new(Vec::new()));
        Self { session, open: RwSignal::new(false), question, commands }
    }

    /// Asks about commands that were read without a problem.
    pub fn ask(self, question: String, commands: Vec<Command>) {
        self.question.set(question);
        self.commands.set(commands);
        self.open.set(true);
    }

    /// The dialog; `yes` names the act on its button, and `on_yes` records it.
    #[must_use]
    pub fn dialog(self, yes: String, on_yes: impl Into<Press>) -> AnyView {
        let on_yes = on_yes.into();
        let press = move |()| {
            self.open.set(false);
            on_yes.run(());
        };
        let content = move || {
            let rows = Memo::new(move |_| self.rows());
            view! {
                <Show when=move || rows.with(|rows| !rows.is_empty())>
                    <Changes caption=say!(refund.what_will_happen) rows=rows/>
                </Show>
                <div class="actions">
                    <Button label=yes.clone() look=Look::Primary on_press=press/>
                    <Button label=say!(correct.cancel) on_press=move |()| self.open.set(false)/>
                </div>
            }
            .into_any()
        };
        view! { <Dialog open=self.open title=self.question>{content()}</Dialog> }.into_any()
    }

    fn rows(self) -> Vec<ChangeRow> {
        let commands = self.commands.get();
        let Some(customer) = commands.first().and_then(|command| command.customer.clone()) else {
            return Vec::new();
        };
        let name = context::customer_name(self.session, &customer);
        let preview = self.session.preview_all(&commands).unwrap_or_default();
        let row = |change| change_rows::of_account(self.session, &name, change);
        preview.changes.into_iter().filter_map(row).collect()
    }
}

/// The amount that a credit note takes off its order, as the ledger previews it, in minor units.
#[must_use]
pub fn taken_off(preview: &Preview) -> Money {
    let sale = preview.changes.iter().find(|change| matches!(change.subject, Subject::Sale(_)));
    sale.map_or(Money::ZERO, |sale| sale.before - sale.after)
}
