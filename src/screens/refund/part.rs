//! One refundable row: a payment, or credit applied to the order.

use super::wizard::Wizard;
use crate::components::{AmountField, CheckCard};
use crate::forms::Field;
use crate::forms::refund::{PAYMENTS, part_field};
use crate::screens::{bind, methods};
use crate::text::{date, money, say};
use ledger::view::order::Refundable;
use leptos::prelude::*;

pub(super) fn part(wizard: Wizard, at: usize, row: Refundable) -> AnyView {
    let draft = wizard.draft;
    let field = part_field(&row.from, row.credit);
    let (read, write) = (row.clone(), row.clone());
    let marked = bind::checkbox(
        move || draft.with(|draft| draft.parts.iter().any(|part| part.is(&read))),
        move |on| draft.update(|draft| draft.mark(&write, on)),
    );
    // The first checkbox has the id that errors about the whole list link to.
    let id = if at == 0 { PAYMENTS.id() } else { format!("{}-mark", field.id()) };
    let up_to = wizard.currency.with_value(|currency| money::figure(row.refundable, currency));
    let hint = if row.credit { say!(refund.credit_hint) } else { say!(refund.up_to, amount = up_to.clone()) };
    let why = why_not(&row);
    let label = label(wizard, &row);
    view! {
        <div class="going">
            <CheckCard id=id label=label hint=hint figure=up_to checked=marked why_not=Signal::stored(why)/>
            <Show when=move || marked.get()>{amount(wizard, row.clone(), field.clone())}</Show>
        </div>
    }
    .into_any()
}

fn label(wizard: Wizard, row: &Refundable) -> String {
    let on = date::short(row.on, wizard.session.today().get_untracked());
    let no = row.no.clone().unwrap_or_default();
    match row.method {
        Some(method) if !row.credit => {
            say!(refund.payment, no = no, by = methods::by(wizard.session, method), date = on)
        }
        _ => say!(refund.credit, no = no, date = on),
    }
}

fn why_not(row: &Refundable) -> Option<String> {
    match row {
        Refundable { pending: true, .. } => Some(say!(refund.pending)),
        Refundable { disputed: true, .. } => Some(say!(refund.disputed)),
        Refundable { refundable, .. } if !refundable.is_positive() => Some(say!(refund.all_back)),
        _ => None,
    }
}

fn amount(wizard: Wizard, row: Refundable, field: Field) -> AnyView {
    let draft = wizard.draft;
    let (read, write) = (row.clone(), row.clone());
    let value = bind::text(
        move || wizard.with(|draft, facts, _| draft.amount_text(&read, facts)).flatten().unwrap_or_default(),
        move |typed| draft.update(|draft| draft.set_amount(&write, typed)),
    );
    let sign = wizard.currency.with_value(money::sign);
    let label = say!(refund.amount_of, no = row.no.unwrap_or_default());
    view! {
        <AmountField id=field.id() label=label currency=sign value=value error=wizard.form.error(field) required=true/>
    }
    .into_any()
}
