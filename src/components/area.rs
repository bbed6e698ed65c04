//! A text field of several lines.

use super::field::Words;
use super::value::Value;
use leptos::prelude::*;

/// A text field of several lines, such as notes.
///
/// ```ignore
/// <TextArea id="note" label=say!(payment.notes) value=draft.note/>
/// ```
#[component]
pub fn TextArea(
    /// Unique on the page.
    #[prop(into)]
    id: String,
    /// Its accessible name.
    #[prop(into)]
    label: Signal<String>,
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
) -> AnyView {
    let words = Words { id: id.clone(), label, hint, error, required };
    let input = view! {
        <textarea
            id=id
            class="input"
            rows="2"
            dir="auto"
            aria-required=required.then_some("true")
            aria-invalid=words.invalid()
            aria-describedby=words.described_by()
            prop:value=move || value.get()
            on:input:target=move |ev| value.set(ev.target().value())
        ></textarea>
    };
    words.around(input.into_any())
}
