//! A checkbox as a card, with the amount that checking it would change.

use super::live::live;
use super::value::Value;
use leptos::prelude::*;

/// A checkbox with a hint under its label and a figure at its end.
///
/// ```ignore
/// <CheckCard id="clawback" label=say!(refund.clawback) hint=about figure=moves checked=draft.clawback/>
/// ```
#[component]
pub fn CheckCard(
    /// Unique on the page.
    #[prop(into)]
    id: String,
    /// Its accessible name.
    #[prop(into)]
    label: Signal<String>,
    /// A line of detail.
    #[prop(optional, into)]
    hint: Option<Signal<String>>,
    /// The amount that checking it would change.
    #[prop(optional, into)]
    figure: Option<Signal<String>>,
    /// Whether it is checked.
    #[prop(into)]
    checked: Value<bool>,
    /// Why it is disabled now.
    #[prop(optional, into)]
    why_not: Option<Signal<Option<String>>>,
    /// Shown without a frame.
    #[prop(optional)]
    plain: bool,
) -> AnyView {
    let (name_id, about_id, figure_id) =
        (format!("{id}-name"), format!("{id}-about"), format!("{id}-figure"));
    let described = format!("{about_id} {figure_id}");
    let reason = move || why_not.and_then(|why| why.get());
    let about = move || reason().or_else(|| hint.map(|hint| hint.get()));
    view! {
        <label class="choice" class:plain=plain>
            <input type="checkbox" id=id aria-labelledby=name_id.clone() aria-describedby=described
                disabled=move || reason().is_some()
                prop:checked=move || checked.get()
                on:change:target=move |ev| checked.set(ev.target().checked()) />
            <span>
                <span class="name" id=name_id>{label}</span>
                <span class="hint" id=about_id>{live(about)}</span>
            </span>
            <span class="num" id=figure_id>{figure}</span>
        </label>
    }
    .into_any()
}
