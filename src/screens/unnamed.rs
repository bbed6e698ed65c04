//! Sales to somebody who is not named: the counter's account of the day.

use crate::book::Book;
use crate::drafts::walk_in;
use crate::screens::desk;
use crate::text::{date, say};
use ledger::id::Id;
use ledger::rules::Command;
use leptos::prelude::*;

/// Whether it is such an account.
#[must_use]
pub fn is(customer: &Id) -> bool {
    customer.as_str().starts_with("walk-in-")
}

/// Today's account of this counter.
#[must_use]
pub fn today(book: Book) -> Option<Id> {
    let day = book.today().get_untracked();
    book.here().with_untracked(|here| walk_in::account(&here.letter, day))
}

/// The act that opens the account, where it is not open yet; goes before the first act on it.
#[must_use]
pub fn opening(book: Book, customer: &Id) -> Option<Command> {
    let known = book.customers().with_untracked(|all| all.get(customer).is_some());
    (is(customer) && !known).then(|| {
        let letter = book.here().with_untracked(|here| here.letter.clone());
        let day = date::long(book.today().get_untracked());
        walk_in::open(customer, say!(pay.walk_in_name, letter = letter, date = day))
    })
}

/// What a customer is called, also before such an account is open.
#[must_use]
pub fn name(book: Book, customer: Id) -> Signal<String> {
    let unnamed = is(&customer);
    let row = desk::row(book, customer);
    Signal::derive(move || match row.get() {
        Some(row) => row.name,
        None if unnamed => say!(pay.walk_in),
        None => String::new(),
    })
}
