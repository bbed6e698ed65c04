//! The credits of a customer: *Amount* never changes, *O/S* is what is left.

use super::Here;
use super::portion::Portion;
use crate::components::live;
use crate::components::{Column, Empty};
use crate::screens::shown::lot_table;
use crate::text::say;
use leptos::prelude::*;

pub(super) fn credits(here: Here) -> AnyView {
    let view = here.view;
    let rows = Memo::new(move |_| view.with(|view| view.as_ref().map(|view| view.lots.clone())));
    let orders = Memo::new(move |_| {
        let named = |view: &ledger::view::account::AccountView| {
            view.orders
                .iter()
                .map(|row| (row.id.clone(), row.no.clone().unwrap_or_default()))
                .collect::<Vec<_>>()
        };
        view.with(|view| view.as_deref().map(named).unwrap_or_default())
    });
    let portion = Portion::new();
    let table = live(move || match rows.get() {
        None => ().into_any(),
        Some(rows) if rows.is_empty() => {
            view! { <Empty title=say!(customer.no_credits) says=say!(customer.no_credits_hint)/> }.into_any()
        }
        Some(rows) => {
            let rows = portion.of(rows);
            lot_table(say!(customer.credits), rows, &orders.get(), &here.currency, columns())
        }
    });
    view! { {table}{portion.more(move || rows.with(|rows| rows.as_ref().map_or(0, Vec::len)))} }.into_any()
}

fn columns() -> Vec<Column> {
    vec![
        Column::new(say!(customer.credit)),
        Column::new(say!(customer.date)).wide(),
        Column::new(say!(customer.what)),
        Column::new(say!(customer.reason)).wide(),
        Column::num(say!(customer.amount)),
        Column::num(say!(customer.os)),
    ]
}
