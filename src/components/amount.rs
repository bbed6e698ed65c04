//! The field for an amount of money: the draft parses the text, so the text stays as typed.

use super::field::Words;
use super::live::effect;
use super::value::Value;
use leptos::html;
use leptos::prelude::*;

/// An amount with the currency in front. The text is selected on focus, so that typing replaces it; a text that appears or
/// changes in the field before anything was typed there is selected, too.
///
/// ```ignore
/// <AmountField id="amount" label=say!(payment.amount) currency="£" value=draft.amount error=wrong required=true/>
/// ```
#[component]
pub fn AmountField(
    /// Unique on the page; the error summary links to it.
    #[prop(into)]
    id: String,
    /// Its accessible name.
    #[prop(into)]
    label: Signal<String>,
    /// The currency's sign, see `text::money::sign`.
    #[prop(into)]
    currency: Signal<String>,
    /// The text as typed.
    #[prop(into)]
    value: Value<String>,
    /// The hint under the label.
    #[prop(optional, into)]
    hint: Option<Signal<String>>,
    /// The error message, if the value is invalid.
    #[prop(optional, into)]
    error: Option<Signal<Option<String>>>,
    /// Whether a value is required.
    #[prop(optional)]
    required: bool,
    /// Larger: for the main amount of a page.
    #[prop(optional)]
    big: bool,
) -> AnyView {
    let words = Words { id: id.clone(), label, hint, error, required };
    let node = NodeRef::<html::Input>::new();
    // Whether something was typed since the field took the focus.
    let typed = StoredValue::new(false);
    effect(move || {
        let text = value.get();
        let Some(input) = node.get().filter(|_| !typed.get_value()) else { return };
        if input.matches(":focus").unwrap_or(false) {
            // The element may not hold the new text yet, and setting it would end the selection.
            input.set_value(&text);
            input.select();
        }
    });
    let focus = move |input: web_sys::HtmlInputElement| {
        typed.set_value(false);
        input.select();
    };
    let write = move |text: String| {
        typed.set_value(true);
        value.set(text);
    };
    let input = view! {
        <div class="money" class:big=big>
            <span class="currency" aria-hidden="true">{currency}</span>
            <input
                node_ref=node
                id=id
                type="text"
                inputmode="decimal"
                autocomplete="off"
                spellcheck="false"
                enterkeyhint="done"
                aria-required=required.then_some("true")
                aria-invalid=words.invalid()
                aria-describedby=words.described_by()
                prop:value=move || value.get()
                on:focus:target=move |ev| focus(ev.target())
                on:input:target=move |ev| write(ev.target().value())
            />
        </div>
    };
    words.around(input.into_any())
}
