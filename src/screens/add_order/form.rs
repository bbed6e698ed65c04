//! The order form.

use super::order_form::OrderForm;
use super::order_route::OrderRoute;
use super::{line, more};
use crate::at::at;
use crate::components::{Button, Crumb, Crumbs, ErrorSummary, Heading, LinkButton, Look, focus_on};
use crate::forms::Field;
use crate::forms::order::TEXT;
use crate::route::Route;
use crate::screens::{context, links, walk_in};
use crate::text::say;
use ledger::id::Id;
use leptos::prelude::*;

pub(super) fn form(customer: Id, route: OrderRoute) -> AnyView {
    let order_form = OrderForm::new(context::session(), customer.clone());
    let router = context::router();
    let submit = move |ev: web_sys::SubmitEvent| {
        ev.prevent_default();
        let customer = order_form.customer.get_value();
        let order = order_form.draft.with_untracked(|draft| draft.id.clone());
        order_form.form.record(order_form.commands(), move |_| {
            router.go_instead(route.done(&customer, &order));
        });
    };
    let name = walk_in::name(context::session(), customer.clone());
    view! {
        {crumbs(&customer, name)}
        <Heading text=say!(add_order.title)/>
        <p class="muted whom">{move || say!(add_order.for_whom, name = name.get())}</p>
        <form class="cols order-form" novalidate on:submit=submit>
            <div class="stack">
                {order_form.restored.notice(move || order_form.form.clear())}
                <ErrorSummary problems=order_form.form.problems()/>
                {lines(order_form)}
                {more::more(order_form)}
                {buttons(order_form, &customer)}
            </div>
            <aside>{more::totals(order_form)}</aside>
        </form>
    }
    .into_any()
}

pub fn lines(order_form: OrderForm) -> AnyView {
    let draft = order_form.draft;
    let keys =
        Memo::new(move |_| draft.with(|draft| draft.lines.iter().map(|line| line.key).collect::<Vec<_>>()));
    let add = move |()| {
        let key = draft.try_update(crate::forms::order::OrderDraft::add_line);
        if let Some(key) = key {
            focus_on(Field::of(TEXT, key).id());
        }
    };
    view! {
        <div class="order-lines">
            <For each=move || keys.get() key=|key| *key let:key>{line::line(order_form, key)}</For>
            <span id="add-line" tabindex="-1">
                <Button label=say!(add_order.add_line) on_press=add/>
            </span>
        </div>
    }
    .into_any()
}

fn crumbs(customer: &Id, name: Signal<String>) -> AnyView {
    let (href, walk_in) = (at(links::customer(customer)), walk_in::is(customer));
    let crumbs = Signal::derive(move || match walk_in {
        true => vec![
            Crumb::new(at(Route::Counter), say!(shell.counter)),
            Crumb::new(at(Route::AddOrder), say!(add_order.title)),
        ],
        false => {
            vec![
                Crumb::new(at(Route::Customers), say!(shell.customers)),
                Crumb::new(href.clone(), name.get()),
            ]
        }
    });
    view! { <Crumbs crumbs=crumbs/> }.into_any()
}

fn buttons(order_form: OrderForm, customer: &Id) -> AnyView {
    let away = if walk_in::is(customer) { at(Route::Counter) } else { at(links::customer(customer)) };
    view! {
        <div class="actions">
            <Button label=say!(add_order.submit) look=Look::Primary submit=true/>
            <span on:click=move |_| order_form.form.forget()>
                <LinkButton href=away label=say!(add_order.cancel) look=Look::Quiet/>
            </span>
        </div>
    }
    .into_any()
}
