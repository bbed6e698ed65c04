//! The refunds of a customer.

use super::chunked_list::chunked_list;
use super::page::CustomerPage;
use crate::route::Query;
use crate::screens::context;
use crate::screens::document_tables::refund_table;
use crate::text::say;
use ledger::id::Id;
use leptos::prelude::*;

pub(super) fn refunds(page: CustomerPage) -> AnyView {
    let new = context::query(Query::New).get_untracked().and_then(|id| Id::new(&id).ok());
    let table = move |rows| {
        let acts = (page.decision, page.corrections);
        refund_table(say!(customer.refunds), rows, &page.id, &page.currency, new.as_ref(), acts)
    };
    chunked_list(page.view, |view| &view.refunds, none, None, table)
}

fn none() -> (String, String) {
    (say!(customer.no_refunds), say!(customer.no_refunds_hint))
}
