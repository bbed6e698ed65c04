//! The actions for an order; a disabled action shows its reason.

use super::page::OrderPage;
use crate::at::at;
use crate::components::{Action, Actions, MenuItem};
use crate::forms::payment::most;
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
        true => Action::link(say!(customer.add_payment), at(links::pay(customer, Some(order))), "P"),
        false => Action::closed(say!(customer.add_payment), say!(order.nothing_owed)),
    };
    let refund = match why_no_refund(view) {
        None => Action::link(say!(order.refund_payment), at(links::refund(customer, order, None)), "R"),
        Some(why) => Action::closed(say!(order.refund_payment), why),
    };
    let note = match why_no_note(view) {
        None => Action::link(say!(customer.add_credit_note), at(links::add_note(customer, order)), "C"),
        Some(why) => Action::closed(say!(customer.add_credit_note), why),
    };
    let name = view.row.no.clone().unwrap_or_default();
    let (own, view) = (page.clone(), Arc::clone(view));
    let menu = UnsyncCallback::new(move |()| menu_items(&own, &view));
    let actions = Signal::stored(vec![pay, refund, note]);
    view! { <Actions name=name actions=actions menu=menu/> }.into_any()
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

/// Why no refund is possible.
pub(super) fn why_no_refund(view: &OrderView) -> Option<String> {
    if view.refundable.iter().any(|row| row.refundable.is_positive()) && view.refundable_total.is_positive() {
        return None;
    }
    let pending = view.refundable.iter().any(|row| row.pending);
    let disputed = view.refundable.iter().any(|row| row.disputed);
    Some(match (pending, disputed) {
        (true, _) => say!(order.pending),
        (_, true) => say!(order.disputed),
        _ => say!(order.nothing_to_refund),
    })
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
