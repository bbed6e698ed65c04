//! *Add Payment* from the customer, and *Enter a Payment* from the navigation: one form with two routes.

mod charging;
mod consequence;
mod done;
mod form;
mod invoice;
mod payment_form;
mod payment_route;
mod received;

use crate::components::swap;
use crate::route::{Query, Route};
use crate::screens::{choose_customer, context};
use crate::text::say;
use ledger::id::Id;
use leptos::prelude::*;
use payment_route::PaymentRoute;

/// The screen at `/customers/:c/pay` and `/pay`.
#[component]
pub fn AddPayment() -> AnyView {
    let (named, chosen) = (context::customer(), context::query(Query::Customer));
    let done = context::query(Query::Done);
    let at = Memo::new(move |_| {
        let chosen = || chosen.get().and_then(|id| Id::new(&id).ok()).map(|id| (id, PaymentRoute::Counter));
        let place = named.get().map(|id| (id, PaymentRoute::Customer)).or_else(chosen);
        place.map(|(customer, route)| (customer, route, done.get().and_then(|id| Id::new(&id).ok())))
    });
    swap(at, move |at| match at {
        None => choose_customer::choose_customer(say!(pay.enter_a_payment), Route::Pay),
        Some((customer, route, None)) => {
            choose_customer::with_customer(&customer.clone(), move || form::form(customer.clone(), route))
        }
        Some((customer, route, Some(payment))) => done::done(customer, route, payment),
    })
}
