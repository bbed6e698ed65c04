//! Methods and bank accounts as drop-downs hold them.

use crate::book::Book;
use crate::components::Choice;
use crate::screens::bound;
use ledger::method::{Method, WORDS};
use leptos::prelude::*;

/// The value of a method in a drop-down.
#[must_use]
pub fn value(method: Method) -> &'static str {
    WORDS.iter().find(|(_, known)| *known == method).map_or("", |(word, _)| word)
}

/// The method of a value.
#[must_use]
pub fn find(value: &str) -> Option<Method> {
    WORDS.iter().find(|(word, _)| *word == value).map(|(_, method)| *method)
}

/// The shop's bank accounts; the first is the default.
#[must_use]
pub fn banks(book: Book) -> Signal<Vec<Choice>> {
    Signal::derive(move || {
        let all = book.shop().with(|shop| shop.as_ref().map(|shop| shop.banks.clone()).unwrap_or_default());
        all.into_iter().map(|name| Choice::new(name.clone(), name)).collect()
    })
}

/// The chosen bank account, or the first.
pub fn bank_value(
    book: Book,
    read: impl Fn() -> Option<String> + 'static,
    write: impl Fn(String) + 'static,
) -> RwSignal<String> {
    let first = move || book.shop().with(|shop| shop.as_ref().and_then(|shop| shop.banks.first().cloned()));
    bound::text(move || read().or_else(first).unwrap_or_default(), write)
}
