//! *Add Credit Note* on an order: it reduces the sale; what then exceeds the balance becomes credit.

use crate::at::at;
use crate::components::{
    AmountField, Button, Crumb, Crumbs, ErrorSummary, Heading, LinkButton, Look, TextArea,
};
use crate::components::{live, swap};
use crate::forms::credit::{AMOUNT, NOTE, NoteDraft};
use crate::forms::{Errors, Reason, ReasonDraft};
use crate::route::Query;
use crate::screens::confirm_step::{ConfirmStep, taken_off};
use crate::screens::confirmation::confirmation;
use crate::screens::form::Form;
use crate::screens::{bind, clawback, context, draft_storage, links, reason, returned_lines};
use crate::screens::{outcome_panel, print_links};
use crate::session::{Loaded, Session};
use crate::text::{money, say};
use ledger::entry::EntryKind;
use ledger::id::Id;
use ledger::money::{Currency, Money};
use ledger::rules::Command;
use ledger::view::order::OrderView;
use leptos::prelude::*;
use std::sync::Arc;

/// One credit note in progress.
#[derive(Clone, Copy)]
struct Note {
    customer: StoredValue<Id>,
    draft: RwSignal<NoteDraft>,
    order: Signal<Loaded<Arc<OrderView>>>,
    form: Form,
    currency: StoredValue<Currency>,
}

/// The screen at `/customers/:c/orders/:o/credit`.
#[component]
pub fn AddNote() -> AnyView {
    let (customer, order, done) = (context::customer(), context::order(), context::query(Query::Done));
    let at = Memo::new(move |_| {
        let done = done.get().and_then(|id| Id::new(&id).ok());
        customer.get().zip(order.get()).map(|(customer, order)| (customer, order, done))
    });
    swap(at, move |at| match at {
        Some((customer, order, None)) => form(customer, order),
        Some((customer, order, Some(note))) => recorded(customer, order, note),
        None => ().into_any(),
    })
}

fn form(customer: Id, order: Id) -> AnyView {
    let (session, draft_name) = (context::session(), format!("note/{order}"));
    let currency = context::currency(session);
    let own = order.clone();
    let (draft, restored) =
        draft_storage::open(&draft_name, move || NoteDraft::new(Session::new_id(), own.clone()));
    let note = Note {
        order: session.order(customer.clone(), order.clone()),
        draft,
        form: Form::new(session, currency.clone(), draft_name),
        customer: StoredValue::new(customer.clone()),
        currency: StoredValue::new(currency),
    };
    note.form.follow(move || note.read().err().unwrap_or_default());
    let router = context::router();
    let path = links::add_note(&customer, &order);
    let sure = ConfirmStep::new(session);
    let ask = move |ev: web_sys::SubmitEvent| {
        ev.prevent_default();
        match untrack(|| note.read()) {
            Err(errors) => note.form.show(errors),
            Ok(command) => {
                note.form.clear();
                sure.ask(untrack(|| note.question(&command)), vec![command]);
            }
        }
    };
    let record = move |()| {
        let done = note.draft.with_untracked(|draft| path.clone().with(Query::Done, &draft.id));
        note.form.record(note.commands(), move |_| {
            router.go_instead(done);
        });
    };
    let may = Memo::new(move |_| context::may(session, EntryKind::OrderCredited, Money::ZERO));
    let why = Signal::derive(move || (!may.get()).then(|| say!(order.clerk_credit)));
    view! {
        {note.crumbs(&order)}
        <Heading text=say!(credit.add_credit_note)/>
        <form class="form after-heading" novalidate on:submit=ask>
            {restored.notice(move || note.form.clear())}
            <ErrorSummary problems=note.form.problems()/>
            {fields(note)}
            <div class="actions">
                <Button label=say!(credit.note) look=Look::Primary submit=true why_not=why/>
                <span on:click=move |_| note.form.forget()>
                    <LinkButton href=at(links::order(&customer, &order)) label=say!(credit.cancel) look=Look::Quiet/>
                </span>
            </div>
        </form>
        {sure.dialog(say!(credit.note), UnsyncCallback::new(record))}
    }
    .into_any()
}

impl Note {
    fn view(self) -> Option<Arc<OrderView>> {
        match self.order.get() {
            Loaded::Ready(view) => Some(view),
            Loaded::Pending | Loaded::Missing => None,
        }
    }

    /// The part of the sale that is neither credited nor written off.
    fn left(self) -> Money {
        let left = |view: Arc<OrderView>| view.row.amount - view.row.credited - view.row.written_off;
        self.view().map_or(Money::ZERO, left)
    }

    fn commands(self) -> Result<Vec<Command>, Errors> {
        untrack(|| self.read()).map(|command| vec![command])
    }

    fn read(self) -> Result<Command, Errors> {
        let (left, returns) = (self.left(), self.view().map(|view| view.returns.clone()).unwrap_or_default());
        self.customer.with_value(|customer| {
            self.currency.with_value(|currency| {
                self.draft.with(|draft| draft.command(customer, (left, &returns), currency))
            })
        })
    }

    /// What the lines that came back are worth; `None` if there are none, or the form has a problem.
    fn value(self) -> Option<Money> {
        let mut draft = self.draft.get();
        if draft.returned.is_empty() {
            return None;
        }
        (draft.amount, draft.reason) = (String::new(), ReasonDraft::given(Reason::ReturnedGoods));
        let (left, returns) = (self.left(), self.view()?.returns.clone());
        let customer = self.customer.get_value();
        let command =
            self.currency.with_value(|currency| draft.command(&customer, (left, &returns), currency)).ok()?;
        let preview = context::session().preview(&command).ok()?;
        Some(taken_off(&preview))
    }

    /// The box of partner commissions, with what it would move.
    fn commissions(self, view: &OrderView) -> AnyView {
        let draft = self.draft;
        let marked = bind::checkbox(
            move || draft.with(|draft| draft.clawback),
            move |on| draft.update(|draft| draft.clawback = on),
        );
        let moves = move || {
            let (left, returns) = (self.left(), self.view()?.returns.clone());
            let customer = self.customer.get_value();
            let commands = |clawback: bool| {
                let draft = NoteDraft { clawback, ..draft.get() };
                let read = |currency: &Currency| draft.command(&customer, (left, &returns), currency);
                self.currency.with_value(read).ok().map(|command| vec![command])
            };
            clawback::moved(context::session(), commands(true), commands(false))
        };
        clawback::of_credit(view, moves, marked, self.currency.get_value())
    }

    /// The question of the confirm step, with the amount as the ledger previews it.
    fn question(self, command: &Command) -> String {
        let preview = context::session().preview(command).unwrap_or_default();
        let amount = self.currency.with_value(|currency| money::money(taken_off(&preview), currency));
        let no = self.view().and_then(|view| view.row.no.clone()).unwrap_or_default();
        let name = context::customer_name(context::session(), &self.customer.get_value());
        say!(credit.sure_note, amount = amount, no = no, name = name)
    }

    fn crumbs(self, order: &Id) -> AnyView {
        let (customer, order) = (self.customer.get_value(), order.clone());
        let row = context::row(context::session(), customer.clone());
        let crumbs = Signal::derive(move || {
            let name = row.get().map(|row| row.name).unwrap_or_default();
            let no = self.view().and_then(|view| view.row.no.clone()).unwrap_or_default();
            vec![
                Crumb::new(at(links::customer(&customer)), name),
                Crumb::new(at(links::order(&customer, &order)), say!(order.title, no = no)),
            ]
        });
        view! { <Crumbs crumbs=crumbs/> }.into_any()
    }
}

fn fields(note: Note) -> AnyView {
    let (draft, form) = (note.draft, note.form);
    let amount = bind::text(
        move || draft.with(|draft| draft.amount.clone()),
        move |typed| draft.update(|draft| draft.amount = typed),
    );
    let words = bind::text(
        move || draft.with(|draft| draft.note.clone()),
        move |typed| draft.update(|draft| draft.note = typed),
    );
    let why = reason::fields(
        form,
        Signal::derive(move || draft.with(|draft| draft.reason.clone())),
        move |reason| draft.update(|draft| draft.reason = reason),
    );
    let hint = Signal::derive(move || {
        let write = |amount| note.currency.with_value(|currency| money::money(amount, currency));
        match note.value() {
            Some(value) => say!(credit.value_of_lines, amount = write(value)),
            None => say!(credit.left, amount = write(note.left())),
        }
    });
    let sign = note.currency.with_value(money::sign);
    let loaded = Memo::new(move |_| note.view().is_some());
    let goods = move |loaded: bool| {
        let Some(view) = untrack(|| note.view()).filter(|_| loaded) else { return ().into_any() };
        let drafts = Signal::derive(move || draft.with(|draft| draft.returned.clone()));
        let write = move |returned| draft.update(|draft| draft.returned = returned);
        returned_lines::fields(form, &view, drafts, write)
    };
    let boxes = move |loaded: bool| {
        let view = untrack(|| note.view()).filter(|_| loaded);
        view.map_or_else(|| ().into_any(), |view| note.commissions(&view))
    };
    view! {
        {swap(loaded, goods)}
        <AmountField id=AMOUNT.id() label=say!(credit.amount) hint=hint currency=sign value=amount big=true
            error=form.error(AMOUNT) required=true/>
        {why}
        {swap(loaded, boxes)}
        <TextArea id=NOTE.id() label=say!(credit.notes) hint=say!(credit.notes_hint) value=words error=form.error(NOTE)/>
        {confirmation(form, NOTE, draft, |draft| &draft.note, say!(problems.not_a_card))}
    }
    .into_any()
}

fn recorded(customer: Id, order: Id, credit: Id) -> AnyView {
    let account = context::session().account(customer.clone());
    let recorded = context::session().last_recorded(&credit);
    let panel = move || {
        let Loaded::Ready(view) = account.get() else { return None };
        let row = view.lots.iter().find(|row| row.id == credit)?;
        let amount = money::money(row.amount, &context::currency(context::session()));
        let taken_off = say!(refund.done_taken_off, amount = amount.clone());
        let title = say!(credit.done_note, no = row.no.clone().unwrap_or_default(), amount = amount);
        let href = at(links::order(&customer, &order).with(Query::New, &credit));
        let pay_out = at(links::pay_out(&customer, true));
        let pay_out = row.os.is_positive().then(|| {
            view! { <LinkButton href=pay_out label=say!(credit.to_refund_os)/> }
        });
        let next = view! {
            <LinkButton href=href look=Look::Primary label=say!(refund.back_to_order)/>
            {pay_out}
            {print_links::button(&customer, &credit, say!(paper.print_note))}
        };
        let taken_off = view! { <p>{taken_off}</p> };
        Some(outcome_panel::panel(title, recorded.as_deref(), taken_off, next.into_any()))
    };
    view! { <Heading text=say!(credit.add_credit_note) leave_focus=true/>{live(panel)} }.into_any()
}
