//! *Plan payments*: a dialog with the instalments of what an order owes, and the plan as the order shows it.

use super::collect::{self, Collecting};
use crate::components::{
    AmountField, Button, Column, DateField, Dialog, ErrorSummary, Figure, FigureFormat, Look, MenuItem,
    Table, Tag, TextField, Tone, Value, focus_on, said, swap,
};
use crate::forms::plan::{ADD, AMOUNT, DUE, MOST, PartDraft, PlanDraft};
use crate::forms::{Errors, Field};
use crate::screens::form::Form;
use crate::screens::{bind, context};
use crate::session::Session;
use crate::text::{date, money, say};
use ledger::date::Date;
use ledger::id::Id;
use ledger::money::Currency;
use ledger::rules::Command;
use ledger::view::order::{InstalmentRow, OrderView};
use leptos::prelude::*;
use std::sync::Arc;

/// The field for the number of equal instalments.
const COUNT: Field = Field::new("plan-count");

/// The dialog of the order screen; it outlives the views of the order.
#[derive(Clone, Copy)]
pub struct Planning {
    session: Session,
    customer: StoredValue<Id>,
    form: Form,
    draft: RwSignal<Option<PlanDraft>>,
    count: RwSignal<String>,
    open: RwSignal<bool>,
    no: RwSignal<String>,
    said: RwSignal<Option<String>>,
}

impl Planning {
    /// None is asked for yet.
    #[must_use]
    pub fn new(session: Session, customer: Id) -> Self {
        let form = Form::new(session, context::currency(session), format!("plan/{customer}"));
        let planning = Self {
            session,
            customer: StoredValue::new(customer),
            form,
            draft: RwSignal::new(None),
            count: RwSignal::new("3".to_owned()),
            open: RwSignal::new(false),
            no: RwSignal::new(String::new()),
            said: RwSignal::new(None),
        };
        form.follow(move || planning.commands().err().unwrap_or_default());
        planning
    }

    /// The menu item, where the order owes something.
    #[must_use]
    pub fn item(self, view: &Arc<OrderView>) -> Option<MenuItem> {
        let asked = Arc::clone(view);
        let label = if view.instalments.is_empty() { say!(plan.title) } else { say!(plan.change) };
        view.row.owed.is_positive().then(|| MenuItem::press(label, move || self.ask(&asked)))
    }

    fn ask(self, view: &OrderView) {
        let currency = context::currency(self.session);
        self.draft.set(Some(PlanDraft::new(Session::new_id(), view, &currency)));
        self.no.set(view.row.no.clone().unwrap_or_default());
        self.form.show(Errors::default());
        self.said.set(None);
        self.open.set(true);
    }

    fn commands(self) -> Result<Vec<Command>, Errors> {
        let currency = context::currency(self.session);
        let command = |draft: PlanDraft| {
            self.customer.with_value(|customer| draft.command(customer, &currency).map(|one| vec![one]))
        };
        self.draft.get().map_or_else(|| Ok(Vec::new()), command)
    }

    /// What was planned last.
    #[must_use]
    pub fn notice(self) -> AnyView {
        said(self.said)
    }

    /// The dialog.
    #[must_use]
    pub fn dialog(self) -> AnyView {
        let title = Signal::derive(move || {
            let owed = self.draft.with(|draft| draft.as_ref().map(|draft| draft.owed));
            let owed = owed.map(|owed| money::money(owed, &context::currency(self.session)));
            say!(plan.asks, no = self.no.get(), owed = owed.unwrap_or_default())
        });
        let content = move || untrack(|| self.content());
        view! { <Dialog open=self.open title=title>{content()}</Dialog> }.into_any()
    }

    fn content(self) -> AnyView {
        let submit = move |ev: web_sys::SubmitEvent| {
            ev.prevent_default();
            self.form.record(untrack(|| self.commands()), move |_| {
                self.open.set(false);
                self.said.set(Some(say!(plan.planned, no = self.no.get_untracked())));
            });
        };
        let add = move |()| {
            let currency = context::currency(self.session);
            self.change(|draft| draft.add_part(&currency));
        };
        let parts = Memo::new(move |_| {
            let keys = |draft: &PlanDraft| draft.parts.iter().map(|part| part.key).collect::<Vec<_>>();
            self.draft.with(|draft| draft.as_ref().map(keys).unwrap_or_default())
        });
        let full = Signal::derive(move || {
            parts.with(|parts| (parts.len() >= MOST).then(|| say!(plan.full, most = MOST)))
        });
        view! {
            <form class="stack" novalidate on:submit=submit>
                <ErrorSummary problems=self.form.problems()/>
                <p class="muted">{say!(plan.says)}</p>
                {self.split()}
                <For each=move || parts.get() key=|key| *key children=move |key| self.part(key)/>
                <p class="why" role="status">{move || self.left()}</p>
                <div class="row" id=ADD.id() tabindex="-1">
                    <Button label=say!(plan.add) why_not=full on_press=add/>
                </div>
                <div class="actions">
                    <Button label=say!(plan.save) look=Look::Primary submit=true/>
                    <Button label=say!(correct.cancel) on_press=move |()| self.open.set(false)/>
                </div>
            </form>
        }
        .into_any()
    }

    fn change(self, change: impl FnOnce(&mut PlanDraft)) {
        self.draft.update(|draft| {
            if let Some(draft) = draft {
                change(draft);
            }
        });
    }

    /// Equal instalments, a month apart, from the first date on.
    fn split(self) -> AnyView {
        let split = move |()| {
            let (today, currency) = (self.session.today().get_untracked(), context::currency(self.session));
            let count = self.count.get_untracked().trim().parse().unwrap_or(0_usize);
            self.change(|draft| {
                let first = draft.parts.first().and_then(|part| Date::parse(&part.due)).unwrap_or(today);
                if (1..=MOST).contains(&count) {
                    draft.split(count, first, &currency);
                }
            });
        };
        let why = Signal::derive(move || {
            let count = self.count.get().trim().parse().unwrap_or(0_usize);
            (!(1..=MOST).contains(&count)).then(|| say!(plan.count_wrong, most = MOST))
        });
        view! {
            <div class="pair">
                <TextField id=COUNT.id() label=say!(plan.count) value=self.count keyboard="numeric" short=true/>
                <div class="row"><Button label=say!(plan.split) why_not=why on_press=split/></div>
            </div>
        }
        .into_any()
    }

    fn part(self, key: u32) -> AnyView {
        let (at_due, at_amount) = (Field::of(DUE, key), Field::of(AMOUNT, key));
        let number = move || {
            let at = |draft: &PlanDraft| draft.parts.iter().position(|part| part.key == key);
            self.draft.with(|draft| draft.as_ref().and_then(at)).map_or(0, |at| at + 1)
        };
        let remove = move |()| {
            self.change(|draft| draft.remove_part(key));
            focus_on(ADD.id());
        };
        let sign = money::sign(&context::currency(self.session));
        view! {
            <fieldset class="order-line">
                <legend class="heard">{move || say!(plan.instalment, number = number())}</legend>
                <div class="pair">
                    <DateField id=at_due.id() label=say!(plan.due) error=self.form.error(at_due.clone()) required=true
                        value=self.text(key, |part| &mut part.due)/>
                    <AmountField id=at_amount.id() label=say!(plan.amount) currency=sign required=true
                        error=self.form.error(at_amount.clone()) value=self.text(key, |part| &mut part.amount)/>
                </div>
                <Button label=Signal::derive(move || say!(plan.remove, number = number())) look=Look::Quiet
                    on_press=remove/>
            </fieldset>
        }
        .into_any()
    }

    fn text(self, key: u32, place: fn(&mut PartDraft) -> &mut String) -> Value<String> {
        let read = move || {
            let mut draft = self.draft.get()?;
            let part = draft.parts.iter_mut().find(|part| part.key == key)?;
            Some(std::mem::take(place(part)))
        };
        bind::text(
            move || read().unwrap_or_default(),
            move |typed| {
                self.change(|draft| {
                    let part = draft.parts.iter_mut().find(|part| part.key == key);
                    part.into_iter().for_each(|part| place(part).clone_from(&typed));
                });
            },
        )
    }

    /// What is left to plan.
    fn left(self) -> String {
        let currency = context::currency(self.session);
        let left = self.draft.with(|draft| draft.as_ref().map(|draft| draft.left(&currency)));
        match left.filter(|left| !left.is_zero()) {
            None => String::new(),
            Some(left) if left.is_positive() => say!(plan.left, amount = money::money(left, &currency)),
            Some(left) => say!(plan.too_much, amount = money::money(-left, &currency)),
        }
    }
}

/// The plan of the order; nothing without one.
pub(super) fn section(currency: &Currency, collecting: Collecting, view: &Arc<OrderView>) -> AnyView {
    if view.instalments.is_empty() {
        return ().into_any();
    }
    let today = context::session().today();
    let (rows, currency) = (view.instalments.clone(), currency.clone());
    let lines = move |today: Date| {
        let lines = rows.iter().map(|row| line(row, today, &currency)).collect_view();
        let columns =
            vec![Column::new(say!(plan.due)), Column::num(say!(plan.amount)), Column::num(say!(plan.open))];
        view! { <Table caption=say!(plan.plan) columns=columns>{lines}</Table> }.into_any()
    };
    view! { <section class="subsection"><h2>{say!(plan.plan)}</h2>{swap(today, lines)}{collecting.controls(view)}</section> }.into_any()
}

fn line(row: &InstalmentRow, today: Date, currency: &Currency) -> AnyView {
    let overdue = row.open.is_positive() && row.due < today;
    let tag = match (row.open.is_positive(), overdue) {
        (false, _) => Some((say!(plan.paid), Tone::In)),
        (true, true) => Some((say!(customer.overdue), Tone::Warn)),
        (true, false) if row.due == today => Some((say!(plan.today), Tone::Accent)),
        (true, false) => None,
    };
    let tag = tag.map(|(text, tone)| view! { " "<Tag text=text tone=tone/> });
    let collected =
        row.collected.map(|state| view! { <span class="small muted">" "{collect::state(state)}</span> });
    view! {
        <tr>
            <th scope="row">{date::long(row.due)}{tag}{collected}</th>
            <td class="num"><Figure amount=Some(row.amount) currency=currency.clone()/></td>
            <td class="num strong">
                <Figure amount=Some(row.open) currency=currency.clone() format=FigureFormat::Dash/>
            </td>
        </tr>
    }
    .into_any()
}
