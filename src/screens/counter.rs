//! The counter screen: find a customer, take money, see the day's totals and open tasks.

mod ages;
mod due;
mod figures;
mod search;
mod to_do;

use crate::at::at;
use crate::components::{Empty, Heading, LinkButton, Look, swap};
use crate::route::Route;
use crate::screens::{backup, context, without_pin};
use crate::session::{Session, SyncPhase};
use crate::text::say;
use leptos::prelude::*;

/// The screen at `/`.
#[component]
pub fn Counter(
    /// The entries that do not count; asked for only where there may be some, because a first visit has none.
    exceptions: UnsyncCallback<(), AnyView>,
) -> AnyView {
    let session = expect_context::<Session>();
    let (shop, customers) = (session.shop(), session.customers());
    // Once shown they stay, with what was said about the last one.
    let some = Memo::new(move |shown: Option<&bool>| {
        shown == Some(&true)
            || shop
                .with(|shop| shop.as_deref().is_some_and(|shop| context::not_entitled(shop).next().is_some()))
            || session.late().with(|late| !late.is_empty())
            || session.sync().with(|sync| sync.phase != SyncPhase::Alone)
    });
    let first = Memo::new(move |_| customers.with(|all| all.is_empty()));
    view! {
        <Heading text=say!(counter.title) heard=true leave_focus=true/>
        {search::search()}
        <div class="row even lead-actions">
            <LinkButton href=at(Route::Pay) label=say!(counter.enter_payment) look=Look::Primary key="P"/>
            <LinkButton href=at(Route::AddOrder) label=say!(counter.add_order) key="O"/>
            {move || (!first.get()).then(|| view! { {add_customer()}{check()} })}
        </div>
        {without_pin::notice()}
        {swap(some, move |some| if some { exceptions.run(()) } else { ().into_any() })}
        {figures::figures()}
        {backup::reminder()}
        {swap(first, |first| if first { empty() } else { below() })}
    }
    .into_any()
}

fn empty() -> AnyView {
    view! {
        <Empty title=say!(counter.first_title) says=say!(counter.first_says)>
            <div class="row">{add_customer()}{import()}</div>
        </Empty>
    }
    .into_any()
}

/// The page has only one such button: at the top, or in the empty state before the first customer.
fn add_customer() -> AnyView {
    view! { <LinkButton href=at(Route::AddCustomer) label=say!(counter.add_customer)/> }.into_any()
}

/// Whether a paper that a customer brings is genuine.
fn check() -> AnyView {
    view! { <LinkButton href=at(Route::Check) label=say!(check.title) look=Look::Quiet/> }.into_any()
}

fn import() -> AnyView {
    view! { <LinkButton href=at(Route::Import) label=say!(import.offer) look=Look::Quiet/> }.into_any()
}

fn below() -> AnyView {
    view! { <div class="cols below"><div class="stack">{due::due()}{to_do::to_do()}</div>{ages::ages()}</div> }.into_any()
}
