//! The refunds of a customer.

use super::chunked_list::chunked_list;
use super::page::CustomerPage;
use crate::screens::document_tables::refund_table;
use crate::text::say;
use leptos::prelude::*;

pub(super) fn refunds(page: CustomerPage) -> AnyView {
    let table = move |rows| {
        refund_table(say!(customer.refunds), rows, &page.id, &page.currency, None, page.corrections)
    };
    chunked_list(page.view, |view| &view.refunds, none, table)
}

fn none() -> (String, String) {
    (say!(customer.no_refunds), say!(customer.no_refunds_hint))
}
