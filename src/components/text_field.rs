//! A text field of one line.

use super::field::Words;
use super::value::Value;
use leptos::prelude::*;

/// A text field of one line.
///
/// ```ignore
/// <TextField id="name" label=say!(add_customer.name) value=draft.name error=draft.name_error required=true/>
/// ```
#[component]
pub fn TextField(
    /// Unique on the page; the error summary links to it.
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
    /// `text`, `tel`, `email`, `search`, `password`.
    #[prop(default = "text")]
    kind: &'static str,
    /// The value of `autocomplete`; `off` by default.
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// The value of `inputmode`, such as `numeric` for digits.
    #[prop(optional)]
    keyboard: &'static str,
    /// Whether only a few characters are expected.
    #[prop(optional)]
    short: bool,
) -> AnyView {
    let words = Words { id: id.clone(), label, hint, error, required };
    let input = view! {
        <input
            id=id
            class="input"
            class:short=short
            type=kind
            dir=(kind == "text").then_some("auto")
            autocomplete=autocomplete
            inputmode=(!keyboard.is_empty()).then_some(keyboard)
            spellcheck="false"
            aria-required=required.then_some("true")
            aria-invalid=words.invalid()
            aria-describedby=words.described_by()
            prop:value=move || value.get()
            on:input:target=move |ev| value.set(ev.target().value())
        />
    };
    words.around(input.into_any())
}
