//! The state of an open book in memory.

use super::cached::Cached;
use super::clashes::Clash;
use super::day::Day;
use super::late::Late;
use super::open_account::OpenAccounts;
use super::order_list::OrderList;
use super::rows::Rows;
use super::sums::Sums;
use super::waits::{Queue, Waits};
use crate::store::{Arrivals, Fault, NewEntry};
use codec::DeviceState;
use ledger::id::Id;
use ledger::shop::Shop;
use ledger::view::customer::CustomerRow;
use std::collections::BTreeSet;
use std::sync::Arc;

/// The caches in memory. A borrow must end before the next `await`.
pub struct State {
    /// The device's state as stored text; the next append compares it with the store.
    pub text: String,
    /// The arrivals that this state contains; there may be later ones.
    pub arrivals: Arrivals,
    /// The format and version of the caches from which this state was read.
    pub caches: String,
    pub device: DeviceState,
    pub shop: Arc<Shop>,
    pub rows: Rows,
    pub sums: Sums,
    /// The shop's queue, once it was read: nothing else needs it, and opening a book does not wait for it.
    pub queue: Option<Queue>,
    /// All orders, once they were read: only one screen needs them.
    pub orders: Option<OrderList>,
    pub day: Day,
    pub open_accounts: OpenAccounts,
    /// Documents of different accounts with the same number or id.
    pub clashes: Vec<Clash>,
    /// Entries that arrived too late for a seal, and seals that do not count.
    pub late: Vec<Late>,
    /// The accounts with an entry that counts after their last business date.
    pub later: BTreeSet<Id>,
    /// Accounts of entries that were found to be changed in the store.
    pub damaged: BTreeSet<Id>,
    /// The shop with all its seals, which the caches do not have, and the arrivals that it contains; once it was needed.
    pub sealed_shop: Option<(u64, Arc<Shop>)>,
}

impl State {
    /// Replaces a cached row and updates the shop's sums.
    pub fn put_row(&mut self, cached: Cached) {
        self.sums.add(&cached);
        if let Some(old) = self.rows.put(cached) {
            self.sums.remove(&old);
        }
    }

    /// A row with the exceptions that the account alone does not know.
    pub fn shown(&self, cached: &Cached) -> Arc<CustomerRow> {
        let mut row = Arc::clone(&cached.row);
        let clashes = self.clashes.iter().filter(|clash| clash.of(&row.id).is_some()).count();
        if clashes > 0 {
            Arc::make_mut(&mut row).exceptions += u32::try_from(clashes).unwrap_or(u32::MAX);
        }
        row
    }

    /// Replaces what waits of an account.
    pub fn put_waits(&mut self, customer: &Id, waits: &Waits) {
        self.queue.iter_mut().for_each(|queue| queue.put(customer, waits.clone()));
    }

    /// Counts entries that this tab has written.
    pub fn count_arrivals(&mut self, entries: &[NewEntry]) {
        let before = self.arrivals.last;
        self.arrivals.take(entries.len());
        if let Some((known, _)) = &mut self.sealed_shop
            && *known == before
            && entries.iter().all(|entry| !entry.account.is_empty())
        {
            *known = self.arrivals.last;
        }
    }

    /// Replaces the rows of a page and updates the shop's sums.
    pub fn put_page(&mut self, page: u32, bytes: &[u8]) -> Result<(), Fault> {
        let earlier = self.rows.put_page(page, bytes)?;
        self.rows.on_page(page).for_each(|new| self.sums.add(new));
        earlier.iter().for_each(|old| self.sums.remove(old));
        Ok(())
    }
}
