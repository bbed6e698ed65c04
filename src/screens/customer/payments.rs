//! The payments of a customer.

use super::chunked_list::chunked_list;
use super::page::CustomerPage;
use crate::at::at;
use crate::components::{Column, Figure, FigureFormat, MenuItem, RowMenu, Table, Tag};
use crate::screens::correct::offers;
use crate::screens::payment::{disputes, refundable};
use crate::screens::{charges, context, links, mail_tags, methods, print_links};
use crate::text::{date, say};
use ledger::view::payment::PaymentRow;
use leptos::prelude::*;

pub(super) fn payments(page: CustomerPage) -> AnyView {
    let (view, customer) = (page.view, page.id.clone());
    let charges =
        move || view.with(|view| view.as_ref().map(|view| view.charges.clone()).unwrap_or_default());
    let add = (say!(customer.add_payment), at(links::pay(&page.id, None)));
    let rows = move |rows| table(&page, rows);
    let list = chunked_list(view, |view| &view.payments, none, Some(add), rows);
    view! { {charges::list(customer, charges)}{list} }.into_any()
}

fn none() -> (String, String) {
    (say!(customer.no_payments), say!(customer.no_payments_hint))
}

fn table(page: &CustomerPage, rows: Vec<PaymentRow>) -> AnyView {
    let columns = vec![
        Column::new(say!(customer.payment)),
        Column::new(say!(customer.date)).wide(),
        Column::new(say!(customer.method)),
        Column::new(say!(customer.on)).wide(),
        Column::new(say!(customer.notes)).wide(),
        Column::num(say!(customer.refunded)).wide(),
        Column::num(say!(customer.refundable)).wide(),
        Column::num(say!(customer.amount)),
        Column::new(say!(customer.actions)).heard(),
    ];
    let rows = rows.into_iter().map(|row| line(page, row)).collect_view();
    view! { <Table caption=say!(customer.payments) columns=columns>{rows}</Table> }.into_any()
}

fn line(page: &CustomerPage, row: PaymentRow) -> AnyView {
    let today = context::session().today().get_untracked();
    let (no, on) = (row.no.clone().unwrap_or_default(), date::short(row.on, today));
    let href = at(links::payment(&page.id, &row.id));
    let towards = towards(&row);
    let by = context::staff(context::session(), &row.actor);
    let sub = format!("{on} · {by} · {towards}");
    let figure = |amount, class| {
        let currency = page.currency.clone();
        view! { <td class=class><Figure amount=Some(amount) currency=currency format=FigureFormat::Dash/></td> }
    };
    let reversed = row.reversed.then(|| view! { " "<Tag text=say!(customer.reversed)/> });
    let notes =
        [row.reference.clone(), row.note.clone()].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    view! {
        <tr>
            <th scope="row"><a href=href>{no}</a>{mail_tags::tag(&row.id)}<span class="sub">{sub}</span></th>
            <td class="wide date">{on}<span class="sub always">{by}</span></td>
            <td>{methods::name(context::session(), row.method)}{reversed}{disputes::tag(&row)}</td>
            <td class="wide">{towards}</td>
            <td class="wide muted">{notes}</td>
            {figure(row.refunded, "num wide")}
            {figure(row.refundable, "num wide")}
            {figure(row.amount, "num strong")}
            <td class="num">{menu(page, &row)}</td>
        </tr>
    }
    .into_any()
}

/// The orders that were paid, and whether a part became credit.
pub(crate) fn towards(row: &PaymentRow) -> String {
    let orders = row.allocated.iter().filter_map(|allocated| allocated.no.clone());
    let credit = row.left_over.is_positive().then(|| say!(customer.as_credit));
    orders.chain(credit).collect::<Vec<_>>().join(", ")
}

fn menu(page: &CustomerPage, row: &PaymentRow) -> AnyView {
    let mut items = vec![MenuItem::link(say!(customer.open_payment), at(links::payment(&page.id, &row.id)))];
    let refundable = refundable::orders(row);
    let several = refundable.len() > 1;
    items.extend(refundable.into_iter().map(|to| {
        let href = at(links::refund(&page.id, &to.order, Some(&row.id)));
        let label = match several {
            true => say!(customer.record_refund_on, no = to.no.clone().unwrap_or_default()),
            false => say!(customer.record_refund),
        };
        MenuItem::link(label, href)
    }));
    let drawer = context::session().this_device().with_untracked(|here| here.drawer.clone());
    items.extend(page.corrections.items(offers::move_of(row, &drawer).into_iter().collect()));
    items.push(print_links::item(&page.id, &row.id, say!(paper.print_receipt)));
    let name = row.no.clone().unwrap_or_default();
    view! { <RowMenu label=say!(parts.actions_for, name = name) items=items/> }.into_any()
}
