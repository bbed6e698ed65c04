//! The confirmation of a placed order: figures before and after, and the next actions.

use crate::at::at;
use crate::components::live;
use crate::components::{Heading, LinkButton, Look};
use crate::route::Route;
use crate::screens::{context, links, walk_in};
use crate::screens::{outcome_panel, print_links};
use crate::session::Loaded;
use crate::text::{money, say};
use ledger::id::Id;
use ledger::view::order::OrderRow;
use leptos::prelude::*;

pub(super) fn done(customer: Id, order: Id) -> AnyView {
    let loaded = context::session().order(customer.clone(), order.clone());
    let recorded = context::session().last_recorded(&order);
    let row = Memo::new(move |_| match loaded.get() {
        Loaded::Ready(view) => Some(view.row.clone()),
        Loaded::Pending | Loaded::Missing => None,
    });
    let panel = move || {
        row.get().map(|row| {
            let currency = context::currency(context::session());
            let (no, amount) = (row.no.clone().unwrap_or_default(), money::money(row.amount, &currency));
            let title = say!(add_order.done, no = no, amount = amount);
            outcome_panel::panel(title, recorded.as_deref(), (), next(&customer, &row))
        })
    };
    view! { <Heading text=say!(add_order.title) leave_focus=true/>{live(panel)} }.into_any()
}

fn next(customer: &Id, row: &OrderRow) -> AnyView {
    let name = walk_in::name(context::session(), customer.clone()).get_untracked();
    let no = row.no.clone().unwrap_or_default();
    view! {
        <LinkButton href=at(links::pay(customer, Some(&row.id))) label=say!(customer.add_payment) look=Look::Primary key="P"/>
        <LinkButton href=at(links::order(customer, &row.id)) label=say!(add_order.open, no = no)/>
        {print_links::button(customer, &row.id, say!(paper.print_invoice))}
        <LinkButton href=at(links::customer(customer)) label=say!(pay.to_customer, name = name)/>
        <LinkButton href=at(Route::AddOrder) label=say!(add_order.another) look=Look::Quiet key="O"/>
    }
    .into_any()
}
