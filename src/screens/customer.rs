//! One customer: what is owed and what is held, four lists, and what happened lately.

mod actions;
mod credits;
mod exceptions;
mod head;
mod lately;
mod orders;
mod payments;
mod portion;
mod refunds;

use crate::at::at;
use crate::components::{Crumb, Crumbs, Empty, LinkButton, Tab, TabPanel, Tabs};
use crate::components::{live, swap};
use crate::screens::{context, links};
use crate::session::Loaded;
use crate::text::say;
use ledger::id::Id;
use ledger::money::Currency;
use ledger::view::account::AccountView;
use leptos::prelude::*;
use std::sync::Arc;

/// One account as its lists see it; `None` until it is read.
type View = Memo<Option<Arc<AccountView>>>;

/// What the lists of a customer are made with.
#[derive(Clone)]
struct Here {
    id: Id,
    view: View,
    currency: Currency,
}

/// The screen at `/customers/:c`.
#[component]
pub fn Customer() -> AnyView {
    let customer = context::param("c");
    swap(customer, |customer| customer.map_or_else(missing, page))
}

fn page(id: Id) -> AnyView {
    let session = context::session();
    let account = session.account(id.clone());
    let gone = Memo::new(move |_| account.with(|account| matches!(account, Loaded::Missing)));
    let view = Memo::new(move |_| match account.get() {
        Loaded::Ready(view) => Some(view),
        Loaded::Pending | Loaded::Missing => None,
    });
    let here = Here { id, view, currency: context::currency(session) };
    swap(gone, move |gone| if gone { missing() } else { whole(here.clone()) })
}

fn whole(here: Here) -> AnyView {
    let up = vec![Crumb::new(at("/customers"), say!(shell.customers))];
    view! {
        <Crumbs crumbs=up/>
        {head::head(&here)}
        {warning(here.view, |view| view.incomplete, || say!(customer.incomplete))}
        {warning(here.view, |view| view.broken, || say!(customer.broken))}
        {exceptions::exceptions(&here)}
        {actions::actions(&here)}
        {lists(here.clone())}
        {lately::lately(here)}
    }
    .into_any()
}

/// What makes the figures below unreliable.
fn warning(view: View, holds: fn(&AccountView) -> bool, words: fn() -> String) -> AnyView {
    let holds = Memo::new(move |_| view.with(|view| view.as_deref().is_some_and(holds)));
    live(move || holds.get().then(|| view! { <p class="note warn">{words()}</p> }))
}

fn lists(here: Here) -> AnyView {
    let asked = context::query("tab");
    let current = Signal::derive(move || match asked.get().as_deref() {
        Some(known @ ("payments" | "credits" | "refunds")) => known.to_owned(),
        _ => "orders".to_owned(),
    });
    let view = here.view;
    let tab = |key: &str, label: String, count: fn(&AccountView) -> usize| Tab {
        key: key.into(),
        label,
        count: Signal::derive(move || view.with(|view| view.as_deref().map(count))),
        href: at(links::tab(&here.id, key)),
        shortcut: "",
    };
    let tabs = vec![
        tab("orders", say!(customer.orders), |view| view.orders.len()),
        tab("payments", say!(customer.payments), |view| view.payments.len()),
        tab("credits", say!(customer.credits), |view| view.lots.len()),
        tab("refunds", say!(customer.refunds), |view| view.refunds.len()),
    ];
    let label = context::row(context::session(), here.id.clone())
        .get_untracked()
        .map_or_else(|| say!(shell.customers), |row| row.name);
    let list = move |tab: String| match tab.as_str() {
        "payments" => payments::payments(here.clone()),
        "credits" => credits::credits(here.clone()),
        "refunds" => refunds::refunds(here.clone()),
        _ => orders::orders(here.clone()),
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
            <LinkButton href=at("/customers") label=say!(customer.find)/>
        </Empty>
    }
    .into_any()
}
