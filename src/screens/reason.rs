//! *Reason*: a list, and a text field for a reason that is not in the list.

use crate::components::{Choice, Select, TextField};
use crate::forms::{Reason, ReasonDraft};
use crate::screens::bind;
use crate::screens::form::Form;
use crate::text::{reasons, say};
use leptos::prelude::*;

/// The fields of a reason; `write` receives the whole reason after each change.
pub fn fields(
    form: Form,
    reason: Signal<ReasonDraft>,
    write: impl Fn(ReasonDraft) + Copy + 'static,
) -> AnyView {
    let value = bind::text(
        move || reason.with(|reason| reason.choice.map(Reason::as_recorded).unwrap_or_default().to_owned()),
        move |picked| write(ReasonDraft { choice: Reason::find(&picked), ..reason.get_untracked() }),
    );
    let words = bind::text(
        move || reason.with(|reason| reason.words.clone()),
        move |words| write(ReasonDraft { words, ..reason.get_untracked() }),
    );
    let mut choices = vec![Choice::new("", say!(reasons.choose))];
    choices.extend(
        Reason::ALL.into_iter().map(|reason| Choice::new(reason.as_recorded(), reasons::choice(reason))),
    );
    let other = move || reason.with(|reason| reason.choice == Some(Reason::Other));
    let own = move || {
        view! {
            <TextField id=ReasonDraft::WORDS.id() label=say!(reasons.words) value=words
                error=form.error(ReasonDraft::WORDS) required=true/>
        }
    };
    view! {
        <Select id=ReasonDraft::CHOICE.id() label=say!(reasons.label) choices=choices value=value
            error=form.error(ReasonDraft::CHOICE) required=true/>
        <Show when=other>{own()}</Show>
    }
    .into_any()
}
