//! The refunds of a customer.

use super::Here;
use super::portion::Portion;
use crate::components::Empty;
use crate::components::live;
use crate::screens::shown::refund_table;
use crate::text::say;
use leptos::prelude::*;

pub(super) fn refunds(here: Here) -> AnyView {
    let view = here.view;
    let rows = Memo::new(move |_| view.with(|view| view.as_ref().map(|view| view.refunds.clone())));
    let portion = Portion::new();
    let table = live(move || match rows.get() {
        None => ().into_any(),
        Some(rows) if rows.is_empty() => {
            view! { <Empty title=say!(customer.no_refunds) says=say!(customer.no_refunds_hint)/> }.into_any()
        }
        Some(rows) => {
            let rows = portion.of(rows);
            refund_table(say!(customer.refunds), rows, &here.id, &here.currency, None)
        }
    });
    view! { {table}{portion.more(move || rows.with(|rows| rows.as_ref().map_or(0, Vec::len)))} }.into_any()
}
