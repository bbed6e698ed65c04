//! What the payment form says about charges and payment links: which card is charged, and what was asked for already.

use super::payment_form::PaymentForm;
use crate::components::{CheckCard, live};
use crate::screens::bind;
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
    view! {
        <div role="status">{live(card)}{live(under_way)}</div>
        {saves_card(payment_form)}
    }
    .into_any()
}

/// *Save the card*, for a link of a customer without a saved card: another one would end what is collected from the saved one.
fn saves_card(payment_form: PaymentForm) -> AnyView {
    let draft = payment_form.draft;
    let offered = Memo::new(move |_| {
        let by_link = draft.with(|draft| draft.asks_link());
        by_link && !payment_form.walk_in && payment_form.card().is_none()
    });
    let marked = bind::checkbox(
        move || draft.with(|draft| draft.saves_card),
        move |on| draft.update(|draft| draft.saves_card = on),
    );
    view! {
        <Show when=move || offered.get()>
            <CheckCard id="f-saves-card" label=say!(charge.save_card) hint=say!(charge.save_card_hint) checked=marked
                plain=true/>
        </Show>
    }
    .into_any()
}
