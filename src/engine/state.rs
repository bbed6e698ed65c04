//! What an open book holds in memory.

use super::cached::Cached;
use super::day::Day;
use super::open_account::OpenAccounts;
use super::sums::Sums;
use codec::DeviceState;
use ledger::id::Id;
use ledger::shop::Shop;
use ledger::view::refund::RefundRow;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// The caches in memory; borrowed between waits, never across one.
pub struct State {
    /// The device's state as text: what the next append compares.
    pub text: String,
    /// The shape and version of the caches that this was read from.
    pub caches: String,
    pub device: DeviceState,
    pub shop: Arc<Shop>,
    pub rows: HashMap<Id, Cached>,
    pub sums: Sums,
    pub queue: BTreeMap<Id, (String, RefundRow)>,
    pub day: Day,
    pub open_accounts: OpenAccounts,
}

impl State {
    /// Replaces a cached row, and what it adds to the shop's sums.
    pub fn put_row(&mut self, cached: Cached) {
        self.sums.add(&cached);
        if let Some(old) = self.rows.insert(cached.row.id.clone(), cached) {
            self.sums.remove(&old);
        }
    }
}
