//! Sales without a name: one account a counter and day, so that no account grows without end.

use ledger::date::Date;
use ledger::entry::AddCustomer;
use ledger::id::Id;
use ledger::rules::{Act, Command};

/// The account of a counter's unnamed sales on a day. Its id follows from both, so every press finds it.
#[must_use]
pub fn account(letter: &str, day: Date) -> Option<Id> {
    Id::new(&format!("walk-in-{letter}-{day}")).ok()
}

/// Opens that account.
#[must_use]
pub fn open(account: &Id, name: String) -> Command {
    let (company, phone, email, note) = Default::default();
    let customer = AddCustomer { name, company, phone, email, note, walk_in: true };
    Command {
        id: account.clone(),
        customer: Some(account.clone()),
        on: None,
        act: Act::AddCustomer(customer),
    }
}
