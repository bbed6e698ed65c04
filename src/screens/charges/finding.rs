//! What a person has found at the card processor about a charge: that it was made, or that it was not.

use super::words::NOT_CHARGED;
use crate::components::{Button, Dialog, ErrorSummary, Look};
use crate::forms::Errors;
use crate::forms::payment::CHARGE_NOW;
use crate::screens::context;
use crate::screens::form::Form;
use crate::session::Session;
use crate::text::say;
use ledger::entry::{ChargeStage, ProgressCharge};
use ledger::id::Id;
use ledger::money::Money;
use ledger::rules::{Act, AllocationAsked, Command, RecordPayment};
use ledger::view::charge::ChargeRow;
use leptos::prelude::*;

/// The open dialog.
#[derive(Clone, Copy)]
pub(super) struct Finding {
    customer: StoredValue<Id>,
    form: Form,
    open: RwSignal<bool>,
    asked: StoredValue<Option<(ChargeRow, bool, Id)>>,
}

impl Finding {
    /// Without an open dialog.
    pub fn new(session: Session, customer: Id) -> Self {
        let form = Form::new(session, context::currency(session), "charge-found".to_owned());
        form.follow(Errors::default);
        Self {
            customer: StoredValue::new(customer),
            form,
            open: RwSignal::new(false),
            asked: StoredValue::new(None),
        }
    }

    /// Asks whether it is so.
    pub fn ask(self, row: &ChargeRow, was_charged: bool) {
        self.asked.set_value(Some((row.clone(), was_charged, Session::new_id())));
        self.form.show(Errors::default());
        self.open.set(true);
    }

    /// Why it was not recorded.
    pub fn notice(self) -> AnyView {
        view! { <Show when=move || !self.open.get()><ErrorSummary problems=self.form.problems()/></Show> }
            .into_any()
    }

    /// The dialog.
    pub fn dialog(self) -> AnyView {
        let was = move || self.asked.with_value(|asked| asked.as_ref().is_some_and(|(_, was, _)| *was));
        let title = Signal::derive(move || {
            self.open.track();
            if was() { say!(charge.sure_was) } else { say!(charge.sure_was_not) }
        });
        let submit = move |ev: web_sys::SubmitEvent| {
            ev.prevent_default();
            let commands = self.command().into_iter().collect();
            self.form.record(Ok(commands), move |_| self.open.set(false));
        };
        let content = move || {
            let (text, yes) = match was() {
                true => (say!(charge.sure_was_text), say!(charge.was_charged)),
                false => (say!(charge.sure_was_not_text), say!(charge.was_not_charged)),
            };
            view! {
                <form class="stack" novalidate on:submit=submit>
                    <ErrorSummary problems=self.form.problems()/>
                    <p>{text}</p>
                    <div class="actions">
                        <Button label=yes look=Look::Primary submit=true/>
                        <Button label=say!(charge.no) on_press=move |()| self.open.set(false)/>
                    </div>
                </form>
            }
        };
        view! { <Dialog open=self.open title=title>{content()}</Dialog> }.into_any()
    }

    fn command(self) -> Option<Command> {
        let (row, was_charged, id) = self.asked.get_value()?;
        let (id, act) = if was_charged {
            (row.payment.clone(), Act::RecordPayment(payment(&row)))
        } else {
            let (charge, reason) = (row.id, Some(NOT_CHARGED.to_owned()));
            let (stage, reference) = (ChargeStage::Declined, row.reference);
            (id, Act::ProgressCharge(ProgressCharge { charge, stage, reference, reason, link: None }))
        };
        Some(Command { id, customer: Some(self.customer.get_value()), on: None, act })
    }
}

/// The payment that the charge was. It has the id that the endpoint would give it, so that it is recorded once.
fn payment(row: &ChargeRow) -> RecordPayment {
    let part =
        |(order, ..): &(Id, Option<String>, Money)| AllocationAsked { order: order.clone(), amount: None };
    RecordPayment {
        amount: row.amount,
        method: CHARGE_NOW,
        bank: None,
        allocations: row.orders.iter().map(part).collect(),
        eligible: row.eligible,
        tendered: None,
        reference: row.reference.clone(),
        note: row.note.clone(),
        rounding: Money::ZERO,
    }
}
