//! The summary of a form's errors, above the form: takes the focus and links to each field.

use super::ids::{focus_on, fresh};
use super::live::{effect, live};
use crate::text::say;
use leptos::prelude::*;

/// One error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The id of the field; `None` for an error of the whole form.
    pub field: Option<String>,
    /// The same sentence as at the field.
    pub says: String,
}

impl Problem {
    /// An error of one field.
    pub fn at(field: impl Into<String>, says: impl Into<String>) -> Self {
        Self { field: Some(field.into()), says: says.into() }
    }

    /// An error of the whole form, such as a refusal.
    pub fn whole(says: impl Into<String>) -> Self {
        Self { field: None, says: says.into() }
    }
}

/// The summary; nothing is drawn while there are no problems. It takes the focus whenever `problems` is set, so
/// set it when the form is submitted, not while the user types.
///
/// ```ignore
/// <ErrorSummary problems=problems/>
/// ```
#[component]
pub fn ErrorSummary(
    /// The errors of the last submission.
    #[prop(into)]
    problems: Signal<Vec<Problem>>,
) -> AnyView {
    let id = fresh("errors");
    let heading = format!("{id}-title");
    let (own, title) = (id.clone(), heading.clone());
    effect(move || {
        if problems.with(|all| !all.is_empty()) {
            focus_on(own.clone());
        }
    });
    let words = move || match problems.with(Vec::len) {
        1 => say!(parts.problem),
        count => say!(parts.problems, count = count),
    };
    view! {
        <div class="errors" id=id role="alert" tabindex="-1" aria-labelledby=title hidden=move || problems.with(Vec::is_empty)>
            <h2 id=heading>{live(words)}</h2>
            <ul>{move || problems.get().into_iter().map(line).collect_view()}</ul>
        </div>
    }
    .into_any()
}

/// One error; with a field it is a link that moves the focus there without changing the address.
fn line(problem: Problem) -> AnyView {
    let Problem { field, says } = problem;
    let Some(field) = field else { return view! { <li>{says}</li> }.into_any() };
    let href = format!("#{field}");
    let go = move |ev: web_sys::MouseEvent| {
        ev.prevent_default();
        focus_on(field.clone());
    };
    view! { <li><a href=href rel="external" on:click=go>{says}</a></li> }.into_any()
}
