//! *Add Payment* from the customer, and *Enter a Payment* from anywhere: one form behind two doors.

mod done;
mod entry;
mod form;
mod invoice;
mod received;

use crate::components::swap;
use crate::screens::after::Last;
use crate::screens::{context, links, who};
use crate::text::say;
use ledger::id::Id;
use leptos::prelude::*;

/// Which door somebody came by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Door {
    /// *Add Payment*: `/customers/:c/pay`.
    Customer,
    /// *Enter a Payment*: `/pay`, then `/pay?customer=`.
    Counter,
}

impl Door {
    fn title(self) -> String {
        match self {
            Self::Customer => say!(pay.add_payment),
            Self::Counter => say!(pay.enter_a_payment),
        }
    }

    /// The address that shows what was recorded, so that a reload shows it again instead of a fresh form.
    fn done(self, customer: &Id, payment: &Id) -> String {
        match self {
            Self::Customer => format!("{}?done={payment}", links::pay(customer, None)),
            Self::Counter => format!("/pay?customer={customer}&done={payment}"),
        }
    }
}

/// The screen at `/customers/:c/pay` and `/pay`.
#[component]
pub fn AddPayment() -> AnyView {
    let (named, chosen) = (context::param("c"), context::query("customer"));
    let done = context::query("done");
    let last: Last = RwSignal::new(None);
    let at = Memo::new(move |_| {
        let chosen = || chosen.get().and_then(|id| Id::new(&id).ok()).map(|id| (id, Door::Counter));
        let place = named.get().map(|id| (id, Door::Customer)).or_else(chosen);
        place.map(|(customer, door)| (customer, door, done.get().and_then(|id| Id::new(&id).ok())))
    });
    swap(at, move |at| match at {
        None => who::who(say!(pay.enter_a_payment), "/pay"),
        Some((customer, door, None)) => {
            who::known(&customer.clone(), move || form::form(customer.clone(), door, last))
        }
        Some((customer, door, Some(payment))) => done::done(customer, door, payment, last),
    })
}
