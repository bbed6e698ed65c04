//! The payments, credits and refunds of an order; the document recorded last is marked.

use super::page::OrderPage;
use crate::at::at;
use crate::components::{Column, Figure, FigureFormat, MenuItem, RowMenu, Table, Tag};
use crate::screens::correct::offers;
use crate::screens::document_tables::{lot_table, refund_table};
use crate::screens::{charges, context, links, methods};
use crate::text::{date, say};
use ledger::money::Money;
use ledger::view::lot::LotRow;
use ledger::view::order::OrderView;
use ledger::view::payment::PaymentRow;
use leptos::prelude::*;

pub(super) fn documents(page: &OrderPage, view: &OrderView) -> AnyView {
    let credits = (!view.credits.is_empty()).then(|| section(say!(order.credits), credits(page, view)));
    let refunds = (!view.refunds.is_empty()).then(|| {
        let rows = view.refunds.clone();
        let table = refund_table(
            say!(order.refunds),
            rows,
            &page.customer,
            &page.currency,
            page.new.as_ref(),
            (page.decision, page.corrections),
        );
        section(say!(order.refunds), table)
    });
    let rows = view.charges.clone();
    let charges = charges::list(page.customer.clone(), move || rows.clone());
    view! { {charges}{section(say!(order.payments), payments(page, view))}{credits}{refunds} }.into_any()
}

fn section(title: String, content: AnyView) -> AnyView {
    view! { <section class="subsection"><h2>{title}</h2>{content}</section> }.into_any()
}

fn credits(page: &OrderPage, view: &OrderView) -> AnyView {
    let offered = |row: &LotRow| offers::of_credit_on(view, row);
    let offered = (page.corrections, &offered as &dyn Fn(&LotRow) -> _);
    lot_table(say!(order.credits), view.credits.clone(), &page.customer, &[], &page.currency, offered)
}

fn payments(page: &OrderPage, view: &OrderView) -> AnyView {
    if view.payments.is_empty() {
        return view! { <p class="muted">{say!(order.no_payments)}</p> }.into_any();
    }
    let columns = vec![
        Column::new(say!(customer.payment)),
        Column::new(say!(customer.date)).wide(),
        Column::new(say!(customer.method)),
        Column::new(say!(customer.notes)).wide(),
        Column::num(say!(customer.refunded)).wide(),
        Column::num(say!(customer.amount)),
        Column::new(say!(customer.actions)).heard(),
    ];
    let rows = view.payments.iter().map(|row| payment(page, row)).collect_view();
    view! { <Table caption=say!(order.payments) columns=columns>{rows}</Table> }.into_any()
}

fn payment(page: &OrderPage, row: &PaymentRow) -> AnyView {
    let on = date::short(row.on, context::session().today().get_untracked());
    let by = context::staff(context::session(), &row.actor);
    let href = at(links::payment(&page.customer, &row.id));
    let here_amount: Money =
        row.allocated.iter().filter(|part| part.order == page.order).map(|part| part.amount).sum();
    let notes =
        [row.reference.clone(), row.note.clone()].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let reversed = row.reversed.then(|| view! { " "<Tag text=say!(customer.reversed)/> });
    let figure = |amount, class| {
        let currency = page.currency.clone();
        view! { <td class=class><Figure amount=Some(amount) currency=currency format=FigureFormat::Dash/></td> }
    };
    view! {
        <tr class:new=page.new.as_ref() == Some(&row.id)>
            <th scope="row"><a href=href>{row.no.clone().unwrap_or_default()}</a><span class="sub">{format!("{on} · {by}")}</span></th>
            <td class="wide date">{on}<span class="sub always">{by}</span></td>
            <td>{methods::name(context::session(), row.method)}{reversed}</td>
            <td class="wide muted">{notes}</td>
            {figure(row.refunded, "num wide")}
            {figure(here_amount, "num strong")}
            <td class="num">{menu(page, row)}</td>
        </tr>
    }
    .into_any()
}

/// The actions of a payment: its page, a refund of it on this order, and moving it to another customer.
fn menu(page: &OrderPage, row: &PaymentRow) -> AnyView {
    let mut items =
        vec![MenuItem::link(say!(customer.open_payment), at(links::payment(&page.customer, &row.id)))];
    let here = row.allocated.iter().find(|to| to.order == page.order);
    if here.is_some_and(|to| to.refundable.is_positive()) {
        let href = at(links::refund(&page.customer, &page.order, Some(&row.id)));
        items.push(MenuItem::link(say!(customer.record_refund), href));
    }
    let drawer = context::session().this_device().with_untracked(|device| device.drawer.clone());
    items.extend(page.corrections.items(offers::move_of(row, &drawer).into_iter().collect()));
    let name = row.no.clone().unwrap_or_default();
    view! { <RowMenu label=say!(parts.actions_for, name = name) items=items/> }.into_any()
}
