//! The screen of one order: its lines, what is paid, credited and owed, and its documents.

mod actions;
mod collect;
mod documents;
mod lines;
mod page;
mod plan;
mod sums;

use crate::at::at;
use crate::components::{Crumb, Crumbs, Empty, Heading, LinkButton};
use crate::components::{live, swap};
use crate::route::{Query, Route};
use crate::screens::correct::Corrections;
use crate::screens::refunds::decision::Decision;
use crate::screens::{context, document_tables, links, mail_tags};
use crate::session::Loaded;
use crate::text::{date, money, say};
use collect::Collecting;
use ledger::id::Id;
use ledger::view::order::OrderView;
use leptos::prelude::*;
use page::OrderPage;
use plan::Planning;
use std::sync::Arc;

/// The screen at `/customers/:c/orders/:o`.
#[component]
pub fn Order() -> AnyView {
    let (customer, order) = (context::customer(), context::order());
    let at = Memo::new(move |_| (customer.get(), order.get()));
    swap(at, |at| match at {
        (Some(customer), Some(order)) => loaded(customer, order),
        _ => missing(),
    })
}

fn loaded(customer: Id, order: Id) -> AnyView {
    let session = context::session();
    mail_tags::provide(session, customer.clone());
    let loaded = session.order(customer.clone(), order.clone());
    let new = context::query(Query::New).get_untracked().and_then(|text| Id::new(&text).ok());
    let (corrections, decision) = (Corrections::new(session, customer.clone()), Decision::new(session));
    let account = session.account(customer.clone());
    let view = move || account.get().ready();
    let planning = Planning::new(session, customer.clone());
    let collecting = Collecting::new(session, customer.clone());
    let currency = context::currency(session);
    let page = OrderPage { customer, order, currency, corrections, decision, planning, collecting, new };
    let content = live(move || match loaded.get() {
        Loaded::Pending => opening(&page.customer),
        Loaded::Missing => absent(&page.customer, &page.order),
        Loaded::Ready(view) => whole(&page, &view),
    });
    view! { {content}{corrections.dialog(view)}{decision.dialog()}{planning.dialog()}{collecting.dialog()} }
        .into_any()
}

fn whole(page: &OrderPage, view: &Arc<OrderView>) -> AnyView {
    let no = view.row.no.clone().unwrap_or_default();
    view! {
        {crumbs(&page.customer)}
        <div class="head">
            <div>
                <Heading text=say!(order.title, no = no)/>
                <p class="row">{about(view)}{document_tables::order_tag(&view.row, today())}</p>
            </div>
            <p class="balance">{say!(customer.owed)}<b>{money::money(view.row.owed, &page.currency)}</b></p>
        </div>
        {actions::actions(page, view)}
        {page.corrections.notice()}
        {page.decision.notice()}
        {page.planning.notice()}
        {page.collecting.notice()}
        <div class="sheet">
            {lines::lines(page, view)}
            {sums::sums(page, view)}
        </div>
        {plan::section(&page.currency, page.collecting, view)}
        {documents::documents(page, view)}
    }
    .into_any()
}

/// The date, due date and reference.
fn about(view: &OrderView) -> AnyView {
    let mut known = vec![date::short(view.row.on, today())];
    known.extend(view.row.due.map(|due| say!(order.due, date = date::short(due, today()))));
    known.extend(view.reference.clone().map(|reference| say!(order.reference, reference = reference)));
    view! { <span>{known.join(" · ")}</span> }.into_any()
}

fn crumbs(customer: &Id) -> AnyView {
    let (href, row) = (at(links::customer(customer)), context::row(context::session(), customer.clone()));
    let crumbs = Signal::derive(move || {
        let name = row.get().map(|row| row.name).unwrap_or_default();
        vec![Crumb::new(at(Route::Customers), say!(shell.customers)), Crumb::new(href.clone(), name)]
    });
    view! { <Crumbs crumbs=crumbs/> }.into_any()
}

/// While the account is loaded: the breadcrumbs, and a dash.
fn opening(customer: &Id) -> AnyView {
    view! {
        {crumbs(customer)}
        <p class="balance">{say!(customer.owed)}<b>{money::DASH}</b></p>
    }
    .into_any()
}

/// The message about an order that is not here: that another counter has it, if documents of the account name it.
pub(super) fn absent(customer: &Id, order: &Id) -> AnyView {
    let (session, account) = (context::session(), at(links::customer(customer)));
    let (view, order) = (session.account(customer.clone()), order.clone());
    let awaited = Memo::new(move |_| view.get().ready().is_some_and(|view| view.awaited.contains(&order)));
    let customer = customer.clone();
    swap(awaited, move |awaited| {
        if !awaited {
            return missing();
        }
        let account = account.clone();
        view! {
            {crumbs(&customer)}
            <Empty title=say!(order.awaited) says=say!(order.awaited_hint)>
                <LinkButton href=account label=say!(order.to_customer)/>
            </Empty>
        }
        .into_any()
    })
}

/// The message that there is no order with that id.
fn missing() -> AnyView {
    view! {
        <Empty title=say!(order.missing) says=say!(order.missing_hint)>
            <LinkButton href=at(Route::Customers) label=say!(customer.find)/>
        </Empty>
    }
    .into_any()
}

fn today() -> ledger::date::Date {
    context::session().today().get_untracked()
}
