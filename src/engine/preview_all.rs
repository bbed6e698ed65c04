//! The preview of a whole submission: its commands one after another, each on the account as the earlier ones leave it.

use super::author::Author;
use super::open::Engine;
use crate::store::Store;
use ledger::account::Account;
use ledger::decide::{Context, Decision, decide};
use ledger::id::Id;
use ledger::preview::{Preview, preview};
use ledger::refusal::Refusal;
use ledger::rules::Command;
use std::collections::HashMap;

impl<S: Store> Engine<S> {
    /// The customer before the first command and after the last, without writing. The customer's account must be in
    /// memory, unless the commands open it.
    ///
    /// # Errors
    ///
    /// The first refusal that recording would return; [`Refusal::UnknownCustomer`] when the account is not in memory.
    pub fn preview_all(&self, commands: &[Command], author: &Author) -> Result<Preview, Refusal> {
        let state = self.state.borrow();
        let mut working: HashMap<Id, Account> = HashMap::new();
        let mut whole = Preview::default();
        for command in commands {
            let customer = command.customer.clone().unwrap_or_else(|| command.id.clone());
            let known = working
                .get(&customer)
                .or_else(|| state.open_accounts.get(&customer).map(|opened| opened.book.account()));
            // An account that is in the book and not in memory must not be taken for an empty one.
            let account = match known {
                Some(account) => account.clone(),
                None if state.rows.contains_key(&customer) => {
                    return Err(Refusal::UnknownCustomer { customer });
                }
                None => Account::default(),
            };
            let cx = Context {
                shop: &state.shop,
                account: &account,
                id_owner: &|_| None,
                actor: &author.actor,
                counter: &state.device.letter,
                today: author.today,
            };
            join(&mut whole, preview(cx, command)?);
            let after = match decide(cx, command)? {
                Decision::Record(entry) => account.with(entry),
                Decision::Already => account,
            };
            working.insert(customer, after);
        }
        Ok(whole)
    }
}

/// Adds the effect of the next command.
fn join(whole: &mut Preview, next: Preview) {
    for change in next.changes {
        match whole.changes.iter_mut().find(|known| known.subject == change.subject) {
            Some(known) => known.after += change.after - change.before,
            None => whole.changes.push(change),
        }
    }
    whole.credit_leg += next.credit_leg;
    whole.left_over += next.left_over;
}
