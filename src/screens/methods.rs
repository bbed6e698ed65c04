//! Payment methods and bank accounts as options of drop-downs.

use crate::components::{Choice, Value};
use crate::screens::bind;
use crate::session::Session;
use crate::text::names;
use ledger::entry::AddMethod;
use ledger::method::Method;
use ledger::shop::Shop;
use leptos::prelude::*;

/// Passes the methods that the owner added to a function.
pub fn with_own<T>(session: Session, read: impl FnOnce(&[AddMethod]) -> T) -> T {
    session.terms().with(|shop| read(shop.as_ref().map_or(&[][..], |shop| shop.methods.as_slice())))
}

/// A method as a choice or in a column: `Bank transfer`.
#[must_use]
pub fn name(session: Session, method: Method) -> String {
    with_own(session, |own| names::method(method, own))
}

/// A method within a sentence: `by bank transfer`, `in cash`.
#[must_use]
pub fn by(session: Session, method: Method) -> String {
    with_own(session, |own| names::by_method(method, own))
}

/// The methods as options: the built-in ones given, then those that the owner added. The value is the method's word.
#[must_use]
pub fn choices(session: Session, built_in: impl IntoIterator<Item = Method>) -> Vec<Choice> {
    let own = session.terms().with_untracked(|shop| {
        let own = shop.iter().flat_map(|shop| &shop.methods);
        own.map(|own| Choice::new(own.word.as_str(), own.name.clone())).collect::<Vec<_>>()
    });
    let built_in = built_in.into_iter().map(|method| Choice::new(method.word(), names::method(method, &[])));
    built_in.chain(own).collect()
}

/// As [`choices`], without the methods that the shop does not offer: for money that comes in.
#[must_use]
pub fn offered(session: Session, built_in: impl IntoIterator<Item = Method>) -> Vec<Choice> {
    let mut choices = choices(session, built_in);
    session.terms().with_untracked(|shop| {
        let offers = |word: &str| {
            Method::of(word).is_none_or(|method| shop.as_ref().is_none_or(|shop| shop.offers(method)))
        };
        choices.retain(|choice| offers(&choice.value));
    });
    choices
}

/// The bank accounts that the shop offers; the first is the default.
#[must_use]
pub fn banks(session: Session) -> Signal<Vec<Choice>> {
    Signal::derive(move || {
        let named = |name: &str| Choice::new(name, name);
        let open = |shop: &Shop| shop.open_banks().map(|name| named(name)).collect::<Vec<_>>();
        session.terms().with(|shop| {
            let Some(shop) = shop else { return Vec::new() };
            // Before a bank account is added, the money is in one that has the name of the default.
            if shop.banks.is_empty() { vec![named(shop.first_bank())] } else { open(shop) }
        })
    })
}

/// The selected bank account, or the first.
pub fn bank_value(
    session: Session,
    read: impl Fn() -> Option<String> + Send + Sync + 'static,
    write: impl Fn(String) + 'static,
) -> Value<String> {
    let first = move || session.terms().with(|shop| shop.as_ref().map(|shop| shop.first_bank().to_owned()));
    bind::text(move || read().or_else(first).unwrap_or_default(), write)
}
