//! *Invoice*: one with a balance due, several, or none; for a walk-in, the sale.

use super::payment_form::PaymentForm;
use crate::components::{AmountField, Button, Choice, Select, TextField, Value, swap};
use crate::forms::Field;
use crate::forms::order::TaxChoice;
use crate::forms::payment::{
    INVOICE, PaymentDraft, RATE, SHARE, Sale, Share, Towards, WHAT, first_due, to_settle,
};
use crate::forms::typed_amount;
use crate::screens::{bind, context};
use crate::text::{date, money, say};
use ledger::id::Id;
use ledger::view::order::OrderRow;
use leptos::prelude::*;

const SEVERAL: &str = "several";
const CREDIT: &str = "credit";
const SALE: &str = "sale";

pub(super) fn invoice(payment_form: PaymentForm) -> AnyView {
    let draft = payment_form.draft;
    let value = bind::text(
        move || payment_form.with(|draft, facts| chosen(draft, facts.due)),
        move |picked| {
            let due = payment_form.due.get_untracked();
            draft.update(|draft| draft.towards = towards(&picked, &due));
        },
    );
    let choices = Signal::derive(move || choices(payment_form));
    let nothing = move || {
        (!payment_form.walk_in && payment_form.due.with(|due| first_due(due).is_none()))
            .then(|| say!(pay.nothing_due))
    };
    let sale = Memo::new(move |_| draft.with(|draft| matches!(draft.towards, Towards::Sale(_))));
    let several = Memo::new(move |_| draft.with(|draft| matches!(draft.towards, Towards::Several(_))));
    view! {
        <Select id=INVOICE.id() label=say!(pay.invoice) choices=choices value=value
            error=payment_form.form.error(INVOICE) required=true/>
        <p class="why" role="status">{nothing}</p>
        <Show when=move || sale.get()>{sold(payment_form)}</Show>
        <Show when=move || several.get()>{swap(payment_form.due, move |due| shares(payment_form, &due))}</Show>
    }
    .into_any()
}

fn choices(payment_form: PaymentForm) -> Vec<Choice> {
    let today = payment_form.latest();
    let (currency, due) = (payment_form.currency.get_value(), payment_form.due.get());
    let option = |row: &OrderRow| {
        let (no, on) = (row.no.clone().unwrap_or_default(), date::short(row.on, today));
        let amount = money::money(to_settle(row), &currency);
        let label = match row.owed.is_positive() {
            true => say!(pay.invoice_option, no = no, date = on, owed = amount),
            false => say!(pay.invoice_written_off, no = no, date = on, amount = amount),
        };
        Choice::new(row.id.as_str(), label)
    };
    let mut choices: Vec<Choice> = due.iter().map(option).collect();
    if due.len() > 1 {
        choices.push(Choice::new(SEVERAL, say!(pay.several)));
    }
    if payment_form.walk_in {
        choices.insert(0, Choice::new(SALE, say!(pay.new_sale)));
    } else {
        choices.push(Choice::new(CREDIT, say!(pay.as_credit)));
    }
    choices
}

fn chosen(draft: &PaymentDraft, due: &[OrderRow]) -> String {
    match &draft.towards {
        Towards::First => first_due(due).map_or_else(|| CREDIT.into(), |row| row.id.to_string()),
        Towards::Order(order) => order.to_string(),
        Towards::Several(_) => SEVERAL.into(),
        Towards::Credit => CREDIT.into(),
        Towards::Sale(_) => SALE.into(),
    }
}

fn towards(picked: &str, due: &[OrderRow]) -> Towards {
    match picked {
        SEVERAL => {
            let share = |row: &OrderRow| Share { order: row.id.clone(), amount: String::new() };
            Towards::Several(due.iter().map(share).collect())
        }
        SALE => Towards::Sale(Sale::new(&context::shop_tax(context::session()))),
        CREDIT => Towards::Credit,
        order => Id::new(order).map_or(Towards::Credit, Towards::Order),
    }
}

/// An amount for each invoice; an invoice left empty gets nothing. One press fills in all balances.
fn shares(payment_form: PaymentForm, due: &[OrderRow]) -> AnyView {
    let fields = due.iter().map(|row| share(payment_form, row)).collect_view();
    let balances = payment_form.currency.with_value(|currency| {
        let balance =
            |row: &OrderRow| Share { order: row.id.clone(), amount: typed_amount(row.owed, currency) };
        due.iter().filter(|row| row.owed.is_positive()).map(balance).collect::<Vec<_>>()
    });
    let fill = move |()| {
        let towards = Towards::Several(balances.clone());
        payment_form.draft.update(|draft| draft.towards = towards);
    };
    view! {
        <fieldset class="field shares">
            <legend>{say!(pay.shares)}</legend>
            <p class="hint">{say!(pay.shares_hint)}</p>
            <div class="share-fields">{fields}</div>
            <div class="row"><Button label=say!(pay.shares_fill) on_press=fill/></div>
        </fieldset>
    }
    .into_any()
}

fn share(payment_form: PaymentForm, row: &OrderRow) -> AnyView {
    let (draft, read, write) = (payment_form.draft, row.id.clone(), row.id.clone());
    let value = bind::text(
        move || draft.with(|draft| with_share(draft, &read)),
        move |typed| draft.update(|draft| set_share(draft, &write, typed)),
    );
    let field = Field::of(SHARE, &row.id);
    let label = say!(pay.share, no = row.no.clone().unwrap_or_default());
    let (sign, amount) = payment_form
        .currency
        .with_value(|currency| (money::sign(currency), money::money(to_settle(row), currency)));
    let hint = match row.owed.is_positive() {
        true => say!(pay.share_hint, owed = amount),
        false => say!(pay.share_written_off, amount = amount),
    };
    view! {
        <AmountField id=field.id() label=label hint=hint currency=sign value=value
            error=payment_form.form.error(field)/>
    }
    .into_any()
}

fn with_share(draft: &PaymentDraft, order: &Id) -> String {
    let Towards::Several(shares) = &draft.towards else { return String::new() };
    shares.iter().find(|share| share.order == *order).map(|share| share.amount.clone()).unwrap_or_default()
}

fn set_share(draft: &mut PaymentDraft, order: &Id, typed: String) {
    let Towards::Several(shares) = &mut draft.towards else { return };
    match shares.iter_mut().find(|share| share.order == *order) {
        Some(share) => share.amount = typed,
        // The invoice was added while the form was open.
        None => shares.push(Share { order: order.clone(), amount: typed }),
    }
}

/// The walk-in sale, with the tax included in its price.
fn sold(payment_form: PaymentForm) -> AnyView {
    let text = sale_field(payment_form, |sale| sale.text.clone(), |sale, typed| sale.text = typed);
    let rate = sale_field(
        payment_form,
        |sale| sale.rate.clone(),
        |sale, typed| {
            sale.tax = if typed.trim().is_empty() { TaxChoice::None } else { TaxChoice::Inside };
            sale.rate = typed;
        },
    );
    view! {
        <TextField id=WHAT.id() label=say!(pay.what) value=text error=payment_form.form.error(WHAT) required=true/>
        <TextField id=RATE.id() label=say!(pay.tax) hint=say!(pay.tax_hint) value=rate error=payment_form.form.error(RATE)
            keyboard="decimal" short=true/>
    }
    .into_any()
}

fn sale_field(
    payment_form: PaymentForm,
    read: fn(&Sale) -> String,
    write: fn(&mut Sale, String),
) -> Value<String> {
    let draft = payment_form.draft;
    let sale = move |draft: &PaymentDraft| match &draft.towards {
        Towards::Sale(sale) => read(sale),
        _ => String::new(),
    };
    bind::text(
        move || draft.with(sale),
        move |typed| {
            draft.update(|draft| {
                if let Towards::Sale(sale) = &mut draft.towards {
                    write(sale, typed);
                }
            });
        },
    )
}
