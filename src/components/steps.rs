//! The list of a wizard's steps with the current one marked.

use crate::text::say;
use leptos::prelude::*;

/// The steps, numbered.
///
/// ```ignore
/// <Steps steps=vec![say!(refund.step_payments), …] current=step/>
/// ```
#[component]
pub fn Steps(
    /// The names of the steps.
    steps: Vec<String>,
    /// The current one, from 0.
    #[prop(into)]
    current: Signal<usize>,
) -> AnyView {
    let step = |(at, name): (usize, String)| {
        view! { <li aria-current=move || (current.get() == at).then_some("step")>{at + 1}" "<span>{name}</span></li> }
    };
    let all = steps.into_iter().enumerate().map(step).collect_view();
    view! { <ol class="steps" aria-label=say!(parts.steps)>{all}</ol> }.into_any()
}
