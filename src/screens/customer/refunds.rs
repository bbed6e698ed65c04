//! The refunds of a customer.

use super::Here;
use super::portion::portion;
use crate::screens::shown::refund_table;
use crate::text::say;
use leptos::prelude::*;

pub(super) fn refunds(here: Here) -> AnyView {
    let table = move |rows| refund_table(say!(customer.refunds), rows, &here.id, &here.currency, None);
    portion(here.view, |view| &view.refunds, none, table)
}

fn none() -> (String, String) {
    (say!(customer.no_refunds), say!(customer.no_refunds_hint))
}
