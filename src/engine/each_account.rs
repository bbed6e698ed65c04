//! Reads the journal account by account, all of it or some accounts, a page at a time, for reports that no cache has. Between two
//! pages the browser draws and answers, and the reader can stop.

use super::open::Engine;
use crate::store::{AccountPosition, Fault, Store, StoredEntry};
use futures_util::future::join_all;
use ledger::id::Id;

/// The number of entries that one read returns.
const PAGE: u32 = 1_024;

/// The number of accounts that are asked for at once.
const ACCOUNTS: usize = 64;

impl<S: Store> Engine<S> {
    /// Calls `visit` with each of these accounts and its entries, as [`Engine::each_account`] does.
    pub(super) async fn each_of(
        &self,
        accounts: &[Id],
        mut visit: impl AsyncFnMut(&str, Vec<StoredEntry>) -> Result<(), Fault>,
        progress: impl Fn(u64),
        goes_on: impl Fn() -> bool,
    ) -> Result<bool, Fault> {
        let mut read = 0;
        for some in accounts.chunks(ACCOUNTS) {
            let found = join_all(some.iter().map(|account| self.store.entries(account.as_str()))).await;
            for (account, entries) in some.iter().zip(found) {
                let entries = entries?;
                read += entries.len() as u64;
                visit(account.as_str(), entries).await?;
            }
            progress(read);
            if !goes_on() {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Calls `visit` with each account (`""`: the shop, first) and its entries; false if `goes_on` said no. `progress` is
    /// called with the number of entries read so far.
    pub(super) async fn each_account(
        &self,
        mut visit: impl AsyncFnMut(&str, Vec<StoredEntry>) -> Result<(), Fault>,
        progress: impl Fn(u64),
        goes_on: impl Fn() -> bool,
    ) -> Result<bool, Fault> {
        let mut read = 0;
        let mut place: Option<AccountPosition> = None;
        let mut entries: Vec<StoredEntry> = Vec::new();
        loop {
            let page = self.store.by_account(place.as_ref(), PAGE).await?;
            read += page.len() as u64;
            let is_end = page.is_empty();
            for (at, stored) in page {
                if let Some(before) = place.as_ref().filter(|before| before.account != at.account) {
                    visit(&before.account, std::mem::take(&mut entries)).await?;
                }
                entries.push(stored);
                place = Some(at);
            }
            if is_end {
                if let Some(last) = place {
                    visit(&last.account, entries).await?;
                }
                return Ok(true);
            }
            progress(read);
            if !goes_on() {
                return Ok(false);
            }
        }
    }
}
