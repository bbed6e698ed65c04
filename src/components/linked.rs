//! A link on a part of a sentence.

use leptos::prelude::*;

/// A sentence in which the first `part`, which is the number of a document, is a link. The order of words is that of the language.
#[must_use]
pub fn linked(sentence: &str, part: &str, href: String) -> AnyView {
    match sentence.split_once(part) {
        Some((before, after)) if !part.is_empty() => {
            let (before, part, after) = (before.to_owned(), part.to_owned(), after.to_owned());
            view! { {before}<a href=href>{part}</a>{after} }.into_any()
        }
        _ => sentence.to_owned().into_any(),
    }
}
