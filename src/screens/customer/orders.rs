//! The orders of a customer.

use super::chunked_list::chunked_list;
use super::page::CustomerPage;
use crate::at::at;
use crate::components::{Column, Figure, FigureFormat, MenuItem, RowMenu, Table};
use crate::screens::document_tables::order_tag;
use crate::screens::{context, links, mail_tags, print_links};
use crate::text::{date, say};
use ledger::view::order::OrderRow;
use leptos::prelude::*;

pub(super) fn orders(page: CustomerPage) -> AnyView {
    let add = (say!(customer.add_order), at(links::add_order(&page.id)));
    chunked_list(page.view, |view| &view.orders, none, Some(add), move |rows| table(&page, rows))
}

fn none() -> (String, String) {
    (say!(customer.no_orders), say!(customer.no_orders_hint))
}

fn table(page: &CustomerPage, rows: Vec<OrderRow>) -> AnyView {
    let columns = vec![
        Column::new(say!(customer.order)),
        Column::new(say!(customer.date)).wide(),
        Column::new(say!(customer.what)).wide(),
        Column::new(say!(customer.state)).heard(),
        Column::num(say!(customer.amount)).wide(),
        Column::num(say!(customer.paid)).wide(),
        Column::num(say!(customer.credited)).wide(),
        Column::num(say!(customer.owed)),
        Column::new(say!(customer.actions)).heard(),
    ];
    let rows = rows.into_iter().map(|row| line(page, row)).collect_view();
    view! { <Table caption=say!(customer.orders) columns=columns>{rows}</Table> }.into_any()
}

fn line(page: &CustomerPage, row: OrderRow) -> AnyView {
    let today = context::session().today().get_untracked();
    let (no, on) = (row.no.clone().unwrap_or_default(), date::short(row.on, today));
    let href = at(links::order(&page.id, &row.id));
    let by = context::staff(context::session(), &row.actor);
    let sub = format!("{on} · {by} · {}", row.what);
    let figure = |amount, class| {
        let currency = page.currency.clone();
        view! { <td class=class><Figure amount=Some(amount) currency=currency format=FigureFormat::Dash/></td> }
    };
    let owes = if row.owed.is_positive() { "num strong" } else { "num" };
    view! {
        <tr>
            <th scope="row"><a href=href>{no}</a>{mail_tags::tag(&row.id)}<span class="sub">{sub}</span></th>
            <td class="wide date">{on}<span class="sub always">{by}</span></td>
            <td class="wide">{row.what.clone()}</td>
            <td>{order_tag(&row, today)}</td>
            {figure(row.amount, "num wide")}
            {figure(row.paid, "num wide")}
            {figure(row.credited + row.written_off, "num wide")}
            {figure(row.owed, owes)}
            <td class="num">{menu(page, &row)}</td>
        </tr>
    }
    .into_any()
}

fn menu(page: &CustomerPage, row: &OrderRow) -> AnyView {
    let (customer, order) = (&page.id, &row.id);
    let mut items = vec![MenuItem::link(say!(customer.open_order), at(links::order(customer, order)))];
    if row.owed.is_positive() {
        items.push(MenuItem::link(say!(customer.add_payment), at(links::pay(customer, Some(order)))));
    }
    if row.paid.is_positive() {
        items.push(MenuItem::link(say!(customer.record_refund), at(links::refund(customer, order, None))));
    }
    items.push(print_links::item(customer, order, say!(paper.print_invoice)));
    let name = row.no.clone().unwrap_or_default();
    view! { <RowMenu label=say!(parts.actions_for, name = name) items=items/> }.into_any()
}
