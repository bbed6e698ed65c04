//! The language of a paper: that of the customer, if the app is written in it, otherwise that of the page.

use crate::components::swap;
use crate::text::{self, Language};
use ledger::view::paper::Addressee;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The language of what is written to a customer.
pub(super) fn of(to: &Addressee) -> Language {
    Language::of(&to.language).unwrap_or_else(text::current)
}

/// Shows papers once the texts of their languages are there. A paper whose texts cannot be fetched is in the language of the page.
pub(super) fn once_loaded(
    languages: Vec<Language>,
    papers: impl Fn() -> AnyView + Send + 'static,
) -> AnyView {
    if languages.iter().all(|language| text::is_loaded(*language)) {
        return papers();
    }
    let tried = RwSignal::new(false);
    spawn_local(async move {
        for language in languages {
            // Without them, `in_language` keeps the language of the page.
            let _ = text::load(language).await;
        }
        tried.try_set(true);
    });
    swap(tried, move |tried| if tried { papers() } else { ().into_any() })
}
