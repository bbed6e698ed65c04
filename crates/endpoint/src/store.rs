//! Where an endpoint keeps the logs of its shops: one trait, in memory, in SQLite and in PostgreSQL, with one contract suite
//! (`tests/store.rs`).
//!
//! > Within one shop, writes happen one after the other, and numbers of the log appear in their order. A reader that has
//! > seen a number has seen all before it.

mod fault;
mod memory;
mod model;
mod moving;
mod postgres;
mod sqlite;

pub use fault::Fault;
pub use memory::Memory;
pub use model::{Bytes16, Bytes32, Bytes64, ChainEnd, Device, Invite, LogEnd, Logged, Mail, StoredOperation};
pub(crate) use moving::{KEY, copy, moved_to};
pub use moving::{Moved, move_all};
pub use postgres::{Address, Postgres};
pub use sqlite::{Sqlite, backup, restore};

use std::ops::ControlFlow;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::mpsc;

/// What a transaction returns without having to be awaited in one place: as the trait is used behind a pointer.
pub type Pending = Pin<Box<dyn Future<Output = Result<(), Fault>> + Send>>;

/// What is done in a writing transaction.
pub type WriteWork = Box<dyn FnOnce(&mut dyn Write) -> Result<(), Fault> + Send>;

/// What is done in a reading transaction.
pub type ReadWork = Box<dyn FnOnce(&dyn Read) -> Result<(), Fault> + Send>;

/// A store. Its work is done on threads of its own and may block there.
pub trait Store: Send + Sync + 'static {
    /// Runs `work` in a transaction that has the shop to itself, and commits it durably before it returns. With an error
    /// nothing is written. The work is done and committed even if the caller no longer waits for it.
    fn write(&self, shop: &str, work: WriteWork) -> Pending;

    /// As [`Store::write`], for work that may be done twice and whose caller can hand it in again. With [`Fault::Outdated`] it has to be
    /// handed in again, to [`Store::write`]: a store may do it with what it remembers of the shop, and find out at the commit
    /// that this is not so any more, or not find out whether it was committed.
    fn try_write(&self, shop: &str, work: WriteWork) -> Pending {
        self.write(shop, work)
    }

    /// Runs `work` on one state of the store.
    fn read(&self, work: ReadWork) -> Pending;

    /// The shops whose logs were moved by another program over the same store, as far as that is told: news may be lost, so a
    /// reader also asks for [`Read::ends`]. Where no other program can have the store, or the news are taken: `None`.
    fn news(&self) -> Option<mpsc::Receiver<String>> {
        None
    }
}

/// What can be read in a transaction.
pub trait Read {
    /// The end of a shop's log; `None` where the shop is not here.
    ///
    /// # Errors
    /// [`Fault`], as for all that follow.
    fn end(&self, shop: &str) -> Result<Option<LogEnd>, Fault>;

    /// The ends of the logs of those of the shops that are here.
    ///
    /// # Errors
    /// [`Fault`].
    fn ends(&self, shops: &[String]) -> Result<Vec<(String, LogEnd)>, Fault> {
        let ends = shops.iter().map(|shop| Ok(self.end(shop)?.map(|end| (shop.clone(), end))));
        Ok(ends.collect::<Result<Vec<_>, Fault>>()?.into_iter().flatten().collect())
    }

    /// The hash of the log up to a record; `None` where there is no record with this number.
    ///
    /// # Errors
    /// [`Fault`].
    fn log_hash(&self, shop: &str, lseq: u64) -> Result<Option<Bytes32>, Fault>;

    /// Visits the records after a number, in their order, until the visitor breaks.
    ///
    /// # Errors
    /// [`Fault`].
    fn records(&self, shop: &str, after: u64, visit: Visitor<'_>) -> Result<(), Fault>;

    /// As [`Read::records`], for the entries of the shop itself alone: those without a customer.
    ///
    /// # Errors
    /// [`Fault`].
    fn records_of_shop(&self, shop: &str, after: u64, visit: Visitor<'_>) -> Result<(), Fault>;

    /// The records of the lines that a device has recorded under a number of a chain: more than one after a fork.
    ///
    /// # Errors
    /// [`Fault`].
    fn lines(&self, shop: &str, device: &str, chain: u32, seq: u64) -> Result<Vec<Logged>, Fault>;

    /// The first lines of the chains of the shop, those under number 1; none where the shop has more than `most` chains.
    ///
    /// # Errors
    /// [`Fault`].
    fn first_lines(&self, shop: &str, most: usize) -> Result<Vec<Logged>, Fault> {
        let chains = self.chains(shop, None)?;
        let chains = if chains.len() > most { &[][..] } else { &chains };
        let lines = chains.iter().map(|end| self.lines(shop, &end.device, end.chain, 1));
        Ok(lines.collect::<Result<Vec<_>, Fault>>()?.into_iter().flatten().collect())
    }

    /// The last line of each chain of the device, or of all devices, by device and chain.
    ///
    /// # Errors
    /// [`Fault`].
    fn chains(&self, shop: &str, device: Option<&str>) -> Result<Vec<ChainEnd>, Fault>;

    /// A device of the shop.
    ///
    /// # Errors
    /// [`Fault`].
    fn device(&self, shop: &str, device: &str) -> Result<Option<Device>, Fault>;

    /// All devices of the shop, by id.
    ///
    /// # Errors
    /// [`Fault`].
    fn devices(&self, shop: &str) -> Result<Vec<Device>, Fault>;

    /// The invite with this hash of its code, and its shop.
    ///
    /// # Errors
    /// [`Fault`].
    fn invite(&self, code: &Bytes32) -> Result<Option<(String, Invite)>, Fault>;

    /// An operation of the shop.
    ///
    /// # Errors
    /// [`Fault`].
    fn operation(&self, shop: &str, id: &str) -> Result<Option<StoredOperation>, Fault>;

    /// The operations of the shop that are due by a time, the first ones first; at most `most`.
    ///
    /// # Errors
    /// [`Fault`].
    fn operations_due(&self, shop: &str, by: u64, most: u32) -> Result<Vec<StoredOperation>, Fault>;

    /// All operations of the shop, by id.
    ///
    /// # Errors
    /// [`Fault`].
    fn operations(&self, shop: &str) -> Result<Vec<StoredOperation>, Fault>;

    /// A value of the endpoint itself, such as its key.
    ///
    /// # Errors
    /// [`Fault`].
    fn value(&self, name: &str) -> Result<Option<Vec<u8>>, Fault>;

    /// A mail of the shop.
    ///
    /// # Errors
    /// [`Fault`].
    fn mail(&self, shop: &str, id: &Bytes16) -> Result<Option<Mail>, Fault>;

    /// The mails of a customer, or of all customers, without their contents, in the order in which they were asked for.
    ///
    /// # Errors
    /// [`Fault`].
    fn mails(&self, shop: &str, customer: Option<&str>) -> Result<Vec<Mail>, Fault>;

    /// How many mails of the shop are to be attempted yet.
    ///
    /// # Errors
    /// [`Fault`].
    fn waiting_mails(&self, shop: &str) -> Result<u64, Fault>;

    /// The mails of all shops that are to be attempted, those that are due first: when, the shop and the id; at most `most`.
    ///
    /// # Errors
    /// [`Fault`].
    fn due_mails(&self, most: usize) -> Result<Vec<(u64, String, Bytes16)>, Fault>;

    /// The shops, by id.
    ///
    /// # Errors
    /// [`Fault`].
    fn shops(&self) -> Result<Vec<String>, Fault>;
}

/// What can be done in a writing transaction, all on the shop of the transaction.
pub trait Write: Read {
    /// Adds the shop, with an empty log.
    ///
    /// # Errors
    /// [`Fault`], also where the shop is here already.
    fn found(&mut self, epoch: Bytes16, log_hash: Bytes32) -> Result<(), Fault>;

    /// Appends records to the log, with the numbers that follow its end.
    ///
    /// # Errors
    /// [`Fault`], also for a record with another number, and for one that the log has already.
    fn append(&mut self, records: &[Logged]) -> Result<(), Fault>;

    /// Begins a new epoch at the end of the log.
    ///
    /// # Errors
    /// [`Fault`].
    fn begin_epoch(&mut self, epoch: Bytes16) -> Result<(), Fault>;

    /// Adds a device, or replaces what is known about it.
    ///
    /// # Errors
    /// [`Fault`].
    fn put_device(&mut self, device: &Device) -> Result<(), Fault>;

    /// Adds an invite, or replaces what is known about it.
    ///
    /// # Errors
    /// [`Fault`].
    fn put_invite(&mut self, invite: &Invite) -> Result<(), Fault>;

    /// Adds an operation, or replaces what is known about it.
    ///
    /// # Errors
    /// [`Fault`].
    fn put_operation(&mut self, operation: &StoredOperation) -> Result<(), Fault>;

    /// Adds a mail, or replaces what is known about it.
    ///
    /// # Errors
    /// [`Fault`].
    fn put_mail(&mut self, mail: &Mail) -> Result<(), Fault>;

    /// Sets a value of the endpoint itself.
    ///
    /// # Errors
    /// [`Fault`].
    fn put_value(&mut self, name: &str, value: &[u8]) -> Result<(), Fault>;
}

/// What records are handed to.
pub type Visitor<'a> = &'a mut dyn FnMut(Logged) -> ControlFlow<()>;

impl dyn Store {
    /// As [`Store::write`], with a result. It exists only if the transaction was committed.
    ///
    /// # Errors
    /// The error of the work, or of the commit.
    pub async fn writing<T, W>(&self, shop: &str, work: W) -> Result<T, Fault>
    where
        T: Send + 'static,
        W: FnOnce(&mut dyn Write) -> Result<T, Fault> + Send + 'static,
    {
        let (result, to) = Slot::new();
        self.write(shop, Box::new(move |tx| work(tx).map(|value| to.fill(value)))).await?;
        result.take()
    }

    /// As [`Store::try_write`], with a result. It exists only if the transaction was committed.
    ///
    /// # Errors
    /// As [`Store::writing`](Self::writing), and [`Fault::Outdated`].
    pub async fn trying<T, W>(&self, shop: &str, work: W) -> Result<T, Fault>
    where
        T: Send + 'static,
        W: FnOnce(&mut dyn Write) -> Result<T, Fault> + Send + 'static,
    {
        let (result, to) = Slot::new();
        self.try_write(shop, Box::new(move |tx| work(tx).map(|value| to.fill(value)))).await?;
        result.take()
    }

    /// As [`Store::read`], with a result.
    ///
    /// # Errors
    /// The error of the work.
    pub async fn reading<T, W>(&self, work: W) -> Result<T, Fault>
    where
        T: Send + 'static,
        W: FnOnce(&dyn Read) -> Result<T, Fault> + Send + 'static,
    {
        let (result, to) = Slot::new();
        self.read(Box::new(move |tx| work(tx).map(|value| to.fill(value)))).await?;
        result.take()
    }
}

/// The way of a result out of a transaction.
struct Slot<T>(Arc<Mutex<Option<T>>>);

impl<T> Slot<T> {
    fn new() -> (Self, Self) {
        let slot = Arc::default();
        (Self(Arc::clone(&slot)), Self(slot))
    }

    fn fill(self, value: T) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(value);
    }

    fn take(self) -> Result<T, Fault> {
        let value = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        value.ok_or_else(|| Fault::broken("the store did not do its work"))
    }
}
