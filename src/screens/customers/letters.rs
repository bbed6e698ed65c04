//! Buttons for first letters, with one button for digits and other scripts.

use super::filter::CustomerFilter;
use crate::session::{Letter, Session};
use crate::text::{capitals, say};
use leptos::prelude::*;

/// *All*, A to Z, *Other*. Only letters that some customer's name begins with have a button.
pub fn letters(filter: CustomerFilter) -> AnyView {
    let customers = expect_context::<Session>().customers();
    let used = Memo::new(move |_| customers.with(|all| all.letters()));
    let all = ('a'..='z').map(|letter| letter_button(filter, used, Some(letter))).collect_view();
    let everybody = move || filter.letter.with(Option::is_none);
    view! {
        <div class="letters" role="group" aria-label=say!(customers.letters)>
            <button type="button" aria-pressed=move || text(everybody()) on:click=move |_| filter.letter.set(None)>
                {say!(customers.all)}
            </button>
            {all}
            {letter_button(filter, used, None)}
        </div>
    }
    .into_any()
}

fn letter_button(filter: CustomerFilter, used: Memo<Vec<Letter>>, letter: Letter) -> AnyView {
    let name = letter.map_or_else(|| say!(customers.others), |letter| capitals(&letter.to_string()));
    let hint = letter.is_none().then(|| say!(customers.others_hint));
    let on = move || filter.letter.get() == Some(letter);
    let press = move |_| {
        filter.text.set(String::new());
        filter.letter.set(Some(letter));
    };
    view! {
        <button type="button" title=hint disabled=move || used.with(|used| !used.contains(&letter))
            aria-pressed=move || text(on()) on:click=press>{name}</button>
    }
    .into_any()
}

const fn text(on: bool) -> &'static str {
    if on { "true" } else { "false" }
}
