//! Several lines of text.

use super::field::Words;
use leptos::prelude::*;

/// Several lines of text, such as notes.
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
    /// What is typed.
    value: RwSignal<String>,
    /// What to write.
    #[prop(optional, into)]
    hint: Option<Signal<String>>,
    /// What is wrong.
    #[prop(optional, into)]
    error: Option<Signal<Option<String>>>,
    /// Whether it must be filled.
    #[prop(optional)]
    required: bool,
) -> AnyView {
    let words = Words { id: id.clone(), label, hint, error, required };
    let input = view! {
        <textarea
            id=id
            class="input"
            rows="2"
            aria-required=required.then_some("true")
            aria-invalid=words.invalid()
            aria-describedby=words.described_by()
            prop:value=value
            on:input:target=move |ev| value.set(ev.target().value())
        ></textarea>
    };
    words.around(input.into_any())
}
