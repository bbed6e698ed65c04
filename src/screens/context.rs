//! What screens take from the context: the session, the address, the currency, and the user's rights.

use crate::device::right::DeviceRight;
use crate::route::Query;
use crate::router::Router;
use crate::session::Session;
use ledger::entry::{EntryKind, ShopTax};
use ledger::exception::Kind;
use ledger::id::Id;
use ledger::money::{Currency, Money};
use ledger::shop::Shop;
use ledger::view::customer::CustomerRow;
use leptos::prelude::*;

/// The session of this page.
#[must_use]
pub fn session() -> Session {
    expect_context::<Session>()
}

/// The router of this page.
#[must_use]
pub fn router() -> Router {
    expect_context::<Router>()
}

/// The customer in the path.
#[must_use]
pub fn customer() -> Memo<Option<Id>> {
    router().customer()
}

/// The order in the path.
#[must_use]
pub fn order() -> Memo<Option<Id>> {
    router().order()
}

/// The payment in the path.
#[must_use]
pub fn payment() -> Memo<Option<Id>> {
    router().payment()
}

/// The document in the path.
#[must_use]
pub fn document() -> Memo<Option<Id>> {
    router().document()
}

/// A value in the query of the address.
#[must_use]
pub fn query(name: Query) -> Memo<Option<String>> {
    router().query(name)
}

/// The shop's currency. It does not change while the ledger is open.
#[must_use]
pub fn currency(session: Session) -> Currency {
    let known = session.shop().with_untracked(|shop| shop.as_ref().and_then(|shop| shop.currency.clone()));
    known.unwrap_or_else(|| Currency { code: "XXX".into(), decimals: 2 })
}

/// The shop's smallest coin, in minor units; zero where cash is not rounded.
#[must_use]
pub fn coin(session: Session) -> Money {
    session.terms().with(|shop| shop.as_ref().map_or(Money::ZERO, |shop| shop.coin))
}

/// How the shop taxes its sales.
#[must_use]
pub fn shop_tax(session: Session) -> ShopTax {
    session
        .shop()
        .with_untracked(|shop| shop.as_ref().map(|shop| shop.settings.tax.clone()).unwrap_or_default())
}

/// The row of a customer, updated when it changes.
#[must_use]
pub fn row(session: Session, customer: Id) -> Memo<Option<CustomerRow>> {
    Memo::new(move |_| session.customers().with(|all| all.get(&customer).cloned()))
}

/// The row of a customer with the figures of the duplicates that are shown with it; of a duplicate, its account alone. Updated
/// when it changes.
#[must_use]
pub fn shown_row(session: Session, customer: Id) -> Memo<Option<CustomerRow>> {
    Memo::new(move |_| {
        session.customers().with(|all| {
            let kept = all.shown(&customer).filter(|row| row.id == customer);
            kept.or_else(|| all.get(&customer)).cloned()
        })
    })
}

/// The name of a customer; empty while it is not known.
#[must_use]
pub fn customer_name(session: Session, customer: &Id) -> String {
    session.customers().with(|all| all.get(customer).map(|row| row.name.clone())).unwrap_or_default()
}

/// Whether the signed-in user may write an entry of that kind and amount.
#[must_use]
pub fn may(session: Session, kind: EntryKind, amount: Money) -> bool {
    let actor = session.this_device().with(|here| here.actor.clone());
    session.terms().with(|shop| shop.as_ref().is_some_and(|shop| shop.may(&actor, kind.name(), amount)))
}

/// The limit of a right granted to the signed-in user; `None` if it was not granted, or granted without a limit.
#[must_use]
pub fn limit(session: Session, kind: EntryKind) -> Option<Money> {
    let actor = session.this_device().with(|here| here.actor.clone());
    session.terms().with(|shop| {
        let grants = &shop.as_ref()?.staff.get(&actor)?.grants;
        grants.iter().find(|grant| grant.kind == kind.name())?.up_to
    })
}

/// The name of a staff member.
#[must_use]
pub fn staff(session: Session, id: &Id) -> String {
    let name = |shop: &ledger::shop::Shop| shop.staff.get(id).map(|member| member.name.clone());
    session.terms().with(|shop| shop.as_ref().and_then(|shop| name(shop))).unwrap_or_default()
}

/// Whether the signed-in user has a right on this device.
#[must_use]
pub fn has_right(session: Session, right: &DeviceRight<'_>) -> bool {
    let actor = session.this_device().with(|here| here.actor.clone());
    session.terms().with(|shop| shop.as_ref().is_some_and(|shop| right.is_of(shop, &actor)))
}

/// The entries of the shop that do not count because their actors had no right to them, and about which no admin noted what
/// was done.
pub fn not_entitled(shop: &Shop) -> impl Iterator<Item = &Id> {
    shop.not_entitled.keys().filter(|id| !shop.is_resolved(Kind::NotEntitled, id))
}
