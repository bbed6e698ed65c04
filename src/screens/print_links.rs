//! Links to papers, as buttons after an act and as items of row menus.

use super::{context, links};
use crate::at::at;
use crate::components::{LinkButton, MenuItem};
use crate::route::Query;
use crate::text::say;
use ledger::id::Id;
use ledger::view::lot::{LotOrigin, LotRow};
use ledger::view::refund::RefundRow;
use leptos::prelude::*;

/// A button to a paper, and one more to send it by mail where the endpoint of the shop sends mails.
#[must_use]
pub fn button(customer: &Id, document: &Id, label: String) -> AnyView {
    let mail = context::session().sends_mails().then(|| {
        let href = at(links::paper(customer, document).with(Query::Mail, "1"));
        view! { <LinkButton href=href label=say!(mail.send)/> }
    });
    view! {
        <LinkButton href=at(links::paper(customer, document)) label=label/>
        {mail}
    }
    .into_any()
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
