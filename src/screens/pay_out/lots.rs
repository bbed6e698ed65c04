//! Outstanding credit notes and payments: a checkbox for each, and an amount up to its O/S.

use super::new_note;
use super::payout_form::PayoutForm;
use crate::components::{AmountField, CheckCard};
use crate::forms::payout::{LOTS, lot_field};
use crate::screens::bind;
use crate::text::{date, money, names, say};
use ledger::view::lot::LotRow;
use leptos::prelude::*;

pub(super) fn lots(pay: PayoutForm) -> AnyView {
    let rows = untrack(|| pay.view.get()).map(|view| view.lots.clone()).unwrap_or_default();
    let outstanding = rows.into_iter().filter(|row| row.os.is_positive());
    let cards = outstanding.enumerate().map(|(at, row)| lot(pay, at, row)).collect_view();
    let wrong = pay.form.error(LOTS);
    let error_id = format!("{}-error", LOTS.id());
    let described = error_id.clone();
    view! {
        <fieldset class="field" aria-describedby=described>
            <legend>{say!(payout.outstanding)}</legend>
            {move || wrong.get().map(|says| view! { <p class="error" id=error_id.clone()>{says}</p> })}
            <div class="choices">{cards}</div>
            <div class="row">{new_note::new_note(pay)}</div>
        </fieldset>
    }
    .into_any()
}

fn lot(pay: PayoutForm, at: usize, row: LotRow) -> AnyView {
    let draft = pay.draft;
    let (read, write) = (row.id.clone(), row.id.clone());
    let marked = bind::checkbox(
        move || draft.with(|draft| draft.marked.iter().any(|marked| marked.lot == read)),
        move |on| draft.update(|draft| draft.mark(&write, on)),
    );
    // The first checkbox has the id that errors about the whole list link to.
    let id = if at == 0 { LOTS.id() } else { format!("{}-mark", lot_field(&row.id).id()) };
    let figure = |amount| pay.currency.with_value(|currency| money::figure(amount, currency));
    let on = date::short(row.on, pay.session.today().get_untracked());
    let no = row.no.clone().unwrap_or_default();
    let label = say!(payout.lot, what = names::lot_origin(row.origin), no = no, date = on);
    let hint = say!(payout.lot_amount, amount = figure(row.amount));
    view! {
        <div class="going">
            <CheckCard id=id label=label hint=hint figure=say!(payout.os, amount = figure(row.os)) checked=marked/>
            <Show when=move || marked.get()>{amount(pay, row.clone())}</Show>
        </div>
    }
    .into_any()
}

fn amount(pay: PayoutForm, row: LotRow) -> AnyView {
    let field = lot_field(&row.id);
    let (read, write) = (row.clone(), row.id.clone());
    let value = bind::text(
        move || pay.with(|draft, facts| draft.lot_text(&read, facts)).flatten().unwrap_or_default(),
        move |typed| pay.draft.update(|draft| draft.set_lot_amount(&write, typed)),
    );
    let label = say!(refund.amount_of, no = row.no.unwrap_or_default());
    let sign = pay.currency.with_value(money::sign);
    view! {
        <AmountField id=field.id() label=label currency=sign value=value error=pay.form.error(field) required=true/>
    }
    .into_any()
}
