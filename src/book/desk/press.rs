//! A press: decide, compose, append, and only then apply.

use super::Desk;
use super::draft::Draft;
use super::{known, load};
use crate::book::{NotRecorded, Recorded};
use crate::store::{Append, DEVICE, Fault, Store};
use ledger::date::Date;
use ledger::id::Id;
use ledger::rules::Command;
use std::collections::BTreeSet;

/// How often a press starts again because another tab was quicker.
const TRIES: usize = 8;

/// Who presses, and when.
#[derive(Debug, Clone, PartialEq)]
pub struct Who {
    /// The member of staff.
    pub actor: Id,
    /// The shop's today.
    pub today: Date,
    /// The wall clock, in milliseconds since 1970.
    pub now: u64,
}

/// What screens have to look at again.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Changed {
    /// Whether anything changed at all.
    pub any: bool,
    /// Whether all accounts may have changed, and some may be new.
    pub all: bool,
    /// The customers whose accounts changed.
    pub accounts: BTreeSet<Id>,
}

/// What came of a press.
#[derive(Debug, Clone, PartialEq)]
pub struct Pressed {
    /// One for every command, in their order, and on the disk; or why nothing was written.
    pub recorded: Result<Vec<Recorded>, NotRecorded>,
    /// What it changed, and what other tabs had changed that it took in on its way, recorded or not.
    pub changed: Changed,
}

/// What a press takes the ids of its commands for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ids {
    /// New ones, as they nearly always are; the transaction looks whether that is true.
    New,
    /// Looked up before anything is decided: one is not new, or something was refused, and why depends on it.
    LookedUp,
}

impl<S: Store> Desk<S> {
    /// Records commands in one transaction, all or none; each is decided after the ones before it. When another tab
    /// wrote meanwhile, what it wrote is read and everything is decided afresh, after `wait` gave this tab its turn:
    /// nearly always no other tab is there, and a press does not wait for one. Nothing is refused before it was decided
    /// on what stands in the store.
    pub async fn press<T>(&self, commands: &[Command], who: &Who, wait: impl AsyncFn() -> T) -> Pressed {
        let _turn = self.turn.lock().await;
        let mut changed = Changed::default();
        let recorded = self.settle(commands, who, wait, &mut changed).await;
        Pressed { recorded, changed }
    }

    async fn settle<T>(
        &self,
        commands: &[Command],
        who: &Who,
        wait: impl AsyncFn() -> T,
        changed: &mut Changed,
    ) -> Result<Vec<Recorded>, NotRecorded> {
        let (mut among_tabs, mut ids) = (None, Ids::New);
        for _ in 0..TRIES {
            match self.attempt(commands, who, ids).await {
                Err(NotRecorded::Fault(Fault::Moved)) => {
                    if among_tabs.is_none() {
                        among_tabs = Some(wait().await);
                    }
                    changed.join(self.catch_up(who.today).await?);
                }
                Err(NotRecorded::Refused(_) | NotRecorded::Fault(Fault::Met)) if ids == Ids::New => {
                    changed.join(self.catch_up(who.today).await?);
                    ids = Ids::LookedUp;
                }
                Err(other) => return Err(other),
                Ok((recorded, own)) => {
                    changed.join(own);
                    return Ok(recorded);
                }
            }
        }
        Err(Fault::Moved.into())
    }

    /// Reads an account unless it is open already.
    ///
    /// # Errors
    /// When the store could not be read.
    pub async fn open_account(&self, customer: &Id) -> Result<(), Fault> {
        if self.state.borrow_mut().recent.touch(customer) {
            return Ok(());
        }
        let _turn = self.turn.lock().await;
        self.ensure_open(customer).await
    }

    async fn ensure_open(&self, customer: &Id) -> Result<(), Fault> {
        if self.state.borrow_mut().recent.touch(customer) {
            return Ok(());
        }
        let opened = load::account(&self.store, customer).await?;
        self.state.borrow_mut().recent.put(customer.clone(), opened);
        Ok(())
    }

    async fn attempt(
        &self,
        commands: &[Command],
        who: &Who,
        ids: Ids,
    ) -> Result<(Vec<Recorded>, Changed), NotRecorded> {
        for customer in commands.iter().filter_map(|command| command.customer.as_ref()) {
            self.ensure_open(customer).await?;
        }
        let mut names = known::unexplained(&self.state.borrow().recent, commands);
        let mut fresh = Vec::new();
        if ids == Ids::New {
            let own = commands.iter().filter(|command| names.remove(&command.id));
            fresh = own.map(|command| command.id.to_string()).collect();
        }
        let known = known::read(&self.store, names).await?;
        let draft = Draft::decide(&self.state.borrow(), commands, &known, who)?;
        let append = draft.append(&self.state.borrow())?;
        let Some(append) = append.map(|append| Append { fresh, ..append }) else {
            // It may stand there because another tab was quicker: then its figures are not known here yet.
            let text = self.store.meta(DEVICE).await?;
            if text.as_ref() != Some(&self.state.borrow().text) {
                return Err(Fault::Moved.into());
            }
            return Ok((draft.recorded, Changed::default()));
        };
        self.store.append(&append).await?;
        Ok(draft.apply(&mut self.state.borrow_mut(), &append))
    }
}

impl Changed {
    /// Everything is to be looked at again.
    pub(super) fn everything() -> Self {
        Self { any: true, all: true, accounts: BTreeSet::new() }
    }

    pub(super) fn join(&mut self, other: Self) {
        self.any |= other.any;
        self.all |= other.all;
        self.accounts.extend(other.accounts);
    }
}
