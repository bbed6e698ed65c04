//! What the payment form says about charges: which card is charged, and what was asked for already.

use super::payment_form::PaymentForm;
use crate::components::live;
use crate::text::{money, say};
use leptos::prelude::*;

/// Which card is charged at once, and a warning where a charge for the same order is under way.
pub(super) fn notes(payment_form: PaymentForm) -> AnyView {
    let charges = Memo::new(move |_| payment_form.draft.with(|draft| draft.charges()));
    let card = move || {
        let card = payment_form.card().filter(|_| charges.get())?;
        let shown = card.shown.unwrap_or(card.method);
        Some(view! { <p class="note">{say!(charge.charges_now, card = shown)}</p> })
    };
    let under_way = move || {
        let rows = payment_form.under_way();
        let line = |row: &ledger::view::charge::ChargeRow| {
            let amount = payment_form.currency.with_value(|currency| money::money(row.amount, currency));
            say!(charge.second, no = row.no.clone().unwrap_or_default(), amount = amount)
        };
        let lines: Vec<String> = rows.iter().map(line).collect();
        (!lines.is_empty()).then(|| view! { <p class="note warn">{lines.join(" ")}</p> })
    };
    view! { <div role="status">{live(card)}{live(under_way)}</div> }.into_any()
}
