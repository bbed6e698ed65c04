//! A date field, drawn by the browser.

use super::field::Words;
use super::value::Value;
use leptos::prelude::*;

/// A date field; the value is `2026-11-18`, or empty.
///
/// ```ignore
/// <DateField id="on" label=say!(payment.date) value=draft.on max=today required=true/>
/// ```
#[component]
pub fn DateField(
    /// Unique on the page.
    #[prop(into)]
    id: String,
    /// Its accessible name.
    #[prop(into)]
    label: Signal<String>,
    /// The chosen date.
    #[prop(into)]
    value: Value<String>,
    /// The last date the browser's picker offers; the draft checks a typed date.
    #[prop(optional, into)]
    max: Option<Signal<String>>,
    /// The hint under the label.
    #[prop(optional, into)]
    hint: Option<Signal<String>>,
    /// The error message, if the value is invalid.
    #[prop(optional, into)]
    error: Option<Signal<Option<String>>>,
    /// Whether a value is required.
    #[prop(optional)]
    required: bool,
) -> AnyView {
    let words = Words { id: id.clone(), label, hint, error, required };
    let input = view! {
        <input
            id=id
            class="input short"
            type="date"
            max=max
            aria-required=required.then_some("true")
            aria-invalid=words.invalid()
            aria-describedby=words.described_by()
            prop:value=move || value.get()
            on:input:target=move |ev| value.set(ev.target().value())
        />
    };
    words.around(input.into_any())
}
