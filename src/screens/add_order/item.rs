//! The item of an order line: typed ahead from the items of the shop, read by a barcode reader, or any text.

use super::order_form::OrderForm;
use crate::components::{Picked, Picker, TextField, focus_on, swap};
use crate::forms::Field;
use crate::forms::order::{QUANTITY, TEXT};
use crate::screens::items;
use crate::text::say;
use ledger::entry::SetItem;
use ledger::money::Currency;
use leptos::prelude::*;

/// The fewest digits of a code: what is typed by a barcode reader, and not by a person.
const FEWEST_DIGITS: usize = 6;

/// The field. A shop without items has a plain text field.
pub(super) fn item(order_form: OrderForm, key: u32) -> AnyView {
    let shop = order_form.session.shop();
    let any = Memo::new(move |_| {
        shop.with(|shop| shop.as_ref().is_some_and(|shop| shop.catalogue.sold().next().is_some()))
    });
    swap(any, move |any| if any { picked(order_form, key) } else { typed(order_form, key) })
}

fn typed(order_form: OrderForm, key: u32) -> AnyView {
    let field = Field::of(TEXT, key);
    let text = order_form.line(key, |line| line.text.clone(), |line, typed| line.text = typed);
    let error = order_form.form.error(field.clone());
    view! { <TextField id=field.id() label=say!(add_order.item) value=text error=error required=true/> }
        .into_any()
}

fn picked(order_form: OrderForm, key: u32) -> AnyView {
    let field = Field::of(TEXT, key);
    let text = order_form.line(key, |line| line.text.clone(), |line, typed| line.text = typed);
    // A code that no item has, as long as it is what the field holds.
    let unknown = RwSignal::new(None::<String>);
    let invalid = order_form.form.error(field.clone());
    let error = Signal::derive(move || {
        let unknown = unknown.get().filter(|code| text.with(|text| text.trim() == code));
        unknown.map(|code| say!(add_order.unknown_code, code = code)).or_else(|| invalid.get())
    });
    let options = Signal::derive(move || {
        let found = items::matching(order_form.session, &text.get());
        order_form
            .currency
            .with_value(|currency| found.iter().map(|item| option(item, currency)).collect::<Vec<_>>())
    });
    let pick = move |id: String| {
        if let Some(item) = items::with_id(order_form.session, &id) {
            order_form.put(key, &item);
        }
    };
    let enter = move |()| {
        let code = text.get().trim().to_owned();
        match items::with_code(order_form.session, &code) {
            Some(item) => focus_on(Field::of(TEXT, order_form.scan(key, &item)).id()),
            None if is_code(&code) => unknown.set(Some(code)),
            None => focus_on(Field::of(QUANTITY, key).id()),
        }
    };
    view! {
        <Picker id=field.id() label=say!(add_order.item) text=text options=options on_pick=pick
            on_enter=UnsyncCallback::new(enter) error=error required=true free=true/>
    }
    .into_any()
}

/// Whether a text is what a barcode reader types.
fn is_code(text: &str) -> bool {
    text.len() >= FEWEST_DIGITS && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn option(item: &SetItem, currency: &Currency) -> Picked {
    let detail = items::price(item, currency).unwrap_or_else(|| say!(add_order.any_price));
    Picked { id: item.item.to_string(), label: item.name.clone(), detail }
}
