//! The customer's name and contact details, the balance in the largest type of the page, and the available credit.

use super::page::CustomerPage;
use crate::components::Heading;
use crate::components::live;
use crate::route::Query;
use crate::screens::context;
use crate::text::{date, money, say};
use ledger::view::customer::CustomerRow;
use leptos::prelude::*;

pub(super) fn head(page: &CustomerPage) -> AnyView {
    let session = context::session();
    let (row, sum) = (context::row(session, page.id.clone()), context::shown_row(session, page.id.clone()));
    let name = Signal::derive(move || row.get().map(|row| row.name).unwrap_or_default());
    let about = move || row.get().map(|row| about(&row));
    let view = page.view;
    let note = move || {
        let noted = view.with(|view| view.as_ref().and_then(|view| view.note.clone()));
        noted.map(|note| view! { <p class="small muted noted">{note}</p> })
    };
    let owed = {
        let currency = page.currency.clone();
        move || sum.get().map_or_else(|| money::DASH.into(), |row| money::money(row.owed, &currency))
    };
    // What was recorded takes the focus.
    let is_after = context::query(Query::Done).get_untracked().is_some();
    let owed_class = move || if sum.get().is_some_and(|row| row.owed.is_zero()) { "settled" } else { "" };
    view! {
        <div class="head">
            <div>
                <Heading text=name leave_focus=is_after/>
                <p>{live(about)}</p>
                {live(note)}
            </div>
            <div class="balance">
                <p>{say!(customer.owes)}<b class=owed_class>{owed}</b></p>
                {credit(page)}
            </div>
        </div>
    }
    .into_any()
}

/// The available credit, shown next to the balance and never netted with it.
fn credit(page: &CustomerPage) -> AnyView {
    let row = context::shown_row(context::session(), page.id.clone());
    let currency = page.currency.clone();
    let shown = {
        let currency = currency.clone();
        move || row.get().map_or_else(|| money::DASH.into(), |row| money::money(row.credit, &currency))
    };
    let some = move || row.get().is_some_and(|row| row.credit.is_positive());
    let repay = move || {
        let owing = row.get().map(|row| row.to_repay).filter(|amount| amount.is_positive())?;
        let amount = money::money(owing, &currency);
        Some(view! { <p class="holding">{say!(customer.to_repay)}" "<b>{amount}</b></p> })
    };
    view! {
        <p class="holding">{say!(customer.available_credit)}" "<b class:in=some class:settled=move || !some()>{shown}</b></p>
        {live(repay)}
    }
    .into_any()
}

/// Phone, e-mail, and customer since: those that are known.
fn about(row: &CustomerRow) -> AnyView {
    let mut known = Vec::new();
    known.extend(row.company.then(|| say!(customer.company)));
    known.extend(row.phone.clone());
    known.extend(row.email.clone());
    let since = row.since.map(|since| {
        let dot = if known.is_empty() { "" } else { " · " };
        view! { <span class="wide">{dot}{say!(customer.since, month = date::month(since))}</span> }
    });
    view! { {known.join(" · ")}{since} }.into_any()
}
