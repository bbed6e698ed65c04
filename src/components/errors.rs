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
    /// Whether it is a question, which the user answers by confirming the value.
    pub asks: bool,
}

impl Problem {
    /// An error of one field.
    pub fn at(field: impl Into<String>, says: impl Into<String>) -> Self {
        Self { field: Some(field.into()), says: says.into(), asks: false }
    }

    /// An error of the whole form, such as a refusal.
    pub fn whole(says: impl Into<String>) -> Self {
        Self { field: None, says: says.into(), asks: false }
    }

    /// The same as a question.
    #[must_use]
    pub const fn asking(mut self, asks: bool) -> Self {
        self.asks = asks;
        self
    }
}

/// The summary; nothing is drawn while there are no problems. It takes the focus whenever `problems` is set, when the
/// form is submitted; but not when a problem goes away or changes because the user types.
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
    let before = StoredValue::new(Vec::<Problem>::new());
    effect(move || {
        let now = problems.get();
        if !now.is_empty() && !before.with_value(|before| is_mended(before, &now)) {
            focus_on(own.clone());
        }
        before.set_value(now);
    });
    let asks = move || problems.with(|all| all.iter().all(|problem| problem.asks));
    let words = move || match problems.with(Vec::len) {
        _ if asks() => say!(parts.please_check),
        1 => say!(parts.problem),
        count => say!(parts.problems, count = count),
    };
    view! {
        <div class="errors" class:asks=asks id=id role="alert" tabindex="-1" aria-labelledby=title hidden=move || problems.with(Vec::is_empty)>
            <h2 id=heading>{live(words)}</h2>
            <ul>{move || problems.get().into_iter().map(line).collect_view()}</ul>
        </div>
    }
    .into_any()
}

/// Whether the problems differ from those before only because fields were mended.
fn is_mended(before: &[Problem], now: &[Problem]) -> bool {
    before != now && now.iter().all(|problem| before.iter().any(|old| old.field == problem.field))
}

/// One error; with a field it is a link that moves the focus there without changing the address.
fn line(problem: Problem) -> AnyView {
    let Problem { field, says, .. } = problem;
    let Some(field) = field else { return view! { <li>{says}</li> }.into_any() };
    let href = format!("#{field}");
    let go = move |ev: web_sys::MouseEvent| {
        ev.prevent_default();
        focus_on(field.clone());
    };
    view! { <li><a href=href rel="external" on:click=go>{says}</a></li> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::{Problem, is_mended};

    #[test]
    fn a_new_or_repeated_problem_takes_the_focus() {
        let (amount, note) = (Problem::at("amount", "Enter the amount"), Problem::at("note", "Enter a note"));
        let both = [amount.clone(), note.clone()];
        assert!(is_mended(&both, std::slice::from_ref(&note)));
        assert!(is_mended(&both, &[Problem::at("amount", "Enter a number"), note.clone()]));
        assert!(!is_mended(&both, &both), "submitted again");
        assert!(!is_mended(&[], &both));
        assert!(!is_mended(&[note], &both));
        assert!(!is_mended(&both, &[Problem::whole("The ledger refused it")]));
    }
}
