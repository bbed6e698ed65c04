//! A selection of one from a few cards, with room for a hint and a figure.

use super::choice::Choice;
use super::field::Words;
use super::value::Value;
use leptos::prelude::*;

/// A group of radio buttons shown as cards. The first has the id of the field.
///
/// ```ignore
/// <Choices id="after" label=say!(refund.question) choices=presets value=draft.after required=true/>
/// ```
#[component]
pub fn Choices(
    /// Unique on the page; also the group's name.
    #[prop(into)]
    id: String,
    /// The group's accessible name.
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
    /// Whether one must be selected.
    #[prop(optional)]
    required: bool,
    /// Side by side where there is enough width.
    #[prop(optional)]
    across: bool,
) -> AnyView {
    let words = Words { id: id.clone(), label, hint, error, required };
    let cards = {
        let group = id.clone();
        move || {
            let all = choices.get().into_iter().enumerate();
            all.map(|(at, choice)| card(&group, at, choice, value)).collect_view()
        }
    };
    view! {
        <fieldset class="field" role="radiogroup" aria-required=required.then_some("true")
            aria-invalid=words.invalid() aria-describedby=words.described_by()>
            <legend>{label}</legend>
            {words.below()}
            <div class="choices" class:across=across>{cards}</div>
        </fieldset>
    }
    .into_any()
}

/// One card; its accessible name is the label alone, the rest is its description.
fn card(group: &str, at: usize, choice: Choice, value: Value<String>) -> AnyView {
    let id = if at == 0 { group.to_owned() } else { format!("{group}-{at}") };
    let (name_id, about_id, figure_id) =
        (format!("{group}-{at}-name"), format!("{group}-{at}-about"), format!("{group}-{at}-figure"));
    let described = format!("{about_id} {figure_id}");
    let Choice { value: own, label, hint, figure, why_not } = choice;
    let (picked, set) = (own.clone(), own.clone());
    let closed = why_not.is_some();
    view! {
        <label class="choice">
            <input type="radio" id=id name=group.to_owned() value=own disabled=closed
                aria-labelledby=name_id.clone() aria-describedby=described
                prop:checked=move || value.with(|v| *v == picked)
                on:change=move |_| value.set(set.clone()) />
            <span>
                <span class="name" id=name_id>{label}</span>
                <span class="hint" id=about_id>{why_not.or(hint)}</span>
            </span>
            <span class="num" id=figure_id>{figure}</span>
        </label>
    }
    .into_any()
}
