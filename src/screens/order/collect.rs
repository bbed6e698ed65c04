//! *Collect automatically*: the dialog in which the customer agrees, and what the order's plan says about collecting.

use crate::components::{Button, CheckCard, Dialog, ErrorSummary, Look, TextField, Value, said};
use crate::forms::collect::{AGREES, CollectDraft, NOTICE, switch_off};
use crate::forms::{Errors, NoCharge};
use crate::screens::form::Form;
use crate::screens::{bind, context};
use crate::session::{Loaded, Session};
use crate::text::problem::no_charge;
use crate::text::{date, money, say};
use ledger::entry::{MAX_NOTICE, SavedCard, StopReason};
use ledger::id::Id;
use ledger::money::Money;
use ledger::rules::Command;
use ledger::view::account::AccountView;
use ledger::view::collection::{CollectState, CollectionRow};
use ledger::view::order::{InstalmentRow, OrderView};
use leptos::prelude::*;
use std::sync::Arc;

/// The dialog of the order screen; it outlives the views of the order.
#[derive(Clone, Copy)]
pub struct Collecting {
    session: Session,
    customer: StoredValue<Id>,
    account: Signal<Loaded<Arc<AccountView>>>,
    form: Form,
    draft: RwSignal<Option<CollectDraft>>,
    open: RwSignal<bool>,
    /// The order as it was when the dialog opened.
    of: RwSignal<Option<Arc<OrderView>>>,
    said: RwSignal<Option<String>>,
}

impl Collecting {
    /// None is asked for yet.
    #[must_use]
    pub fn new(session: Session, customer: Id) -> Self {
        let form = Form::new(session, context::currency(session), format!("collect/{customer}"));
        let collecting = Self {
            session,
            account: session.account(customer.clone()),
            customer: StoredValue::new(customer),
            form,
            draft: RwSignal::new(None),
            open: RwSignal::new(false),
            of: RwSignal::new(None),
            said: RwSignal::new(None),
        };
        form.follow(move || collecting.commands().err().unwrap_or_default());
        collecting
    }

    fn commands(self) -> Result<Vec<Command>, Errors> {
        let command = |draft: CollectDraft| {
            self.customer.with_value(|customer| draft.command(customer).map(|one| vec![one]))
        };
        self.draft.get().map_or_else(|| Ok(Vec::new()), command)
    }

    /// What was switched last.
    #[must_use]
    pub fn notice(self) -> AnyView {
        view! {
            {said(self.said)}
            <Show when=move || !self.open.get()><ErrorSummary problems=self.form.problems()/></Show>
        }
        .into_any()
    }

    /// The card that the customer has saved.
    fn card(self) -> Option<SavedCard> {
        self.account.get().ready()?.card.clone()
    }

    fn shown(self) -> String {
        self.card().map(|card| shown(&card)).unwrap_or_default()
    }

    /// Why nothing can be collected.
    fn why_not(self) -> Option<String> {
        let has_processor = self.session.sync().with(|sync| sync.refunds);
        let checks = [(has_processor, NoCharge::Processor), (self.card().is_some(), NoCharge::Card)];
        checks.into_iter().find(|(is_met, _)| !is_met).map(|(_, why)| no_charge(why))
    }

    fn ask(self, view: &Arc<OrderView>) {
        self.draft.set(Some(CollectDraft::new(Session::new_id(), view.row.id.clone())));
        self.of.set(Some(Arc::clone(view)));
        self.form.show(Errors::default());
        self.said.set(None);
        self.open.set(true);
    }

    /// What the plan of an order says about collecting, and the buttons that switch it on and off.
    #[must_use]
    pub fn controls(self, view: &Arc<OrderView>) -> AnyView {
        let off = view.collection.as_ref().map(|row| self.off_button(view, row));
        match &view.collection {
            Some(CollectionRow { agreed: Some(agreed), .. }) => {
                let says = say!(plan.collected_from, card = shown(&agreed.card));
                view! { <div class="note"><p>{says}</p><div class="actions">{off}</div></div> }.into_any()
            }
            Some(row) => {
                let why = row.stopped.map(stopped).unwrap_or_default();
                view! {
                    <div class="note warn">
                        <p><b>{say!(plan.stopped)}</b>" "{why}</p>
                        <div class="actions">{self.on_button(view)}{off}</div>
                    </div>
                }
                .into_any()
            }
            None => view! { <div class="row">{self.on_button(view)}</div> }.into_any(),
        }
    }

    fn on_button(self, view: &Arc<OrderView>) -> Option<AnyView> {
        let asked = Arc::clone(view);
        let why = Signal::derive(move || self.why_not());
        view.row.owed.is_positive().then(|| {
            view! { <Button label=say!(plan.collect) why_not=why on_press=move |()| self.ask(&asked)/> }
                .into_any()
        })
    }

    fn off_button(self, view: &Arc<OrderView>, row: &CollectionRow) -> AnyView {
        let (order, collection) = (view.row.id.clone(), row.id.clone());
        let no = view.row.no.clone().unwrap_or_default();
        let press = move |()| {
            let command = self.customer.with_value(|customer| switch_off(customer, &order, &collection));
            let says = say!(plan.collect_is_off, no = no.clone());
            self.form.record(Ok(command.into_iter().collect()), move |_| self.said.set(Some(says)));
        };
        view! { <Button label=say!(plan.collect_off) on_press=press/> }.into_any()
    }

    /// The dialog.
    #[must_use]
    pub fn dialog(self) -> AnyView {
        let title = Signal::derive(move || say!(plan.collect_asks, no = self.no()));
        let content = move || untrack(|| self.content());
        view! { <Dialog open=self.open title=title>{content()}</Dialog> }.into_any()
    }

    fn no(self) -> String {
        self.of.with(|of| of.as_ref().and_then(|view| view.row.no.clone()).unwrap_or_default())
    }

    fn content(self) -> AnyView {
        let submit = move |ev: web_sys::SubmitEvent| {
            ev.prevent_default();
            self.form.record(untrack(|| self.commands()), move |_| {
                self.open.set(false);
                self.said.set(Some(say!(plan.collect_on, no = untrack(|| self.no()))));
            });
        };
        let (says, hint) =
            (say!(plan.collect_says, card = self.shown()), say!(plan.agrees_hint, card = self.shown()));
        view! {
            <form class="stack" novalidate on:submit=submit>
                <ErrorSummary problems=self.form.problems()/>
                <p>{says}</p>
                {self.of.get().map(|view| self.days(&view))}
                <TextField id=NOTICE.id() label=say!(plan.notice) hint=say!(plan.notice_hint, most = MAX_NOTICE)
                    error=self.form.error(NOTICE) value=self.days_of_notice() keyboard="numeric" short=true/>
                <CheckCard id=AGREES.id() label=say!(plan.agrees) hint=hint checked=self.agrees()/>
                <div class="actions">
                    <Button label=say!(plan.collect) look=Look::Primary submit=true/>
                    <Button label=say!(correct.cancel) on_press=move |()| self.open.set(false)/>
                </div>
            </form>
        }
        .into_any()
    }

    /// What will be charged on which day, and what is overdue.
    fn days(self, view: &OrderView) -> AnyView {
        let (today, currency) = (self.session.today().get_untracked(), context::currency(self.session));
        let open = |row: &&InstalmentRow| row.open.is_positive();
        let (due, overdue): (Vec<_>, Vec<_>) =
            view.instalments.iter().filter(open).partition(|row| row.due >= today);
        let line = |row: &InstalmentRow| {
            view! { <li>{date::long(row.due)}": "<b>{money::money(row.open, &currency)}</b></li> }
        };
        let lines = due.into_iter().map(line).collect_view();
        let late: Money = overdue.iter().map(|row| row.open).sum();
        let late =
            late.is_positive().then(|| view! { <p class="note warn">{say!(plan.collect_overdue)}</p> });
        view! { <ul>{lines}</ul>{late} }.into_any()
    }

    fn days_of_notice(self) -> Value<String> {
        bind::text(
            move || {
                self.draft.with(|draft| draft.as_ref().map(|draft| draft.notice.clone()).unwrap_or_default())
            },
            move |typed| {
                self.draft.update(|draft| draft.iter_mut().for_each(|draft| draft.notice.clone_from(&typed)))
            },
        )
    }

    fn agrees(self) -> Value<bool> {
        bind::checkbox(
            move || self.draft.with(|draft| draft.as_ref().is_some_and(|draft| draft.agrees)),
            move |on| self.draft.update(|draft| draft.iter_mut().for_each(|draft| draft.agrees = on)),
        )
    }
}

/// How far an instalment is that is collected.
pub(super) fn state(state: CollectState) -> String {
    match state {
        CollectState::On(on) => say!(plan.state_on, date = date::long(on)),
        CollectState::Again(on) => say!(plan.state_again, date = date::long(on)),
        CollectState::Asked => say!(plan.state_asked),
        CollectState::ByHand => say!(plan.state_hand),
    }
}

fn shown(card: &SavedCard) -> String {
    card.shown.clone().unwrap_or_else(|| card.method.clone())
}

fn stopped(why: StopReason) -> String {
    match why {
        StopReason::Declined => say!(plan.stopped_declined),
        StopReason::Approve => say!(plan.stopped_approve),
        StopReason::Card => say!(plan.stopped_card),
        StopReason::Missed => say!(plan.stopped_missed),
        StopReason::Disputed => say!(plan.stopped_disputed),
        StopReason::Canceled => say!(plan.stopped_canceled),
    }
}
