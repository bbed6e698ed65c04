//! What every screen of the main job reaches for: the book, the address, the currency, who may do what.

use crate::router::Router;
use crate::session::Session;
use ledger::id::Id;
use ledger::money::{Currency, Money};
use ledger::view::customer::CustomerRow;
use leptos::prelude::*;

/// The book of this page.
#[must_use]
pub fn session() -> Session {
    expect_context::<Session>()
}

/// The router of this page.
#[must_use]
pub fn router() -> Router {
    expect_context::<Router>()
}

/// An id in the address.
#[must_use]
pub fn param(name: &'static str) -> Memo<Option<Id>> {
    router().param(name)
}

/// A value after the `?` of the address.
#[must_use]
pub fn query(name: &'static str) -> Memo<Option<String>> {
    router().query(name)
}

/// The shop's currency. It never changes while the book is open.
#[must_use]
pub fn currency(session: Session) -> Currency {
    let known = session.shop().with_untracked(|shop| shop.as_ref().and_then(|shop| shop.currency.clone()));
    known.unwrap_or_else(|| Currency { code: "XXX".into(), decimals: 2 })
}

/// The row of a customer, followed.
#[must_use]
pub fn row(session: Session, customer: Id) -> Memo<Option<CustomerRow>> {
    Memo::new(move |_| session.customers().with(|all| all.get(&customer).cloned()))
}

/// Whether who acts may write an entry of that kind and amount.
#[must_use]
pub fn may(session: Session, kind: &'static str, amount: Money) -> bool {
    let actor = session.this_device().with(|here| here.actor.clone());
    session.shop().with(|shop| shop.as_ref().is_some_and(|shop| shop.may(&actor, kind, amount)))
}

/// Up to what amount a right was handed to who acts; `None` where it was not, or without a limit.
#[must_use]
pub fn limit(session: Session, kind: &str) -> Option<Money> {
    let actor = session.this_device().with(|here| here.actor.clone());
    session.shop().with(|shop| {
        let grants = &shop.as_ref()?.staff.get(&actor)?.grants;
        grants.iter().find(|grant| grant.kind == kind)?.up_to
    })
}

/// The name of a member of staff.
#[must_use]
pub fn staff(session: Session, id: &Id) -> String {
    let name = |shop: &ledger::shop::Shop| shop.staff.get(id).map(|member| member.name.clone());
    session.shop().with(|shop| shop.as_ref().and_then(|shop| name(shop))).unwrap_or_default()
}
