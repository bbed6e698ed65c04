//! The recorded exchange: figures before and after, what to take or to hand over, and the new order.

use crate::at::at;
use crate::components::{Heading, LinkButton, Look, live};
use crate::engine::Recorded;
use crate::route::Route;
use crate::screens::{context, links, outcome_panel, print_links};
use crate::session::Loaded;
use crate::text::{money, say};
use ledger::id::Id;
use ledger::money::Money;
use ledger::view::account::AccountView;
use leptos::prelude::*;

pub(super) fn recorded(customer: Id, order: Id) -> AnyView {
    let account = context::session().account(customer.clone());
    let recorded = context::session().last_recorded(&order);
    let panel = move || {
        let Loaded::Ready(view) = account.get() else { return None };
        let row = view.orders.iter().find(|row| row.id == order)?;
        let no = row.no.clone().unwrap_or_default();
        let title = say!(exchange.done, no = no.clone());
        let moved = recorded.as_deref().and_then(|all| moved(&view, all));
        let next = view! {
            <LinkButton href=at(links::order(&customer, &order)) look=Look::Primary label=say!(add_order.open, no = no)/>
            {papers(&view, &order, recorded.as_deref())}
            <LinkButton href=at(links::customer(&customer))
                label=say!(pay.to_customer, name = view.customer.name.clone())/>
            <LinkButton href=at(Route::Refunds) label=say!(refund.to_refunds) look=Look::Quiet/>
        };
        let moved = moved.map(|says| view! { <p class="note warn">{says}</p> });
        Some(outcome_panel::panel(title, recorded.as_deref(), moved, next.into_any()))
    };
    view! { <Heading text=say!(exchange.title) leave_focus=true/>{live(panel)} }.into_any()
}

/// What can be printed: the new order, and the receipt or the slip of the difference.
fn papers(view: &AccountView, order: &Id, all: Option<&[Recorded]>) -> AnyView {
    let customer = &view.customer.id;
    let is = |id: &Id| all.is_some_and(|all| all.iter().any(|one| one.id == *id));
    let taken = view.payments.iter().find(|row| is(&row.id));
    let given = view.refunds.iter().find(|row| is(&row.id) && !row.asks());
    view! {
        {print_links::button(customer, order, say!(paper.print_invoice))}
        {taken.map(|row| print_links::button(customer, &row.id, say!(paper.print_receipt)))}
        {given.map(|row| print_links::button(customer, &row.id, say!(paper.print_slip)))}
    }
    .into_any()
}

/// What was taken or has to be handed over, from the payment or the pay-out of the exchange.
fn moved(view: &AccountView, all: &[Recorded]) -> Option<String> {
    let currency = context::currency(context::session());
    let is = |id: &Id| all.iter().any(|one| one.id == *id);
    let taken = view.payments.iter().find(|row| is(&row.id));
    let taken = taken.map(|row| say!(exchange.taken, amount = money::money(row.received(), &currency)));
    let given = view.refunds.iter().find(|row| is(&row.id));
    let change =
        of_change(view, all).map(|left| say!(pay.done_change, amount = money::money(left, &currency)));
    let taken = taken.map(|taken| change.map_or(taken.clone(), |change| format!("{taken} {change}")));
    taken.or_else(|| Some(say!(exchange.hand_over, amount = money::money(given?.money, &currency))))
}

/// The change that is given back of the cash received.
fn of_change(view: &AccountView, all: &[Recorded]) -> Option<Money> {
    let row = view.payments.iter().find(|row| all.iter().any(|one| one.id == row.id))?;
    Some(row.tendered? - row.received()).filter(|left| left.is_positive())
}
