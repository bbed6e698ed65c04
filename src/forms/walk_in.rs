//! Walk-in sales: each drawer has one account a day for them, so that no account grows without limit. A counter that has to
//! take a new letter keeps its drawer, and with it the account of the day.

use ledger::date::Date;
use ledger::entry::AddCustomer;
use ledger::id::Id;
use ledger::rules::{Act, Command};

/// The account of the walk-in sales of a drawer on a day. Its id is derived from both, so every sale finds it.
#[must_use]
pub fn account(drawer: &str, day: Date) -> Option<Id> {
    Id::new(&format!("walk-in-{drawer}-{day}")).ok()
}

/// The command that opens that account.
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
