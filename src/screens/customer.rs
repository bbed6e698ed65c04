//! The screen of one customer: balance and credit, four lists, and recent activity.

mod actions;
mod chunked_list;
mod credits;
mod exceptions;
mod head;
mod orders;
mod page;
mod payments;
mod recalculate;
mod recent_activity;
mod refunds;

use crate::at::at;
use crate::components::{Crumb, Crumbs, Empty, LinkButton, Tab, TabPanel, Tabs};
use crate::components::{live, swap};
use crate::route::{Query, Route};
use crate::screens::correct::Corrections;
use crate::screens::refunds::decision::Decision;
use crate::screens::{context, links};
use crate::session::Loaded;
use crate::text::say;
use ledger::id::Id;
use ledger::view::account::AccountView;
use leptos::prelude::*;
use page::{AccountMemo, CustomerPage};

/// The screen at `/customers/:c`.
#[component]
pub fn Customer() -> AnyView {
    let customer = context::customer();
    swap(customer, |customer| customer.map_or_else(missing, account))
}

fn account(id: Id) -> AnyView {
    let session = context::session();
    let account = session.account(id.clone());
    let gone = Memo::new(move |_| account.with(|account| matches!(account, Loaded::Missing)));
    let view = Memo::new(move |_| match account.get() {
        Loaded::Ready(view) => Some(view),
        Loaded::Pending | Loaded::Missing => None,
    });
    let (corrections, decision) = (Corrections::new(session, id.clone()), Decision::new(session));
    let page = CustomerPage { id, view, currency: context::currency(session), corrections, decision };
    swap(gone, move |gone| if gone { missing() } else { whole(page.clone()) })
}

fn whole(page: CustomerPage) -> AnyView {
    let up = vec![Crumb::new(at(Route::Customers), say!(shell.customers))];
    let view = page.view;
    let dialogs = (page.corrections.dialog(move || view.get()), page.decision.dialog());
    view! {
        <Crumbs crumbs=up/>
        {head::head(&page)}
        {unreliable(page.view, page.id.clone())}
        {warning(page.view, |view| view.broken, || say!(customer.broken))}
        {warning(page.view, |view| !view.awaited.is_empty(), || say!(customer.awaited))}
        {exceptions::exceptions(&page)}
        {actions::actions(&page)}
        {page.corrections.notice()}
        {page.decision.notice()}
        {lists(page.clone())}
        {recent_activity::recent_activity(page)}
        {dialogs}
    }
    .into_any()
}

/// A warning, shown when entries of the account cannot be read, or are not as they were recorded.
fn unreliable(view: AccountMemo, customer: Id) -> AnyView {
    let session = context::session();
    let why = Memo::new(move |_| {
        let incomplete = view.with(|view| view.as_deref().is_some_and(|view| view.incomplete));
        incomplete.then(|| session.is_damaged(&customer))
    });
    let words = |damaged| if damaged { say!(customer.damaged) } else { say!(customer.incomplete) };
    live(move || why.get().map(|damaged| view! { <p class="note warn">{words(damaged)}</p> }))
}

/// A warning, shown when the figures below are unreliable.
fn warning(view: AccountMemo, holds: fn(&AccountView) -> bool, words: fn() -> String) -> AnyView {
    let holds = Memo::new(move |_| view.with(|view| view.as_deref().is_some_and(holds)));
    live(move || holds.get().then(|| view! { <p class="note warn">{words()}</p> }))
}

fn lists(page: CustomerPage) -> AnyView {
    let asked = context::query(Query::Tab);
    let current = Signal::derive(move || match asked.get().as_deref() {
        Some(known @ ("payments" | "credits" | "refunds")) => known.to_owned(),
        _ => "orders".to_owned(),
    });
    let view = page.view;
    let tab = |key: &str, label: String, count: fn(&AccountView) -> usize| Tab {
        key: key.into(),
        label,
        count: Signal::derive(move || view.with(|view| view.as_deref().map(count))),
        href: at(links::tab(&page.id, key)),
        shortcut: "",
    };
    let tabs = vec![
        tab("orders", say!(customer.orders), |view| view.orders.len()),
        tab("payments", say!(customer.payments), |view| view.payments.len()),
        tab("credits", say!(customer.credits), |view| view.lots.len()),
        tab("refunds", say!(customer.refunds), |view| view.refunds.len()),
    ];
    let label = context::row(context::session(), page.id.clone())
        .get_untracked()
        .map_or_else(|| say!(shell.customers), |row| row.name);
    let list = move |tab: String| match tab.as_str() {
        "payments" => payments::payments(page.clone()),
        "credits" => credits::credits(page.clone()),
        "refunds" => refunds::refunds(page.clone()),
        _ => orders::orders(page.clone()),
    };
    view! {
        <Tabs label=label tabs=tabs current=current/>
        <TabPanel current=current>{swap(current, list)}</TabPanel>
    }
    .into_any()
}

fn missing() -> AnyView {
    view! {
        <Empty title=say!(customer.missing) says=say!(customer.missing_hint)>
            <LinkButton href=at(Route::Customers) label=say!(customer.find)/>
        </Empty>
    }
    .into_any()
}
