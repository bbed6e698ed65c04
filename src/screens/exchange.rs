//! *Exchange*: goods of an order come back, other goods are taken instead, and the difference is paid or given back, all in one
//! press.

mod done;
mod exchange_form;
mod settle;

use crate::at::at;
use crate::components::{Button, Crumb, Crumbs, ErrorSummary, Heading, LinkButton, Look, swap};
use crate::route::Query;
use crate::screens::add_order;
use crate::screens::confirm_step::ConfirmStep;
use crate::screens::{context, links, reason, returned_lines};
use crate::session::Loaded;
use crate::text::say;
use exchange_form::ExchangeForm;
use ledger::id::Id;
use ledger::view::order::OrderView;
use leptos::prelude::*;

/// The screen at `/customers/:c/orders/:o/exchange`.
#[component]
pub fn Exchange() -> AnyView {
    let (customer, order, done) = (context::customer(), context::order(), context::query(Query::Done));
    let at = Memo::new(move |_| {
        let done = done.get().and_then(|id| Id::new(&id).ok());
        customer.get().zip(order.get()).map(|(customer, order)| (customer, order, done))
    });
    swap(at, move |at| match at {
        Some((customer, order, None)) => opened(customer, order),
        Some((customer, _, Some(new))) => done::recorded(customer, new),
        None => ().into_any(),
    })
}

/// The form, once the order is loaded.
fn opened(customer: Id, order: Id) -> AnyView {
    let loaded = context::session().order(customer.clone(), order.clone());
    let known = Memo::new(move |_| {
        loaded.with(|order| match order {
            Loaded::Ready(_) => Some(true),
            Loaded::Missing => Some(false),
            Loaded::Pending => None,
        })
    });
    swap(known, move |known| match (known, untrack(|| loaded.get().ready())) {
        (Some(true), Some(view)) => form(ExchangeForm::new(customer.clone(), &view, loaded), &view),
        (Some(false), _) => super::order::absent(&customer, &order),
        _ => ().into_any(),
    })
}

fn form(exchange: ExchangeForm, view: &OrderView) -> AnyView {
    let router = context::router();
    let sure = ConfirmStep::new(exchange.session);
    let ask = move |ev: web_sys::SubmitEvent| {
        ev.prevent_default();
        if let Some((commands, figures)) = exchange.checked() {
            sure.ask(untrack(|| settle::question(exchange, figures)), commands);
        }
    };
    let (from, to) = (exchange.link(), exchange.new_order());
    let record = move |()| {
        let done = from.clone().with(Query::Done, &to);
        let commands = untrack(|| exchange.read()).map(|(commands, _)| commands);
        exchange.form.record(commands, move |_| {
            exchange.order_form.form.forget();
            router.go_instead(done);
        });
    };
    let draft = exchange.draft;
    let why = reason::fields(
        exchange.form,
        Signal::derive(move || draft.with(|draft| draft.reason.clone())),
        move |reason| draft.update(|draft| draft.reason = reason),
    );
    let drafts = Signal::derive(move || draft.with(|draft| draft.returned.clone()));
    let write = move |returned| draft.update(|draft| draft.returned = returned);
    let back = at(links::order(&view.customer, &view.row.id));
    view! {
        {crumbs(view)}
        <Heading text=say!(exchange.title)/>
        <form class="cols exchange after-heading" novalidate on:submit=ask>
            <div class="stack">
                {exchange.restored.notice(move || exchange.form.clear())}
                <ErrorSummary problems=exchange.problems()/>
                <h2>{say!(exchange.comes_back)}</h2>
                {returned_lines::fields(exchange.form, view, drafts, write)}
                {why}
                {settle::commissions(exchange, view)}
                <h2>{say!(exchange.instead)}</h2>
                {add_order::lines(exchange.order_form)}
                <h2>{say!(exchange.difference)}</h2>
                {settle::fields(exchange)}
                <div class="actions">
                    <Button label=say!(exchange.submit) look=Look::Primary submit=true/>
                    <span on:click=move |_| exchange.forget()>
                        <LinkButton href=back label=say!(credit.cancel) look=Look::Quiet/>
                    </span>
                </div>
            </div>
            <aside>{settle::outcome(exchange)}</aside>
        </form>
        {sure.dialog(say!(exchange.submit), UnsyncCallback::new(record))}
    }
    .into_any()
}

fn crumbs(view: &OrderView) -> AnyView {
    let name = untrack(|| context::customer_name(context::session(), &view.customer));
    let crumbs = vec![
        Crumb::new(at(links::customer(&view.customer)), name),
        Crumb::new(
            at(links::order(&view.customer, &view.row.id)),
            say!(order.title, no = view.row.no.clone().unwrap_or_default()),
        ),
    ];
    view! { <Crumbs crumbs=crumbs/> }.into_any()
}
