//! The actions for an order; a disabled action shows its reason.

use super::page::OrderPage;
use crate::at::at;
use crate::components::{Button, LinkButton, Look, MenuItem, RowMenu};
use crate::forms::payment::most;
use crate::route::Link;
use crate::screens::correct::offers;
use crate::screens::{context, links, print_links};
use crate::text::say;
use ledger::entry::EntryKind;
use ledger::money::Money;
use ledger::view::order::OrderView;
use leptos::prelude::*;
use std::sync::Arc;

pub(super) fn actions(page: &OrderPage, view: &Arc<OrderView>) -> AnyView {
    let (customer, order) = (&page.customer, &page.order);
    let pay = match most(&view.row).is_positive() {
        true => link(links::pay(customer, Some(order)), say!(customer.add_payment), Look::Primary, "P"),
        false => closed(say!(customer.add_payment), say!(order.nothing_owed)),
    };
    let refund = match why_no_refund(view) {
        None => link(links::refund(customer, order, None), say!(order.refund_payment), Look::Plain, "R"),
        Some(why) => closed(say!(order.refund_payment), why),
    };
    let note = match why_no_note(view) {
        None => link(links::add_note(customer, order), say!(customer.add_credit_note), Look::Plain, "C"),
        Some(why) => closed(say!(customer.add_credit_note), why),
    };
    view! { <div class="row even action-row">{pay}{refund}{note}{menu(page, view)}</div> }.into_any()
}

/// The row menu of the order, with the same actions as *Payments* on the customer screen.
fn menu(page: &OrderPage, view: &Arc<OrderView>) -> AnyView {
    let items = menu_items(page, view);
    let name = view.row.no.clone().unwrap_or_default();
    view! { <RowMenu label=say!(parts.actions_for, name = name) items=items/> }.into_any()
}

/// The items of the row menu (⋮).
fn menu_items(page: &OrderPage, view: &Arc<OrderView>) -> Vec<MenuItem> {
    let (customer, order) = (&page.customer, &page.order);
    let mut items = Vec::new();
    if why_no_refund(view).is_none() {
        items.push(MenuItem::link(say!(customer.record_refund), at(links::refund(customer, order, None))));
    }
    let comes_back = view.returns.iter().any(|line| line.left.is_positive());
    if comes_back && why_no_note(view).is_none() {
        items.push(MenuItem::link(say!(exchange.title), at(links::exchange(customer, order))));
    }
    items.extend(page.planning.item(view));
    items.extend(page.corrections.items(offers::of_order(&view.row)));
    items.push(print_links::item(customer, order, say!(paper.print_invoice)));
    items.push(MenuItem::link(say!(order.to_customer), at(links::customer(customer))));
    items
}

fn link(to: impl Into<Link>, label: String, look: Look, key: &'static str) -> AnyView {
    view! { <LinkButton href=at(to.into()) label=label look=look key=key/> }.into_any()
}

fn closed(label: String, why: String) -> AnyView {
    let why = Signal::stored(Some(why));
    view! { <Button label=label why_not=why/> }.into_any()
}

/// Why no refund is possible.
pub(super) fn why_no_refund(view: &OrderView) -> Option<String> {
    if view.refundable.iter().any(|row| row.refundable.is_positive()) && view.refundable_total.is_positive() {
        return None;
    }
    let pending = view.refundable.iter().any(|row| row.pending);
    Some(if pending { say!(order.pending) } else { say!(order.nothing_to_refund) })
}

/// Why no credit note is possible.
fn why_no_note(view: &OrderView) -> Option<String> {
    let left = view.row.amount - view.row.credited - view.row.written_off;
    if !left.is_positive() {
        return Some(say!(order.nothing_to_credit));
    }
    (!context::may(context::session(), EntryKind::OrderCredited, Money::ZERO))
        .then(|| say!(order.clerk_credit))
}
