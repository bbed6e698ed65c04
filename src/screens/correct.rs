//! Corrections from where a document is shown: a dialog that names document, customer and amount, shows the effect, and
//! records once.

mod fields;
pub mod offers;

use crate::components::{Button, ChangeRow, Changes, Dialog, ErrorSummary, Look, MenuItem, said};
use crate::forms::Errors;
use crate::forms::correction::{Correction, CorrectionDraft};
use crate::screens::form::Form;
use crate::screens::{change_rows, context};
use crate::session::Session;
use crate::text::correction::{self as words, Named};
use crate::text::{money, refusal::refusal, say};
use ledger::id::Id;
use ledger::money::Money;
use ledger::preview::{Change, Subject};
use ledger::refusal::Refusal;
use ledger::rules::Command;
use ledger::view::account::AccountView;
use leptos::prelude::*;
use std::sync::Arc;

/// A correction that a row offers.
#[derive(Debug, Clone, PartialEq)]
pub struct Offered {
    /// What it does.
    pub correction: Correction,
    /// The number of the document.
    pub no: String,
    /// The amount of the document, or what of it can be corrected, in minor units.
    pub amount: Money,
}

/// The corrections of one customer's documents. It outlives the views of the documents, which are rebuilt after each.
#[derive(Clone, Copy)]
pub struct Corrections {
    session: Session,
    form: Form,
    customer: StoredValue<Id>,
    offered: RwSignal<Option<Offered>>,
    draft: RwSignal<Option<CorrectionDraft>>,
    open: RwSignal<bool>,
    notice: RwSignal<Option<String>>,
}

impl Corrections {
    /// None is asked for yet.
    #[must_use]
    pub fn new(session: Session, customer: Id) -> Self {
        let corrections = Self {
            session,
            form: Form::new(session, context::currency(session), format!("correct/{customer}")),
            customer: StoredValue::new(customer),
            offered: RwSignal::new(None),
            draft: RwSignal::new(None),
            open: RwSignal::new(false),
            notice: RwSignal::new(None),
        };
        corrections.form.follow(move || corrections.commands().err().unwrap_or_default());
        corrections
    }

    /// Opens the dialog.
    pub fn ask(self, offered: Offered) {
        let currency = context::currency(self.session);
        let suggests = matches!(offered.correction, Correction::ReverseCredit { .. });
        let note = if suggests { say!(correct.suggested_note) } else { String::new() };
        let draft = CorrectionDraft::new(offered.correction.clone(), Session::new_id(), note, &currency);
        self.draft.set(Some(draft));
        self.offered.set(Some(offered));
        self.form.show(Errors::default());
        self.notice.set(None);
        self.open.set(true);
    }

    /// The menu items of those that the signed-in user may record.
    #[must_use]
    pub fn items(self, offered: Vec<Offered>) -> Vec<MenuItem> {
        let may = |offered: &Offered| {
            let right = offered.correction.right();
            right.is_none_or(|right| context::may(self.session, right, offered.amount))
        };
        let item = |offered: Offered| {
            MenuItem::press(words::name(&offered.correction), move || self.ask(offered.clone()))
        };
        offered.into_iter().filter(may).map(item).collect()
    }

    /// A button that shows why the signed-in user may not record it.
    #[must_use]
    pub fn button(self, offered: Offered) -> AnyView {
        let label = words::name(&offered.correction);
        let asked = offered.clone();
        let why = Memo::new(move |_| self.why_not(&asked));
        view! { <Button label=label why_not=why on_press=move |()| self.ask(offered.clone())/> }.into_any()
    }

    /// What was recorded last.
    #[must_use]
    pub fn notice(self) -> AnyView {
        said(self.notice)
    }

    /// The dialog; `view` is the current account.
    #[must_use]
    pub fn dialog(
        self,
        view: impl Fn() -> Option<Arc<AccountView>> + Copy + Send + Sync + 'static,
    ) -> AnyView {
        let title = Signal::derive(move || {
            let about = |offered: Offered| words::question(&offered.correction, self.named(&offered));
            self.offered.get().map(about).unwrap_or_default()
        });
        let content = move || untrack(|| self.content(view));
        view! { <Dialog open=self.open title=title>{content()}</Dialog> }.into_any()
    }

    fn content(
        self,
        view: impl Fn() -> Option<Arc<AccountView>> + Copy + Send + Sync + 'static,
    ) -> Option<AnyView> {
        let offered = self.offered.get_untracked()?;
        let currency = context::currency(self.session);
        let asked = offered.clone();
        let submit = move |ev: web_sys::SubmitEvent| {
            ev.prevent_default();
            let (read, done) = (untrack(|| self.commands()), self.done(&asked));
            self.form.record(read, move |_| {
                self.open.set(false);
                self.notice.set(Some(done));
            });
        };
        let says = words::says(&offered.correction, money::money(offered.amount, &currency));
        let spent = view().and_then(|view| self.spent(&offered.correction, &view));
        let changes = Memo::new(move |_| self.changes());
        let look = if offered.correction.takes_back() { Look::Danger } else { Look::Primary };
        let close = move |()| self.open.set(false);
        let content = view! {
            <form class="stack" novalidate on:submit=submit>
                <ErrorSummary problems=self.form.problems()/>
                <p>{says}</p>
                {spent.map(|says| view! { <p class="note warn">{says}</p> })}
                {fields::fields(self, &offered, view)}
                <Show when=move || changes.with(|rows| !rows.is_empty())>
                    <Changes caption=say!(refund.what_will_happen) rows=changes/>
                </Show>
                <div class="actions">
                    <Button label=words::name(&offered.correction) look=look submit=true/>
                    <Button label=say!(correct.cancel) on_press=close/>
                </div>
            </form>
        };
        Some(content.into_any())
    }

    /// What will have been recorded, with the amount as typed.
    fn done(self, offered: &Offered) -> String {
        let currency = context::currency(self.session);
        let amount = self.draft.with_untracked(|draft| draft.as_ref()?.amount(&currency));
        let amount = money::money(amount.unwrap_or(offered.amount), &currency);
        words::done(&offered.correction, offered.no.clone(), amount)
    }

    fn named(self, offered: &Offered) -> Named {
        let currency = context::currency(self.session);
        let amount = money::money(offered.amount, &currency);
        Named { no: offered.no.clone(), name: self.name(), amount }
    }

    fn name(self) -> String {
        let row = context::row(self.session, self.customer.get_value());
        row.get_untracked().map(|row| row.name).unwrap_or_default()
    }

    fn commands(self) -> Result<Vec<Command>, Errors> {
        let currency = context::currency(self.session);
        let customer = self.customer.get_value();
        let commands = |draft: CorrectionDraft| draft.commands(&customer, &currency);
        self.draft.get().map(commands).transpose().map(Option::unwrap_or_default)
    }

    /// The commands with what is typed; a reason that is missing does not matter to the figures.
    fn preview_commands(self) -> Option<Vec<Command>> {
        let mut draft = self.draft.get()?;
        if draft.reason.trim().is_empty() {
            draft.reason = words::name(&draft.correction);
        }
        draft.commands(&self.customer.get_value(), &context::currency(self.session)).ok()
    }

    fn why_not(self, offered: &Offered) -> Option<String> {
        // The result depends on the signed-in user, the day, and the shop's cash counts.
        self.session.this_device().track();
        self.session.shop().track();
        self.session.today().track();
        let currency = context::currency(self.session);
        let name = words::name(&offered.correction);
        let mut draft =
            CorrectionDraft::new(offered.correction.clone(), Session::new_id(), String::new(), &currency);
        draft.reason = name;
        let command = draft.command(&self.customer.get_value(), &currency).ok()?;
        match self.session.preview(&command) {
            Ok(_) => None,
            Err(Refusal::NotPermitted { .. }) => Some(say!(pay.clerk_reverse)),
            Err(why) => Some(refusal(&why, &currency)),
        }
    }

    /// Credit from a payment that was already used, and that the customer will have to repay.
    fn spent(self, correction: &Correction, view: &AccountView) -> Option<String> {
        let (Correction::ReversePayment(payment) | Correction::MovePayment { payment, .. }) = correction
        else {
            return None;
        };
        let lot = view.lots.iter().find(|lot| lot.id == *payment)?;
        let spent = lot.amount - lot.os.max(Money::ZERO);
        let amount = money::money(spent, &context::currency(self.session));
        spent.is_positive().then(|| say!(pay.reverse_spent, amount = amount))
    }

    fn changes(self) -> Vec<ChangeRow> {
        let commands = self.preview_commands().unwrap_or_default();
        // Of two accounts, money that leaves the one comes to the other, so only the customers' figures change.
        let moves = commands.len() > 1;
        let rows = |command: &Command| {
            let customer = command.customer.clone()?;
            self.session.account(customer.clone()).track();
            let name = context::customer_name(self.session, &customer);
            let changes = self.session.preview(command).ok()?.changes.into_iter();
            let changes = changes.filter(|change| !(moves && matches!(change.subject, Subject::Money(_))));
            let row = |change: Change| {
                let credit = change.subject == Subject::Credit;
                let row = change_rows::of_account(self.session, &name, change)?;
                let of = || say!(correct.credit_of, name = name.clone());
                Some(if moves && credit { ChangeRow { subject: of(), ..row } } else { row })
            };
            Some(changes.filter_map(row).collect::<Vec<_>>())
        };
        commands.iter().filter_map(rows).flatten().collect()
    }
}
