//! The effect of the payment in a sentence: what becomes credit, and what will still be owed. The figures come from the
//! ledger's preview of the commands that *Apply Payment* records.

use super::payment_form::PaymentForm;
use crate::forms::payment::{Towards, first_due};
use crate::text::{money, say};
use ledger::id::Id;
use ledger::money::Money;
use ledger::preview::{Preview, Subject};
use leptos::prelude::*;

pub(super) fn consequence(payment_form: PaymentForm) -> AnyView {
    let says = Memo::new(move |_| {
        let preview = payment_form.preview()?;
        let said: Vec<String> = [
            recovered(payment_form, &preview),
            left_over(payment_form, &preview),
            owed(payment_form, &preview),
        ]
        .into_iter()
        .flatten()
        .collect();
        Some(said.join(" "))
    });
    view! { <p class="why" role="status">{says}</p> }.into_any()
}

/// What the payment recovers of a write-off: the sale grows by it.
fn recovered(payment_form: PaymentForm, preview: &Preview) -> Option<String> {
    let sales = preview.changes.iter().filter(|change| matches!(change.subject, Subject::Sale(_)));
    let amount = sales.map(|change| change.after - change.before).sum::<Money>();
    let amount = Some(amount).filter(|amount| amount.is_positive())?;
    let amount = payment_form.currency.with_value(|currency| money::money(amount, currency));
    let sale = payment_form.draft.with(|draft| matches!(draft.towards, Towards::Sale(_)));
    (!sale).then(|| say!(pay.recovers, amount = amount))
}

/// The part of the payment that becomes credit.
fn left_over(payment_form: PaymentForm, preview: &Preview) -> Option<String> {
    let amount = Some(preview.left_over).filter(|over| over.is_positive())?;
    let amount = payment_form.currency.with_value(|currency| money::money(amount, currency));
    payment_form.draft.with(|draft| match draft.towards {
        Towards::Several(_) => Some(say!(pay.left_over_shares, amount = amount)),
        Towards::Credit => Some(say!(pay.left_over_whole, amount = amount)),
        Towards::First | Towards::Order(_) => Some(say!(pay.left_over, amount = amount)),
        Towards::Sale(_) => None,
    })
}

/// What will still be owed: on the invoice being paid, and on all orders if that is another figure.
fn owed(payment_form: PaymentForm, preview: &Preview) -> Option<String> {
    let m = |amount: Money| payment_form.currency.with_value(|currency| money::money(amount, currency));
    let all = after(preview, &Subject::Owed).filter(|all| all.is_positive())?;
    let one: Option<Id> = payment_form.draft.with(|draft| match &draft.towards {
        Towards::Order(order) => Some(Some(order.clone())),
        Towards::First => Some(payment_form.due.with(|due| first_due(due).map(|row| row.id.clone()))),
        Towards::Several(_) | Towards::Credit => Some(None),
        Towards::Sale(_) => None,
    })?;
    let Some(one) = one else { return Some(say!(pay.less, amount = m(all))) };
    let here = after(preview, &Subject::OrderOwed(one.clone()))?;
    let no = payment_form.due.with(|due| due.iter().find(|row| row.id == one).and_then(|row| row.no.clone()));
    Some(match here {
        here if here == all => say!(pay.less, amount = m(all)),
        Money::ZERO => say!(pay.less_elsewhere, amount = m(all)),
        here => say!(pay.less_of, amount = m(here), no = no.unwrap_or_default(), all = m(all)),
    })
}

fn after(preview: &Preview, subject: &Subject) -> Option<Money> {
    preview.changes.iter().find(|change| change.subject == *subject).map(|change| change.after)
}
