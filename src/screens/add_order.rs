//! *Add Order*: lines with tax included or added, partners, due date; opened from a customer or from the navigation.

mod done;
mod form;
mod item;
mod line;
mod more;
mod order_form;
mod order_route;

use crate::components::swap;
use crate::route::{Query, Route};
use crate::screens::{choose_customer, context};
use crate::text::say;
pub(super) use form::lines;
use ledger::id::Id;
use leptos::prelude::*;
pub(super) use order_form::OrderForm;
use order_route::OrderRoute;

/// The screen at `/customers/:c/orders/new` and `/orders/new`.
#[component]
pub fn AddOrder() -> AnyView {
    let (named, chosen) = (context::customer(), context::query(Query::Customer));
    let done = context::query(Query::Done);
    let at = Memo::new(move |_| {
        let chosen = || chosen.get().and_then(|id| Id::new(&id).ok()).map(|id| (id, OrderRoute::Counter));
        let place = named.get().map(|id| (id, OrderRoute::Customer)).or_else(chosen);
        place.map(|(customer, route)| (customer, route, done.get().and_then(|id| Id::new(&id).ok())))
    });
    swap(at, move |at| match at {
        None => choose_customer::choose_customer(say!(add_order.title), Route::AddOrder),
        Some((customer, route, None)) => {
            choose_customer::with_customer(&customer.clone(), move || form::form(customer.clone(), route))
        }
        Some((customer, _, Some(order))) => done::done(customer, order),
    })
}
