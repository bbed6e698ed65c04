//! A commit: decide, compose, append, and only then apply.

use super::author::Author;
use super::batch::Batch;
use super::changed::Changed;
use super::open::Engine;
use super::outcome::{NotRecorded, Recorded};
use super::{account, lookup};
use crate::store::{Append, DEVICE, Fault, Store};
use ledger::id::Id;
use ledger::rules::Command;

/// How often a commit starts again because another tab was quicker.
const TRIES: usize = 8;

/// What came of a commit.
#[derive(Debug, Clone, PartialEq)]
pub struct Committed {
    /// One for every command, in their order, and on the disk; or why nothing was written.
    pub recorded: Result<Vec<Recorded>, NotRecorded>,
    /// What it changed, and what other tabs had changed that it took in on its way, recorded or not.
    pub changed: Changed,
}

/// What a commit takes the ids of its commands for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ids {
    /// New ones, as they nearly always are; the transaction looks whether that is true.
    New,
    /// Looked up before anything is decided: one is not new, or something was refused, and why depends on it.
    LookedUp,
}

impl<S: Store> Engine<S> {
    /// Records commands in one transaction, all or none; each is decided after the ones before it. When another tab
    /// wrote meanwhile, what it wrote is read and everything is decided again, after `wait` gave this tab its turn:
    /// nearly always no other tab is there, and a commit does not wait for one. Nothing is refused before it was decided
    /// on what stands in the store.
    pub async fn commit<T>(
        &self,
        commands: &[Command],
        author: &Author,
        wait: impl AsyncFn() -> T,
    ) -> Committed {
        let _turn = self.turn.lock().await;
        let mut changed = Changed::default();
        let recorded = self.commit_with_retries(commands, author, wait, &mut changed).await;
        Committed { recorded, changed }
    }

    async fn commit_with_retries<T>(
        &self,
        commands: &[Command],
        author: &Author,
        wait: impl AsyncFn() -> T,
        changed: &mut Changed,
    ) -> Result<Vec<Recorded>, NotRecorded> {
        let (mut among_tabs, mut ids) = (None, Ids::New);
        for _ in 0..TRIES {
            match self.attempt(commands, author, ids).await {
                Err(NotRecorded::Fault(Fault::Conflict)) => {
                    if among_tabs.is_none() {
                        among_tabs = Some(wait().await);
                    }
                    changed.join(self.catch_up(author.today).await?);
                }
                Err(NotRecorded::Refused(_) | NotRecorded::Fault(Fault::IdExists)) if ids == Ids::New => {
                    changed.join(self.catch_up(author.today).await?);
                    ids = Ids::LookedUp;
                }
                Err(other) => return Err(other),
                Ok((recorded, own)) => {
                    changed.join(own);
                    return Ok(recorded);
                }
            }
        }
        Err(Fault::Conflict.into())
    }

    /// Reads an account unless it is open already.
    ///
    /// # Errors
    /// When the store could not be read.
    pub async fn open_account(&self, customer: &Id) -> Result<(), Fault> {
        if self.state.borrow_mut().open_accounts.mark_used(customer) {
            return Ok(());
        }
        let _turn = self.turn.lock().await;
        self.ensure_open(customer).await
    }

    async fn ensure_open(&self, customer: &Id) -> Result<(), Fault> {
        if self.state.borrow_mut().open_accounts.mark_used(customer) {
            return Ok(());
        }
        let opened = account::read(&self.store, customer, self.fold).await?;
        self.state.borrow_mut().open_accounts.put(customer.clone(), opened);
        Ok(())
    }

    async fn attempt(
        &self,
        commands: &[Command],
        author: &Author,
        ids: Ids,
    ) -> Result<(Vec<Recorded>, Changed), NotRecorded> {
        for customer in commands.iter().filter_map(|command| command.customer.as_ref()) {
            self.ensure_open(customer).await?;
        }
        let mut names = lookup::ids_to_look_up(&self.state.borrow().open_accounts, commands);
        let mut new_ids = Vec::new();
        if ids == Ids::New {
            let own = commands.iter().filter(|command| names.remove(&command.id));
            new_ids = own.map(|command| command.id.to_string()).collect();
        }
        let known = lookup::read(&self.store, names).await?;
        let draft = Batch::decide(&self.state.borrow(), commands, &known, author)?;
        let append = draft.append(&self.state.borrow())?;
        let Some(append) = append.map(|append| Append { new_ids, ..append }) else {
            // It may stand there because another tab was quicker: then its figures are not known here yet.
            let text = self.store.meta(DEVICE).await?;
            if text.as_ref() != Some(&self.state.borrow().text) {
                return Err(Fault::Conflict.into());
            }
            return Ok((draft.recorded, Changed::default()));
        };
        self.store.append(&append).await?;
        Ok(draft.apply(&mut self.state.borrow_mut(), &append))
    }
}
