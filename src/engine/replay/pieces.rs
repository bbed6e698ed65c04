//! Writes what was folded into a store that holds no book yet, in transactions of less than a megabyte.

use super::Replay;
use crate::engine::cached::Cached;
use crate::engine::rows::{PAGE, Rows};
use crate::store::{Documents, Fault, Store, Total, Waiting};

/// How much is written in one transaction.
#[derive(Debug, Clone, Copy)]
pub struct Pieces {
    /// Documents of accounts.
    pub documents: usize,
    /// Pages of rows of accounts.
    pub pages: usize,
    /// Sums of days.
    pub sums: usize,
}

impl Pieces {
    /// Chromium collects a transaction in memory up to a megabyte; of a larger one it also writes how to take it back, which
    /// doubles what it writes, and what is left of that makes each start of the browser slower.
    pub const SMALL: Self = Self { documents: 512, pages: 64, sums: 2_048 };
}

impl Replay {
    /// Writes what was folded so far, as far as it fills pieces.
    pub(super) async fn write_whole_pieces<S: Store>(&mut self, store: &S, of: Pieces) -> Result<(), Fault> {
        while self.cached.len() >= of.pages * PAGE
            || self.caches.orders.len() + self.caches.waits.len() >= of.documents
        {
            let whole = self.cached.len() - self.cached.len() % PAGE;
            self.write_piece(store, of, whole).await?;
        }
        Ok(())
    }

    /// Writes the rows of the accounts, their documents and all sums into a store that holds no book yet, piece by piece.
    pub async fn write_documents<S: Store>(&mut self, store: &S) -> Result<(), Fault> {
        while !(self.cached.is_empty() && self.caches.orders.is_empty() && self.caches.waits.is_empty()) {
            self.write_piece(store, Pieces::SMALL, self.cached.len()).await?;
        }
        self.totals.retain(|_, add| *add != 0);
        while !self.totals.is_empty() {
            let some = std::iter::from_fn(|| self.totals.pop_first()).take(Pieces::SMALL.sums);
            let totals = some.map(|((code, party, day), add)| Total { code, party, day, add }).collect();
            store.prepare(&Documents { totals, ..Documents::default() }).await?;
        }
        Ok(())
    }

    /// Writes documents, and pages of at most as many rows. Each page is written once, so all but the last one have to be full.
    async fn write_piece<S: Store>(&mut self, store: &S, of: Pieces, rows: usize) -> Result<(), Fault> {
        let rows: Vec<Cached> = self.cached.drain(..rows.min(of.pages * PAGE)).collect();
        let pages = Rows::new_pages(self.pages, &rows)?;
        self.pages += u32::try_from(pages.len()).unwrap_or(u32::MAX);
        let some = |all: &mut Vec<Waiting>, most: usize| all.split_off(all.len().saturating_sub(most));
        let orders = some(&mut self.caches.orders, of.documents);
        let waits = some(&mut self.caches.waits, of.documents - orders.len());
        store.prepare(&Documents { pages, waits, orders, ..Documents::default() }).await
    }
}
