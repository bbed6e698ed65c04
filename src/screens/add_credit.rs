//! *Add Credit*: goodwill credit, or with a tax rate a credit note that belongs to no order.

use crate::at::at;
use crate::components::{
    AmountField, Button, Crumb, Crumbs, ErrorSummary, Heading, LinkButton, Look, TextArea, TextField,
};
use crate::components::{live, swap};
use crate::forms::credit::{AMOUNT, GrantDraft, NOTE, RATE};
use crate::route::{Query, Route};
use crate::screens::confirm_step::ConfirmStep;
use crate::screens::confirmation::confirmation;
use crate::screens::form::Form;
use crate::screens::{bind, choose_customer, context, draft_storage, links, reason};
use crate::screens::{outcome_panel, print_links};
use crate::session::{Loaded, Session};
use crate::text::{money, say};
use ledger::entry::EntryKind;
use ledger::id::Id;
use ledger::money::{Currency, Money};
use ledger::rules::Act;
use leptos::prelude::*;

/// The screen at `/customers/:c/credit`.
#[component]
pub fn AddCredit() -> AnyView {
    let (customer, done) = (context::customer(), context::query(Query::Done));
    let at = Memo::new(move |_| customer.get().map(|c| (c, done.get().and_then(|id| Id::new(&id).ok()))));
    swap(at, move |at| match at {
        Some((customer, None)) => {
            choose_customer::with_customer(&customer.clone(), move || form(customer.clone()))
        }
        Some((customer, Some(credit))) => recorded(customer, credit),
        None => ().into_any(),
    })
}

fn form(customer: Id) -> AnyView {
    let (session, draft_name) = (context::session(), format!("credit/{customer}"));
    let currency = context::currency(session);
    let (draft, restored) = draft_storage::open(&draft_name, || GrantDraft::new(Session::new_id()));
    let form = Form::new(session, currency.clone(), draft_name);
    let (who, written) = (customer.clone(), currency.clone());
    form.follow(move || draft.with(|draft| draft.command(&who, &written).err().unwrap_or_default()));
    let may = Memo::new(move |_| context::may(session, EntryKind::CreditGranted, Money::ZERO));
    let why = Signal::derive(move || (!may.get()).then(|| say!(credit.clerk)));
    let sure = ConfirmStep::new(session);
    let (ask, record) = (
        ask(customer.clone(), currency.clone(), draft, form, sure),
        submit(customer.clone(), currency.clone(), draft, form),
    );
    view! {
        {crumbs(&customer)}
        <Heading text=say!(credit.add_credit)/>
        <form class="form after-heading" novalidate on:submit=ask>
            {restored.notice(move || form.clear())}
            <ErrorSummary problems=form.problems()/>
            {fields(draft, form, &currency)}
            <div class="actions">
                <Button label=say!(credit.add) look=Look::Primary submit=true why_not=why/>
                <span on:click=move |_| form.forget()>
                    <LinkButton href=at(links::customer(&customer)) label=say!(credit.cancel) look=Look::Quiet/>
                </span>
            </div>
        </form>
        {sure.dialog(say!(credit.add), UnsyncCallback::new(move |()| record()))}
    }
    .into_any()
}

/// Asks whether the credit is to be given, once the form has no problem.
fn ask(
    customer: Id,
    currency: Currency,
    draft: RwSignal<GrantDraft>,
    form: Form,
    sure: ConfirmStep,
) -> impl Fn(web_sys::SubmitEvent) {
    move |ev| {
        ev.prevent_default();
        match draft.with_untracked(|draft| draft.command(&customer, &currency)) {
            Err(errors) => form.show(errors),
            Ok(command) => {
                form.clear();
                let Act::GrantCredit(asked) = &command.act else { return };
                let name = untrack(|| context::customer_name(context::session(), &customer));
                let amount = money::money(asked.amount, &currency);
                sure.ask(say!(credit.sure, amount = amount, name = name), vec![command]);
            }
        }
    }
}

fn submit(customer: Id, currency: Currency, draft: RwSignal<GrantDraft>, form: Form) -> impl Fn() {
    let router = context::router();
    move || {
        let read = draft.with_untracked(|draft| draft.command(&customer, &currency));
        let path = draft.with_untracked(|draft| links::add_credit(&customer).with(Query::Done, &draft.id));
        form.record(read.map(|command| vec![command]), move |_| {
            router.go_instead(path);
        });
    }
}

fn fields(draft: RwSignal<GrantDraft>, form: Form, currency: &Currency) -> AnyView {
    let field = |read: fn(&GrantDraft) -> &String, write: fn(&mut GrantDraft) -> &mut String| {
        bind::text(
            move || draft.with(|draft| read(draft).clone()),
            move |typed| draft.update(|draft| *write(draft) = typed),
        )
    };
    let why = reason::fields(
        form,
        Signal::derive(move || draft.with(|draft| draft.reason.clone())),
        move |reason| draft.update(|draft| draft.reason = reason),
    );
    view! {
        <AmountField id=AMOUNT.id() label=say!(credit.amount) currency=money::sign(currency) big=true
            value=field(|draft| &draft.amount, |draft| &mut draft.amount) error=form.error(AMOUNT) required=true/>
        {why}
        <TextField id=RATE.id() label=say!(credit.tax) hint=say!(credit.tax_hint) keyboard="decimal" short=true
            value=field(|draft| &draft.rate, |draft| &mut draft.rate) error=form.error(RATE)/>
        <TextArea id=NOTE.id() label=say!(credit.notes) hint=say!(credit.notes_hint)
            value=field(|draft| &draft.note, |draft| &mut draft.note) error=form.error(NOTE)/>
        {confirmation(form, NOTE, draft, |draft| &draft.note, say!(problems.not_a_card))}
    }
    .into_any()
}

fn recorded(customer: Id, credit: Id) -> AnyView {
    let account = context::session().account(customer.clone());
    let recorded = context::session().last_recorded(&credit);
    let panel = move || {
        let Loaded::Ready(view) = account.get() else { return None };
        let row = view.lots.iter().find(|row| row.id == credit)?;
        let amount = money::money(row.amount, &context::currency(context::session()));
        let title = say!(credit.done, no = row.no.clone().unwrap_or_default(), amount = amount);
        let next = view! {
            <LinkButton href=at(links::tab(&customer, "credits")) look=Look::Primary
                label=say!(pay.to_customer, name = view.customer.name.clone())/>
            {print_links::button(&customer, &credit, say!(paper.print_note))}
        };
        Some(outcome_panel::panel(title, recorded.as_deref(), (), next.into_any()))
    };
    view! { <Heading text=say!(credit.add_credit) leave_focus=true/>{live(panel)} }.into_any()
}

fn crumbs(customer: &Id) -> AnyView {
    let (href, row) = (at(links::customer(customer)), context::row(context::session(), customer.clone()));
    let crumbs = Signal::derive(move || {
        let name = row.get().map(|row| row.name).unwrap_or_default();
        vec![Crumb::new(at(Route::Customers), say!(shell.customers)), Crumb::new(href.clone(), name)]
    });
    view! { <Crumbs crumbs=crumbs/> }.into_any()
}
