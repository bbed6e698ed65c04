//! What the payment form says about charges and payment links: which card is charged, and what was asked for already.

use super::payment_form::PaymentForm;
use crate::components::live;
use crate::text::{money, say};
use leptos::prelude::*;

/// Which card is charged at once, and a warning where a charge for the same order is under way.
pub(super) fn notes(payment_form: PaymentForm) -> AnyView {
    let charges = Memo::new(move |_| payment_form.draft.with(|draft| draft.charges()));
    let by_link = Memo::new(move |_| payment_form.draft.with(|draft| draft.asks_link()));
    let card = move || {
        if by_link.get() {
            return Some(view! { <p class="note">{say!(charge.link_says)}</p> });
        }
        let card = payment_form.card().filter(|_| charges.get())?;
        let shown = card.shown.unwrap_or(card.method);
        Some(view! { <p class="note">{say!(charge.charges_now, card = shown)}</p> })
    };
    let under_way = move || {
        let rows = payment_form.under_way();
        let line = |row: &ledger::view::charge::ChargeRow| {
            let amount = payment_form.currency.with_value(|currency| money::money(row.amount, currency));
            let no = row.no.clone().unwrap_or_default();
            match row.is_link {
                true => say!(charge.second_link, no = no, amount = amount),
                false => say!(charge.second, no = no, amount = amount),
            }
        };
        let lines: Vec<String> = rows.iter().map(line).collect();
        (!lines.is_empty()).then(|| view! { <p class="note warn">{lines.join(" ")}</p> })
    };
    view! { <div role="status">{live(card)}{live(under_way)}</div> }.into_any()
}
