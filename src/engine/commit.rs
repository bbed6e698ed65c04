//! Commits commands: decide, compose, append, and only then apply.

use super::author::Author;
use super::batch::Batch;
use super::cache_shape::STALE;
use super::changed::Changed;
use super::lookup;
use super::open::Engine;
use super::outcome::{NotRecorded, Recorded};
use super::progress::Progress;
use super::rebuild;
use crate::store::{Append, CACHES, DEVICE, Fault, Store};
use ledger::id::Id;
use ledger::rules::{Act, Command};

/// How many times a commit is attempted when other tabs write first.
const TRIES: usize = 8;

/// The outcome of a commit.
#[derive(Debug, Clone, PartialEq)]
pub struct Committed {
    /// One item for every command, in the order of the commands, all on the disk; or the reason why nothing was
    /// written.
    pub recorded: Result<Vec<Recorded>, NotRecorded>,
    /// What the commit changed, and what it read of other tabs' changes on its way, even when it recorded nothing.
    pub changed: Changed,
}

/// The outcome of one attempt.
struct Attempt {
    recorded: Vec<Recorded>,
    changed: Changed,
    /// Whether the caches were marked as stale, because the entries change what others contribute to the stored sums.
    stale: bool,
}

/// What a commit assumes about the ids of its commands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ids {
    /// The ids are new, which is almost always true. The transaction checks it.
    New,
    /// The ids are looked up before the decision: an id already exists, or the commands were refused and the reason may
    /// depend on the ids.
    LookedUp,
}

impl<S: Store> Engine<S> {
    /// Records commands in one transaction, all or none; each is decided after the ones before it. When another tab has
    /// written meanwhile, the commit calls `wait` to take its turn among the tabs, reads the other tab's entries and
    /// decides again. Usually no other tab is open, so the first attempt does not wait. A command is refused only after
    /// it was decided on the current content of the store.
    pub async fn commit<T>(
        &self,
        commands: &[Command],
        author: &Author,
        wait: impl AsyncFn() -> T,
    ) -> Committed {
        let _turn = self.turn.lock().await;
        let mut changed = Changed::default();
        let (recorded, stale) = match self.commit_with_retries(commands, author, wait, &mut changed).await {
            Ok((recorded, stale)) => (Ok(recorded), stale),
            Err(why) => (Err(why), false),
        };
        // What is recorded stays so. When the rebuild fails, the caches are marked, and the next start rebuilds them.
        if stale && self.rebuild(author).await.is_ok() {
            changed.join(Changed::everything());
        }
        Committed { recorded, changed }
    }

    /// Rebuilds the caches and reads them.
    async fn rebuild(&self, author: &Author) -> Result<(), Fault> {
        rebuild::caches(&self.store, author.today, author.now, &mut Progress::new(&mut |_, _| ())).await?;
        self.read_again(author.today).await
    }

    /// The outcome, and whether the caches were marked as stale.
    async fn commit_with_retries<T>(
        &self,
        commands: &[Command],
        author: &Author,
        wait: impl AsyncFn() -> T,
        changed: &mut Changed,
    ) -> Result<(Vec<Recorded>, bool), NotRecorded> {
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
                Ok(Attempt { recorded, changed: own, stale }) => {
                    changed.join(own);
                    return Ok((recorded, stale));
                }
            }
        }
        Err(Fault::Conflict.into())
    }

    /// Reads an account unless it is already in memory.
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    pub async fn open_account(&self, customer: &Id) -> Result<(), Fault> {
        if self.state.borrow_mut().open_accounts.mark_used(customer) {
            return Ok(());
        }
        let _turn = self.turn.lock().await;
        self.ensure_open(customer).await
    }

    /// Whether a command adds a customer who has no entries yet: then there is no account to read. The transaction checks
    /// that the id is new.
    fn adds_customer(&self, command: &Command) -> bool {
        let customer = command.customer.as_ref().filter(|_| matches!(command.act, Act::AddCustomer(_)));
        customer.is_some_and(|customer| !self.state.borrow().rows.contains(customer))
    }

    async fn ensure_open(&self, customer: &Id) -> Result<(), Fault> {
        if self.state.borrow_mut().open_accounts.mark_used(customer) {
            return Ok(());
        }
        let opened = self.read_account(customer).await?;
        self.state.borrow_mut().open_accounts.put(customer.clone(), opened);
        Ok(())
    }

    async fn attempt(&self, commands: &[Command], author: &Author, ids: Ids) -> Result<Attempt, NotRecorded> {
        let is_new = |command: &Command| ids == Ids::New && self.adds_customer(command);
        for customer in commands.iter().filter(|command| !is_new(command)).flat_map(Command::customers) {
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
        let Some(mut append) = append.map(|append| Append { new_ids, ..append }) else {
            // Another tab may have recorded the same commands first. This tab has not read the resulting figures yet.
            let text = self.store.meta(DEVICE).await?;
            if text.as_ref() != Some(&self.state.borrow().text) {
                return Err(Fault::Conflict.into());
            }
            return Ok(Attempt { recorded: draft.recorded, changed: Changed::default(), stale: false });
        };
        let stale = draft.goes_before || changes_earlier(commands);
        if stale {
            append.meta.push((CACHES.into(), STALE.into()));
        }
        self.store.append(&append).await?;
        let (recorded, changed) = draft.apply(&mut self.state.borrow_mut(), &append);
        Ok(Attempt { recorded, changed, stale })
    }
}

/// Whether commands change what earlier entries do, and so the shop or the sums of days: what was late for a seal is no longer
/// late when the seal is void, and an adopted entry counts.
fn changes_earlier(commands: &[Command]) -> bool {
    commands.iter().any(|command| matches!(command.act, Act::UnsealDay(_) | Act::Adopt(_)))
}
