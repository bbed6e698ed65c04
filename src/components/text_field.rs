//! One line of text.

use super::field::Words;
use leptos::prelude::*;

/// One line of text.
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
    /// What is typed.
    value: RwSignal<String>,
    /// What to write, under the label.
    #[prop(optional, into)]
    hint: Option<Signal<String>>,
    /// What is wrong.
    #[prop(optional, into)]
    error: Option<Signal<Option<String>>>,
    /// Whether it must be filled.
    #[prop(optional)]
    required: bool,
    /// `text`, `tel`, `email`, `search`, `password`.
    #[prop(default = "text")]
    kind: &'static str,
    /// For `autocomplete`; nothing is remembered unless asked for.
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// `numeric` for digits.
    #[prop(optional)]
    keyboard: &'static str,
    /// Whether few characters are expected.
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
            autocomplete=autocomplete
            inputmode=(!keyboard.is_empty()).then_some(keyboard)
            spellcheck="false"
            aria-required=required.then_some("true")
            aria-invalid=words.invalid()
            aria-describedby=words.described_by()
            prop:value=value
            on:input:target=move |ev| value.set(ev.target().value())
        />
    };
    words.around(input.into_any())
}
