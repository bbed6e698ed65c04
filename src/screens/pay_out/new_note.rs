//! *New credit note*: for goods that came back, from the form that then pays the credit out.

use super::payout_form::PayoutForm;
use crate::at::at;
use crate::components::{LinkButton, Look, Menu, MenuItem};
use crate::screens::{context, links};
use crate::text::{date, money, say};
use ledger::entry::EntryKind;
use ledger::money::Money;
use ledger::view::order::OrderRow;
use leptos::prelude::*;

/// A link to the note of the only order of which something can be taken off, or a choice of several; nothing if there is none,
/// or the user may not issue notes.
pub(super) fn new_note(pay: PayoutForm) -> AnyView {
    if !untrack(|| context::may(pay.session, EntryKind::OrderCredited, Money::ZERO)) {
        return ().into_any();
    }
    let left = |row: &OrderRow| row.amount - row.credited - row.written_off;
    let orders = untrack(|| pay.view.get()).map(|view| view.orders.clone()).unwrap_or_default();
    let open: Vec<_> = orders.into_iter().filter(|row| left(row).is_positive()).collect();
    let href = |row: &OrderRow| pay.customer.with_value(|customer| at(links::add_note(customer, &row.id)));
    let label = say!(payout.new_note);
    match open.as_slice() {
        [] => ().into_any(),
        [only] => view! { <LinkButton href=href(only) label=label look=Look::Quiet/> }.into_any(),
        several => {
            let today = pay.session.today().get_untracked();
            let item = |row: &OrderRow| {
                let (no, on) = (row.no.clone().unwrap_or_default(), date::short(row.on, today));
                let amount = pay.currency.with_value(|currency| money::money(row.amount, currency));
                MenuItem::link(say!(payout.order_option, no = no, date = on, amount = amount), href(row))
            };
            let items: Vec<_> = several.iter().map(item).collect();
            let items = UnsyncCallback::new(move |()| items.clone());
            view! { <Menu items=items class="menu which" look=Look::Quiet>{label}</Menu> }.into_any()
        }
    }
}
