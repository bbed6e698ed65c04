//! An amount of money: typed as text, parsed by the draft, so that what was typed stays.

use super::field::Words;
use leptos::prelude::*;

/// An amount with the currency in front. What stands in it is selected on arrival: typing replaces it.
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
    /// The one amount the page is about.
    #[prop(optional)]
    big: bool,
) -> AnyView {
    let words = Words { id: id.clone(), label, hint, error, required };
    let input = view! {
        <div class="money" class:big=big>
            <span class="currency" aria-hidden="true">{currency}</span>
            <input
                id=id
                type="text"
                inputmode="decimal"
                autocomplete="off"
                spellcheck="false"
                enterkeyhint="done"
                aria-required=required.then_some("true")
                aria-invalid=words.invalid()
                aria-describedby=words.described_by()
                prop:value=value
                on:focus:target=|ev| ev.target().select()
                on:input:target=move |ev| value.set(ev.target().value())
            />
        </div>
    };
    words.around(input.into_any())
}
