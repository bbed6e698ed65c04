//! The preview of a whole submission: its commands one after another, each on the book as the earlier ones leave it.

use super::author::Author;
use super::batch::Batch;
use super::open::Engine;
use super::outcome::NotRecorded;
use crate::store::Store;
use ledger::preview::Preview;
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
}
