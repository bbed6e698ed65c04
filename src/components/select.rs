//! A selection of one from many, as a native drop-down.

use super::choice::Choice;
use super::field::Words;
use super::value::Value;
use leptos::prelude::*;

/// A drop-down. A disabled option shows its reason after its label.
///
/// ```ignore
/// <Select id="method" label=say!(payment.kind) choices=methods value=draft.method required=true/>
/// ```
#[component]
pub fn Select(
    /// Unique on the page.
    #[prop(into)]
    id: String,
    /// Its accessible name.
    #[prop(into)]
    label: Signal<String>,
    /// The options.
    #[prop(into)]
    choices: Signal<Vec<Choice>>,
    /// The chosen value.
    #[prop(into)]
    value: Value<String>,
    /// The hint under the label.
    #[prop(optional, into)]
    hint: Option<Signal<String>>,
    /// The error message, if the value is invalid.
    #[prop(optional, into)]
    error: Option<Signal<Option<String>>>,
    /// Whether an option must be selected.
    #[prop(optional)]
    required: bool,
) -> AnyView {
    let words = Words { id: id.clone(), label, hint, error, required };
    let option = move |choice: Choice| {
        let Choice { value: own, label, why_not, .. } = choice;
        let (closed, picked) = (why_not.is_some(), own.clone());
        let says = why_not.map_or(label.clone(), |why| format!("{label}: {why}"));
        view! { <option value=own selected=move || value.with(|v| *v == picked) disabled=closed>{says}</option> }
    };
    let input = view! {
        <select
            id=id
            class="input"
            aria-required=required.then_some("true")
            aria-invalid=words.invalid()
            aria-describedby=words.described_by()
            on:change:target=move |ev| value.set(ev.target().value())
        >
            {move || choices.get().into_iter().map(option).collect_view()}
        </select>
    };
    words.around(input.into_any())
}
