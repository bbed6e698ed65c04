//! The customer to whom a payment is moved, and the invoice that it is for.

use super::receiver;
use crate::components::{Choice, Select, effect, swap};
use crate::forms::correction::ORDER;
use crate::forms::payment::{due, first_due};
use crate::screens::correct::Corrections;
use crate::screens::{bind, context};
use crate::session::Loaded;
use crate::text::{date, money, say};
use ledger::id::Id;
use ledger::view::order::OrderRow;
use leptos::prelude::*;

pub(super) fn fields(at: Corrections) -> AnyView {
    let to = Memo::new(move |_| at.draft.with(|draft| draft.as_ref()?.to.as_ref().map(|(to, _)| to.clone())));
    let invoice = move |to: Option<Id>| to.map_or_else(|| ().into_any(), |to| invoice(at, to));
    view! { {receiver(at, say!(correct.move_to))}{swap(to, invoice)} }.into_any()
}

/// The invoices of the other customer with a balance due; the one due first is chosen.
fn invoice(at: Corrections, to: Id) -> AnyView {
    let account = at.session.account(to);
    let orders = Memo::new(move |_| match account.get() {
        Loaded::Ready(view) => Some(due(&view.orders)),
        Loaded::Pending | Loaded::Missing => None,
    });
    effect(move || {
        let first = orders.with(|orders| orders.as_deref().and_then(first_due).map(|row| row.id.clone()));
        at.draft.update(|draft| draft.iter_mut().for_each(|draft| draft.invoice.clone_from(&first)));
    });
    let select = move |orders: Option<Vec<OrderRow>>| {
        let Some(orders) = orders else { return ().into_any() };
        let chosen = move || at.draft.with(|draft| draft.as_ref()?.invoice.as_ref().map(Id::to_string));
        let value = bind::text(
            move || chosen().unwrap_or_default(),
            move |picked| {
                at.draft.update(|draft| {
                    draft.iter_mut().for_each(|draft| draft.invoice = Id::new(&picked).ok());
                });
            },
        );
        let mut choices: Vec<_> = orders.iter().filter(|row| row.owed.is_positive()).map(choice).collect();
        choices.push(Choice::new("", say!(pay.as_credit)));
        view! { <Select id=ORDER.id() label=say!(pay.invoice) choices=choices value=value required=true/> }
            .into_any()
    };
    swap(orders, select)
}

fn choice(row: &OrderRow) -> Choice {
    let session = context::session();
    let (today, currency) = (session.today().get_untracked(), context::currency(session));
    let (no, on) = (row.no.clone().unwrap_or_default(), date::short(row.on, today));
    let label = say!(pay.invoice_option, no = no, date = on, owed = money::money(row.owed, &currency));
    Choice::new(row.id.to_string(), label)
}
