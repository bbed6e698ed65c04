//! The preview of a whole submission: its commands one after another, each on the book as the earlier ones leave it.

use super::author::Author;
use super::batch::Batch;
use super::open::Engine;
use super::outcome::NotRecorded;
use crate::store::Store;
use ledger::code::BookAccount;
use ledger::money::Money;
use ledger::preview::{Change, Preview, Subject};
use ledger::refusal::Refusal;
use ledger::rules::Command;
use std::collections::{BTreeSet, HashMap};

impl<S: Store> Engine<S> {
    /// The customer before the first command and after the last, without writing. The customer's account must be in
    /// memory, unless the commands open it.
    ///
    /// # Errors
    ///
    /// The first refusal that recording would return; [`Refusal::UnknownCustomer`] when the account is not in memory.
    pub fn preview_all(&self, commands: &[Command], author: &Author) -> Result<Preview, NotRecorded> {
        let state = self.state.borrow();
        // An account that is in the book and not in memory must not be taken for an empty one.
        let absent =
            |customer: &&_| state.rows.contains(customer) && state.open_accounts.get(customer).is_none();
        if let Some(customer) = commands.iter().filter_map(|command| command.customer.as_ref()).find(absent) {
            return Err(Refusal::UnknownCustomer { customer: customer.clone() }.into());
        }
        let mut batch = Batch::before(&state, commands);
        let mut whole = Preview::default();
        for command in commands {
            join(&mut whole, batch.preview(command, author)?);
            batch.decide_all(std::slice::from_ref(command), &HashMap::new(), author)?;
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
    whole.recovered += next.recovered;
    whole.rounding += next.rounding;
    whole.returned.extend(next.returned);
    whole.below_zero.extend(next.below_zero);
    // A later command may put back what an earlier one took out.
    let known = &whole.changes;
    let is_below = |drawer: &BookAccount| {
        let is = |change: &&Change| matches!(&change.subject, Subject::Money(account) if account == drawer);
        known.iter().find(is).is_some_and(|change| change.after < Money::ZERO)
    };
    let mut seen = BTreeSet::new();
    whole.below_zero.retain(|drawer| is_below(drawer) && seen.insert(drawer.clone()));
}
