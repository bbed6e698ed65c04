//! *Reason*: a list, and a text field for a reason that is not in the list.

use crate::components::{Choice, Select, TextField};
use crate::forms::{Reason, ReasonDraft};
use crate::screens::form::Form;
use crate::screens::{bind, context};
use crate::session::Session;
use crate::text::{reasons, say};
use leptos::prelude::*;

/// The fields of a reason; `write` receives the whole reason after each change.
pub fn fields(
    form: Form,
    reason: Signal<ReasonDraft>,
    write: impl Fn(ReasonDraft) + Copy + 'static,
) -> AnyView {
    let value = bind::text(
        move || reason.with(chosen),
        move |picked: String| write(picked_reason(&picked, reason.get_untracked())),
    );
    let words = bind::text(
        move || reason.with(|reason| reason.words.clone()),
        move |words| write(ReasonDraft { words, ..reason.get_untracked() }),
    );
    let other = move || reason.with(|reason| reason.choice == Some(Reason::Other) && !reason.own);
    let own = move || {
        view! {
            <TextField id=ReasonDraft::WORDS.id() label=say!(reasons.words) value=words
                error=form.error(ReasonDraft::WORDS) required=true/>
        }
    };
    view! {
        <Select id=ReasonDraft::CHOICE.id() label=say!(reasons.label) choices=choices(context::session()) value=value
            error=form.error(ReasonDraft::CHOICE) required=true/>
        <Show when=other>{own()}</Show>
    }
    .into_any()
}

/// What the values of the reasons that the shop added begin with: none of the list does.
const OWN: &str = "own:";

/// The reasons of every shop, and before the last one, *other*, those that this shop added.
fn choices(session: Session) -> Signal<Vec<Choice>> {
    Signal::derive(move || {
        let of_list = |reason: Reason| Choice::new(reason.as_recorded(), reasons::choice(reason));
        let own = session.shop().with(|shop| shop.as_ref().map(|shop| shop.settings.reasons.clone()));
        let own = own.unwrap_or_default().into_iter().map(|text| Choice::new(format!("{OWN}{text}"), text));
        let first = Reason::ALL.into_iter().filter(|reason| *reason != Reason::Other).map(of_list);
        let choose = std::iter::once(Choice::new("", say!(reasons.choose)));
        choose.chain(first).chain(own).chain([of_list(Reason::Other)]).collect()
    })
}

fn chosen(reason: &ReasonDraft) -> String {
    match reason.own {
        true => format!("{OWN}{}", reason.words),
        false => reason.choice.map(Reason::as_recorded).unwrap_or_default().to_owned(),
    }
}

fn picked_reason(picked: &str, before: ReasonDraft) -> ReasonDraft {
    if let Some(text) = picked.strip_prefix(OWN) {
        return ReasonDraft::own(text.to_owned());
    }
    // Words that were typed before stay; those of a reason of the shop do not.
    let words = if before.own { String::new() } else { before.words };
    ReasonDraft { choice: Reason::find(picked), words, own: false }
}
