//! One line of the order form.

use super::item;
use super::order_form::OrderForm;
use crate::components::{AmountField, Button, Choice, Look, Select, TextField, focus_on};
use crate::forms::Field;
use crate::forms::order::{LESS, PRICE, QUANTITY, RATE, TaxChoice};
use crate::text::{money, say};
use leptos::prelude::*;

pub(super) fn line(order_form: OrderForm, key: u32) -> AnyView {
    let draft = order_form.draft;
    let number = Memo::new(move |_| {
        draft.with(|draft| draft.lines.iter().position(|line| line.key == key).map_or(0, |at| at + 1))
    });
    let only = Memo::new(move |_| draft.with(|draft| draft.lines.len() == 1));
    let remove = move |()| {
        draft.update(|draft| draft.remove_line(key));
        focus_on("add-line");
    };
    let name = Signal::derive(move || say!(add_order.remove_line, number = number.get()));
    view! {
        <fieldset class="order-line">
            <legend class="heard">{move || say!(add_order.line, number = number.get())}</legend>
            {what(order_form, key)}
            {tax(order_form, key)}
            {less(order_form, key)}
            <Show when=move || !only.get()>
                <Button label=name look=Look::Quiet on_press=remove/>
            </Show>
        </fieldset>
    }
    .into_any()
}

/// The description, quantity and price.
fn what(order_form: OrderForm, key: u32) -> AnyView {
    let at = |name| Field::of(name, key);
    let qty = order_form.line(key, |line| line.qty.clone(), |line, typed| line.qty = typed);
    let unit = order_form.line(key, |line| line.unit.clone(), |line, typed| line.unit = typed);
    let sign = order_form.currency.with_value(money::sign);
    let wrong = move |name| order_form.form.error(at(name));
    let taxed = order_form.line(key, |line| value(line.tax).into(), |_, _| ());
    let mode = Signal::derive(move || mode(choice(&taxed.get())));
    view! {
        {item::item(order_form, key)}
        <TextField id=at(QUANTITY).id() label=say!(add_order.quantity) value=qty error=wrong(QUANTITY)
            keyboard="decimal" required=true/>
        <AmountField id=at(PRICE).id() label=say!(add_order.price) hint=mode currency=sign value=unit
            error=wrong(PRICE) required=true/>
    }
    .into_any()
}

/// Whether the price of a line is net or gross.
fn mode(tax: TaxChoice) -> String {
    match tax {
        TaxChoice::None => say!(add_order.untaxed),
        TaxChoice::Inside => say!(add_order.gross),
        TaxChoice::OnTop => say!(add_order.net),
    }
}

/// The discount of the line.
fn less(order_form: OrderForm, key: u32) -> AnyView {
    let field = Field::of(LESS, key);
    let value = order_form.line(key, |line| line.less.clone(), |line, typed| line.less = typed);
    let error = order_form.form.error(field.clone());
    view! { <TextField id=field.id() label=say!(add_order.less) value=value error=error/> }.into_any()
}

/// The tax: none, included in the price, or added to it.
fn tax(order_form: OrderForm, key: u32) -> AnyView {
    let field = Field::of(RATE, key);
    let choice =
        order_form.line(key, |line| value(line.tax).into(), |line, picked| line.tax = choice(&picked));
    let rate = order_form.line(key, |line| line.rate.clone(), |line, typed| line.rate = typed);
    let taxed = Memo::new(move |_| choice.with(|picked| picked != value(TaxChoice::None)));
    let choices = vec![
        Choice::new(value(TaxChoice::None), say!(add_order.no_tax)),
        Choice::new(value(TaxChoice::Inside), say!(add_order.inside)),
        Choice::new(value(TaxChoice::OnTop), say!(add_order.on_top)),
    ];
    let id = format!("f-tax-{key}");
    view! {
        <Select id=id label=say!(add_order.tax) choices=choices value=choice required=true/>
        <Show when=move || taxed.get()>
            <TextField id=field.id() label=say!(add_order.rate) value=rate error=order_form.form.error(field.clone())
                keyboard="decimal" required=true/>
        </Show>
    }
    .into_any()
}

const fn value(tax: TaxChoice) -> &'static str {
    match tax {
        TaxChoice::None => "none",
        TaxChoice::Inside => "inside",
        TaxChoice::OnTop => "on-top",
    }
}

fn choice(value: &str) -> TaxChoice {
    match value {
        "inside" => TaxChoice::Inside,
        "on-top" => TaxChoice::OnTop,
        _ => TaxChoice::None,
    }
}
