//! *Add Order*: lines with tax inside or on top, partners, due date; from a customer or from anywhere.

mod done;
mod form;
mod line;
mod more;
mod writing;

use crate::components::swap;
use crate::screens::after::Last;
use crate::screens::{context, links, who};
use crate::text::say;
use ledger::id::Id;
use leptos::prelude::*;

/// Which door somebody came by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Door {
    /// `/customers/:c/orders/new`.
    Customer,
    /// `/orders/new`, then `/orders/new?customer=`.
    Counter,
}

impl Door {
    /// The address that shows what was recorded, so that a reload shows it again instead of a fresh form.
    fn done(self, customer: &Id, order: &Id) -> String {
        match self {
            Self::Customer => format!("{}?done={order}", links::add_order(customer)),
            Self::Counter => format!("/orders/new?customer={customer}&done={order}"),
        }
    }
}

/// The screen at `/customers/:c/orders/new` and `/orders/new`.
#[component]
pub fn AddOrder() -> AnyView {
    let (named, chosen) = (context::param("c"), context::query("customer"));
    let done = context::query("done");
    let last: Last = RwSignal::new(None);
    let at = Memo::new(move |_| {
        let chosen = || chosen.get().and_then(|id| Id::new(&id).ok()).map(|id| (id, Door::Counter));
        let place = named.get().map(|id| (id, Door::Customer)).or_else(chosen);
        place.map(|(customer, door)| (customer, door, done.get().and_then(|id| Id::new(&id).ok())))
    });
    swap(at, move |at| match at {
        None => who::who(say!(add_order.title), "/orders/new"),
        Some((customer, door, None)) => {
            who::known(&customer.clone(), move || form::form(customer.clone(), door, last))
        }
        Some((customer, _, Some(order))) => done::done(customer, order, last),
    })
}
