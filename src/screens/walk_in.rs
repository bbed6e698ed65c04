//! Walk-in sales: each counter's account of the day.

use crate::forms::walk_in;
use crate::screens::context;
use crate::session::Session;
use crate::text::{date, say};
use ledger::id::Id;
use ledger::rules::Command;
use leptos::prelude::*;

/// Whether the customer is a walk-in account.
#[must_use]
pub fn is(customer: &Id) -> bool {
    customer.as_str().starts_with("walk-in-")
}

/// Today's walk-in account of this counter.
#[must_use]
pub fn today(session: Session) -> Option<Id> {
    let day = session.today().get_untracked();
    session.this_device().with_untracked(|here| walk_in::account(&here.drawer, day))
}

/// The command that opens the account, if it is not open yet; it must precede the first command on the account.
#[must_use]
pub fn opening(session: Session, customer: &Id) -> Option<Command> {
    let known = session.customers().with_untracked(|all| all.get(customer).is_some());
    (is(customer) && !known).then(|| {
        let letter = session.this_device().with_untracked(|here| here.drawer.clone());
        let day = date::long(session.today().get_untracked());
        walk_in::open(customer, say!(pay.walk_in_name, letter = letter, date = day))
    })
}

/// The name of a customer, also of a walk-in account that is not open yet.
#[must_use]
pub fn name(session: Session, customer: Id) -> Signal<String> {
    let walk_in = is(&customer);
    let row = context::row(session, customer);
    Signal::derive(move || match row.get() {
        Some(row) => row.name,
        None if walk_in => say!(pay.walk_in),
        None => String::new(),
    })
}
