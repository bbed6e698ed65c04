//! Payment methods and bank accounts as options of drop-downs.

use crate::components::Choice;
use crate::screens::bind;
use crate::session::Session;
use ledger::method::{Method, WORDS};
use leptos::prelude::*;

/// The option value of a method.
#[must_use]
pub fn value(method: Method) -> &'static str {
    WORDS.iter().find(|(_, known)| *known == method).map_or("", |(word, _)| word)
}

/// The method of an option value.
#[must_use]
pub fn find(value: &str) -> Option<Method> {
    WORDS.iter().find(|(word, _)| *word == value).map(|(_, method)| *method)
}

/// The shop's bank accounts; the first is the default.
#[must_use]
pub fn banks(session: Session) -> Signal<Vec<Choice>> {
    Signal::derive(move || {
        let all =
            session.shop().with(|shop| shop.as_ref().map(|shop| shop.banks.clone()).unwrap_or_default());
        all.into_iter().map(|name| Choice::new(name.clone(), name)).collect()
    })
}

/// The selected bank account, or the first.
pub fn bank_value(
    session: Session,
    read: impl Fn() -> Option<String> + 'static,
    write: impl Fn(String) + 'static,
) -> RwSignal<String> {
    let first =
        move || session.shop().with(|shop| shop.as_ref().and_then(|shop| shop.banks.first().cloned()));
    bind::text(move || read().or_else(first).unwrap_or_default(), write)
}
