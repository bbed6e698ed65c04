//! One order: its lines, what is paid, credited and owed, and everything that happened to it.

mod actions;
mod documents;
mod lines;
mod sums;

use crate::at::at;
use crate::components::{Crumb, Crumbs, Empty, Heading, LinkButton, RowMenu};
use crate::components::{live, swap};
use crate::screens::{context, links, shown};
use crate::session::Loaded;
use crate::text::{date, money, say};
use ledger::id::Id;
use ledger::money::Currency;
use ledger::view::order::OrderView;
use leptos::prelude::*;
use std::sync::Arc;

/// What the parts of the page are made with.
#[derive(Clone)]
struct Here {
    customer: Id,
    order: Id,
    currency: Currency,
    /// What was just recorded, so that its line can be marked.
    new: Option<Id>,
}

/// The screen at `/customers/:c/orders/:o`.
#[component]
pub fn Order() -> AnyView {
    let (customer, order) = (context::param("c"), context::param("o"));
    let at = Memo::new(move |_| (customer.get(), order.get()));
    swap(at, |at| match at {
        (Some(customer), Some(order)) => page(customer, order),
        _ => missing(),
    })
}

fn page(customer: Id, order: Id) -> AnyView {
    let session = context::session();
    let loaded = session.order(customer.clone(), order.clone());
    let new = context::query("new").get_untracked().and_then(|text| Id::new(&text).ok());
    let here = Here { customer, order, currency: context::currency(session), new };
    live(move || match loaded.get() {
        Loaded::Pending => opening(&here.customer),
        Loaded::Missing => missing(),
        Loaded::Ready(view) => whole(&here, &view),
    })
}

fn whole(here: &Here, view: &Arc<OrderView>) -> AnyView {
    let no = view.row.no.clone().unwrap_or_default();
    view! {
        {crumbs(&here.customer)}
        <div class="head">
            <div>
                <Heading text=say!(order.title, no = no)/>
                <p class="row">{about(view)}{shown::order_tag(&view.row, today())}</p>
            </div>
            <p class="balance">{say!(customer.owed)}<b>{money::money(view.row.owed, &here.currency)}</b></p>
        </div>
        {actions::actions(here, view)}
        <div class="sheet">
            {lines::lines(here, view)}
            {sums::sums(here, view)}
        </div>
        {documents::documents(here, view)}
    }
    .into_any()
}

/// Date, due date, reference.
fn about(view: &OrderView) -> AnyView {
    let mut known = vec![date::short(view.row.on, today())];
    known.extend(view.row.due.map(|due| say!(order.due, date = date::short(due, today()))));
    known.extend(view.reference.clone().map(|reference| say!(order.reference, reference = reference)));
    view! { <span>{known.join(" · ")}</span> }.into_any()
}

/// The row menu of the order: what *Payments* within a customer offers too.
fn menu(here: &Here, view: &OrderView) -> AnyView {
    let items = actions::menu_items(here, view);
    let name = view.row.no.clone().unwrap_or_default();
    view! { <RowMenu label=say!(parts.actions_for, name = name) items=items/> }.into_any()
}

fn crumbs(customer: &Id) -> AnyView {
    let (href, row) = (at(links::customer(customer)), context::row(context::session(), customer.clone()));
    let crumbs = Signal::derive(move || {
        let name = row.get().map(|row| row.name).unwrap_or_default();
        vec![Crumb::new(at("/customers"), say!(shell.customers)), Crumb::new(href.clone(), name)]
    });
    view! { <Crumbs crumbs=crumbs/> }.into_any()
}

/// While the account is read: where one is, and a dash.
fn opening(customer: &Id) -> AnyView {
    view! {
        {crumbs(customer)}
        <p class="balance">{say!(customer.owed)}<b>{money::DASH}</b></p>
    }
    .into_any()
}

/// There is no order of that id.
pub(super) fn missing() -> AnyView {
    view! {
        <Empty title=say!(order.missing) says=say!(order.missing_hint)>
            <LinkButton href=at("/customers") label=say!(customer.find)/>
        </Empty>
    }
    .into_any()
}

fn today() -> ledger::date::Date {
    context::session().today().get_untracked()
}
