//! The credits of a customer: *Amount* never changes, *O/S* is the amount still available.

use super::chunked_list::chunked_list;
use super::page::CustomerPage;
use crate::screens::correct::offers;
use crate::screens::document_tables::lot_table;
use crate::text::say;
use leptos::prelude::*;

pub(super) fn credits(page: CustomerPage) -> AnyView {
    let view = page.view;
    let orders = Memo::new(move |_| {
        let named = |view: &ledger::view::account::AccountView| {
            view.orders
                .iter()
                .map(|row| (row.id.clone(), row.no.clone().unwrap_or_default()))
                .collect::<Vec<_>>()
        };
        view.with(|view| view.as_deref().map(named).unwrap_or_default())
    });
    let table = move |rows| {
        let offered = (page.corrections, &offers::of_credit as &dyn Fn(&_) -> _);
        lot_table(say!(customer.credits), rows, &page.id, &orders.get(), &page.currency, offered)
    };
    chunked_list(view, |view| &view.lots, none, None, table)
}

fn none() -> (String, String) {
    (say!(customer.no_credits), say!(customer.no_credits_hint))
}
