//! Methods and bank accounts as drop-downs hold them.

use crate::book::Book;
use crate::components::Choice;
use crate::screens::bound;
use ledger::act::payment::Method;
use leptos::prelude::*;

const ALL: [(Method, &str); 8] = [
    (Method::Cash, "cash"),
    (Method::Check, "check"),
    (Method::Bank, "bank"),
    (Method::Insurance, "insurance"),
    (Method::Card, "card"),
    (Method::Online, "online"),
    (Method::Other, "other"),
    (Method::Credit, "credit"),
];

/// The value of a method in a drop-down.
#[must_use]
pub fn value(method: Method) -> &'static str {
    ALL.iter().find(|(known, _)| *known == method).map_or("", |(_, value)| value)
}

/// The method of a value.
#[must_use]
pub fn find(value: &str) -> Option<Method> {
    ALL.iter().find(|(_, known)| *known == value).map(|(method, _)| *method)
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
