//! Links to papers, as buttons after an act and as items of row menus.

use super::links;
use crate::at::at;
use crate::components::{LinkButton, MenuItem};
use crate::text::say;
use ledger::id::Id;
use ledger::view::lot::{LotOrigin, LotRow};
use ledger::view::refund::RefundRow;
use leptos::prelude::*;

/// A button to a paper.
#[must_use]
pub fn button(customer: &Id, document: &Id, label: String) -> AnyView {
    view! { <LinkButton href=at(links::paper(customer, document)) label=label/> }.into_any()
}

/// An item to a paper.
#[must_use]
pub fn item(customer: &Id, document: &Id, label: String) -> MenuItem {
    MenuItem::link(label, at(links::paper(customer, document)))
}

/// The item of a credit: a payment has its receipt, a refund its slip, all other credit a note.
#[must_use]
pub fn of_credit(customer: &Id, row: &LotRow) -> MenuItem {
    let label = match row.origin {
        LotOrigin::Payment => say!(paper.print_receipt),
        LotOrigin::Refund => say!(paper.print_slip),
        LotOrigin::Granted | LotOrigin::Note | LotOrigin::Received | LotOrigin::Opening => {
            say!(paper.print_note)
        }
    };
    item(customer, &row.id, label)
}

/// The item of a refund; a request has no slip.
#[must_use]
pub fn of_refund(row: &RefundRow) -> Option<MenuItem> {
    (!row.asks()).then(|| item(&row.customer, &row.id, say!(paper.print_slip)))
}
