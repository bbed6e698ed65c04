//! The answer to a question of a form: a checkbox that confirms an unusual value.

use super::bind;
use super::form::Form;
use crate::components::CheckCard;
use crate::forms::{Confirms, Field, Problem};
use leptos::prelude::*;

/// A checkbox under a field, while the form asks about its value and after the value was confirmed.
pub fn confirmation<D: Confirms + Send + Sync + 'static>(
    form: Form,
    field: Field,
    draft: RwSignal<D>,
    value: fn(&D) -> &str,
    label: String,
) -> AnyView {
    let id = format!("{}-confirmed", field.id());
    let (asked, read, write) = (field.clone(), field.clone(), field);
    let is_confirmed = move || draft.with(|draft| draft.confirmed().has(&read, value(draft)));
    let confirmed = bind::checkbox(is_confirmed, move |on| {
        draft.update(|draft| {
            let value = value(draft).to_owned();
            draft.confirmed_mut().set(&write, &value, on);
        });
    });
    let shown = Memo::new(move |_| {
        confirmed.get() || form.problem(&asked).is_some_and(|problem| Problem::is_question(&problem))
    });
    view! {
        <Show when=move || shown.get()>
            <CheckCard id=id.clone() label=label.clone() checked=confirmed plain=true/>
        </Show>
    }
    .into_any()
}
