//! The journal on this device: one trait, an implementation in the browser, one in memory, and one contract suite for
//! both.
//!
//! The store knows lines and cached texts, not their meaning. Everything that a commit writes goes through
//! [`Store::append`], which is one transaction: all of it is stored, or nothing is.

mod append;
#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
mod contract;
mod fault;
mod indexed_db;
mod key_run;
mod memory;
mod stored_entry;

pub use append::{Append, CACHES, CATALOGUE, DEVICE, Documents, Judged, NewEntry, SHOP, Total, Waiting};
pub use fault::Fault;
pub use indexed_db::IndexedDb;
pub use key_run::KeyRun;
pub use memory::Memory;
pub use stored_entry::{AccountPosition, Arrivals, ChainPosition, StoredEntry};

/// Takes pages of cached accounts, by number.
pub type EachPages<'a> = dyn FnMut(Vec<(u32, Vec<u8>)>) -> Result<(), Fault> + 'a;

/// The operations that the book needs. Cached values are JSON texts, and bytes where opening reads all of them; the store does not read them.
#[allow(async_fn_in_trait)] // All futures run on one thread, so none has to be `Send`.
pub trait Store {
    /// A value of the shop: identity, heads, clock, numbers, settings.
    async fn meta(&self, name: &str) -> Result<Option<String>, Fault>;

    /// The pages of cached accounts from a number on, in order. A page holds many accounts, because opening a book reads
    /// them all.
    async fn pages(&self, from: u32) -> Result<Vec<(u32, Vec<u8>)>, Fault>;

    /// Reads all pages of cached accounts in order, as they are at one moment, and gives `each` at most `limit` of them at a
    /// time. While `each` runs, the next ones are read.
    ///
    /// # Errors
    ///
    /// The first error of `each`, and faults of the store.
    async fn each_page(&self, limit: u32, each: &mut EachPages<'_>) -> Result<(), Fault>;

    /// One page of cached accounts.
    async fn page(&self, number: u32) -> Result<Option<Vec<u8>>, Fault>;

    /// The entries of one account (`""`: of the shop), in no particular order; one range read.
    async fn entries(&self, account: &str) -> Result<Vec<StoredEntry>, Fault>;

    /// The entries that carry an id.
    async fn with_id(&self, id: &str) -> Result<Vec<StoredEntry>, Fault>;

    /// At most `limit` entries that have a search word with this beginning, each once.
    async fn with_word(&self, beginning: &str, limit: u32) -> Result<Vec<StoredEntry>, Fault>;

    /// At most `limit` entries after a place, chain by chain in the order of their numbers.
    async fn after(&self, place: Option<&ChainPosition>, limit: u32) -> Result<Vec<StoredEntry>, Fault>;

    /// How many entries have arrived, and in which life of the store.
    async fn arrivals(&self) -> Result<Arrivals, Fault>;

    /// At most `limit` entries after an arrival, in the order of their arrival.
    async fn arrived_after(&self, arrival: u64, limit: u32) -> Result<Vec<StoredEntry>, Fault>;

    /// At most `limit` entries after a place, account by account (those of the shop first), each account in the order of
    /// arrival; none only after the last one.
    async fn by_account(
        &self,
        behind: Option<&AccountPosition>,
        limit: u32,
    ) -> Result<Vec<(AccountPosition, StoredEntry)>, Fault>;

    /// The entry with exactly this number.
    async fn at(&self, place: &ChainPosition) -> Result<Option<StoredEntry>, Fault>;

    /// The last entry of a chain itself, without its branches.
    async fn last(&self, device: &str, chain: u32) -> Result<Option<StoredEntry>, Fault>;

    /// The branches of a chain.
    async fn branches(&self, device: &str, chain: u32) -> Result<Vec<String>, Fault>;

    /// The sums of exactly these keys; zero where none is stored.
    async fn totals(&self, places: &[(u16, String, String)]) -> Result<Vec<i64>, Fault>;

    /// The sum of one code and party over the days from the first to the last, both included.
    async fn sum(&self, code: u16, party: &str, first: &str, last: &str) -> Result<i64, Fault>;

    /// The sums of every code from `code` on and of each of its parties, up to a day, which is included; without those that
    /// are zero.
    async fn sums_to(&self, code: u16, day: &str) -> Result<Vec<(u16, String, i64)>, Fault>;

    /// At most `limit` waiting items of all accounts after one (its account and its id), by account and id.
    async fn waiting(&self, after: Option<&(String, String)>, limit: u32) -> Result<Vec<Waiting>, Fault>;

    /// The waiting items of one account.
    async fn waiting_of(&self, account: &str) -> Result<Vec<Waiting>, Fault>;

    /// At most `limit` orders of the list of all orders after one (its account and its id), by account and id.
    async fn orders(&self, after: Option<&(String, String)>, limit: u32) -> Result<Vec<Waiting>, Fault>;

    /// The orders of one account in the list of all orders.
    async fn orders_of(&self, account: &str) -> Result<Vec<Waiting>, Fault>;

    /// Writes a commit: all or nothing, durably. Returns only when it is on the disk.
    ///
    /// # Errors
    ///
    /// [`Fault::Conflict`] when the device's state is no longer the one that the commit was composed from,
    /// [`Fault::IdExists`] when an id or a word assumed unused already exists, [`Fault::EntryExists`] when an entry with the same
    /// number exists, [`Fault::Full`], [`Fault::Closed`].
    async fn append(&self, append: &Append) -> Result<(), Fault>;

    /// Adds pages of accounts, waiting items, orders and sums to a store that holds no book yet: all or nothing, durably. They count
    /// with the first [`Store::append`].
    ///
    /// # Errors
    ///
    /// [`Fault::Full`], [`Fault::Closed`].
    async fn prepare(&self, documents: &Documents) -> Result<(), Fault>;

    /// Adds entries that were written elsewhere and sets one meta value: all or nothing, durably. The device's state
    /// and the caches do not change.
    ///
    /// # Errors
    ///
    /// [`Fault::EntryExists`] when an entry with the same number exists, [`Fault::Full`], [`Fault::Closed`].
    async fn receive(&self, entries: &[NewEntry], meta: (&str, &str)) -> Result<(), Fault>;

    /// Adds keys of entries that were received without them, durably, before the store holds a book. After a fault some of them may be
    /// stored, and none counts.
    ///
    /// # Errors
    ///
    /// [`Fault::Full`], [`Fault::Closed`].
    async fn add_keys(&self, run: KeyRun) -> Result<(), Fault>;

    /// Puts lines in the places of those that were changed or removed in the store, and sets one meta value: all or nothing,
    /// durably. A line that is there keeps its arrival, order and verdict, and only its bytes change; one that is not there
    /// arrives now.
    ///
    /// # Errors
    ///
    /// [`Fault::Full`], [`Fault::Closed`].
    async fn mend(&self, entries: &[NewEntry], meta: (&str, &str)) -> Result<(), Fault>;
}
