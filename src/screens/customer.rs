//! The screen of one customer: balance and credit, four lists, and recent activity.

mod actions;
mod chunked_list;
mod credits;
mod details;
mod exceptions;
mod head;
mod orders;
mod page;
mod payments;
mod recalculate;
mod recent_activity;
mod refunds;
mod same;

use crate::at::at;
use crate::components::{Crumb, Crumbs, Empty, LinkButton, Tab, TabPanel, Tabs};
use crate::components::{live, swap};
use crate::route::{Query, Route};
use crate::screens::correct::Corrections;
use crate::screens::pay_out::done;
use crate::screens::refunds::decision::Decision;
use crate::screens::{context, links, mail_tags};
use crate::session::Loaded;
use crate::text::say;
use ledger::id::Id;
use ledger::view::account::AccountView;
use leptos::prelude::*;
use page::{AccountMemo, CustomerPage};
use same::Same;

/// The screen at `/customers/:c`.
#[component]
pub fn Customer() -> AnyView {
    let customer = context::customer();
    swap(customer, |customer| customer.map_or_else(missing, account))
}

fn account(id: Id) -> AnyView {
    let session = context::session();
    mail_tags::provide(session, id.clone());
    let account = session.account(id.clone());
    let gone = Memo::new(move |_| account.with(|account| matches!(account, Loaded::Missing)));
    let (page, same) = (page_of(id.clone()), Same::new(session, id));
    swap(gone, move |gone| if gone { missing() } else { whole(page.clone(), same) })
}

/// What the lists of an account are built from.
fn page_of(id: Id) -> CustomerPage {
    let session = context::session();
    let account = session.account(id.clone());
    let view = Memo::new(move |_| match account.get() {
        Loaded::Ready(view) => Some(view),
        Loaded::Pending | Loaded::Missing => None,
    });
    let (corrections, decision) = (Corrections::new(session, id.clone()), Decision::new(session));
    CustomerPage { id, view, currency: context::currency(session), corrections, decision }
}

fn whole(page: CustomerPage, same: Same) -> AnyView {
    let up = vec![Crumb::new(at(Route::Customers), say!(shell.customers))];
    let view = page.view;
    let dialogs = (page.corrections.dialog(move || view.get()), page.decision.dialog());
    let (own, decision, asked) = (page.clone(), page.decision, context::query(Query::Done));
    let paid_out = Memo::new(move |_| asked.get().and_then(|id| Id::new(&id).ok()));
    view! {
        <Crumbs crumbs=up/>
        {head::head(&page)}
        {swap(paid_out, move |payout| payout.map(|payout| done::recorded(view, payout, decision)).into_any())}
        {same.of_another()}
        {unreliable(page.view, page.id.clone())}
        {warning(page.view, |view| view.broken, || say!(customer.broken))}
        {warning(page.view, |view| !view.awaited.is_empty(), || say!(customer.awaited))}
        {exceptions::exceptions(&page)}
        {actions::actions(&page, same)}
        {same.notice()}
        {page.corrections.notice()}
        {page.decision.notice()}
        {swap(same.duplicates(), move |others| documents(&own, others, same))}
        {dialogs}
        {same.dialog()}
    }
    .into_any()
}

/// The documents of the account and of the duplicates that are shown with it.
fn documents(page: &CustomerPage, others: Vec<Id>, same: Same) -> AnyView {
    let others: Vec<CustomerPage> = others.into_iter().map(page_of).collect();
    let of_other = |other: &CustomerPage| {
        let view = other.view;
        let dialogs = (other.corrections.dialog(move || view.get()), other.decision.dialog());
        let notices = (other.corrections.notice(), other.decision.notice());
        view! { {exceptions::exceptions(other)}{notices}{dialogs} }
    };
    let acts = others.iter().map(of_other).collect_view();
    let all: Vec<CustomerPage> = std::iter::once(page).chain(&others).cloned().collect();
    view! {
        {acts}
        {same.accounts(&all)}
        {lists(all.clone())}
        {recent_activity::recent_activity(&all)}
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

/// The tabs; each list of an account that is shown with this one stands under its name. There is at least one account.
fn lists(pages: Vec<CustomerPage>) -> AnyView {
    let asked = context::query(Query::Tab);
    let current = Signal::derive(move || match asked.get().as_deref() {
        Some(known @ ("payments" | "credits" | "refunds" | "details")) => known.to_owned(),
        _ => "orders".to_owned(),
    });
    let Some(id) = pages.first().map(|page| page.id.clone()) else { return ().into_any() };
    let views: Vec<AccountMemo> = pages.iter().map(|page| page.view).collect();
    let tab = |key: &str, label: String, count: Option<fn(&AccountView) -> usize>| Tab {
        key: key.into(),
        label,
        count: Signal::derive({
            let views = views.clone();
            move || {
                let counts = views.iter().map(|view| view.with(|view| view.as_deref().map(count?)));
                counts.sum()
            }
        }),
        href: at(links::tab(&id, key)),
        shortcut: "",
    };
    let tabs = vec![
        tab("orders", say!(customer.orders), Some(|view| view.orders.len())),
        tab("payments", say!(customer.payments), Some(|view| view.payments.len())),
        tab("credits", say!(customer.credits), Some(|view| view.lots.len())),
        tab("refunds", say!(customer.refunds), Some(|view| view.refunds.len())),
        tab("details", say!(customer.details), None),
    ];
    let label = context::row(context::session(), id)
        .get_untracked()
        .map_or_else(|| say!(shell.customers), |row| row.name);
    let of_page = |tab: &str, page: CustomerPage| match tab {
        "payments" => payments::payments(page),
        "credits" => credits::credits(page),
        "refunds" => refunds::refunds(page),
        "details" => details::details(&page),
        _ => orders::orders(page),
    };
    let list = move |tab: String| {
        let (own, others) = (pages.first().cloned(), pages.iter().skip(1));
        let own = own.map(|page| of_page(&tab, page));
        let other = |page: &CustomerPage| same::under_name(page, of_page(&tab, page.clone()));
        let others = others.map(other).collect_view();
        view! { {own}{others} }.into_any()
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
