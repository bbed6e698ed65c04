//! *Recalculate Account Balances* for one customer or for all.

use super::handle::Session;
use crate::device::clock;
use crate::engine::Difference;
use crate::store::Fault;
use gloo_timers::future::TimeoutFuture;
use ledger::id::Id;

/// After how many accounts the page gets its turn.
const PIECE: usize = 16;

/// The outcome of a recalculation.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Recalculation {
    /// How many accounts were compared.
    pub accounts: usize,
    /// How many there are.
    pub of: usize,
    /// Those whose figures were not those of their entries; they are now.
    pub differences: Vec<Difference>,
}

impl Session {
    /// Compares the figures of one customer with those of the entries.
    ///
    /// # Errors
    ///
    /// As [`Session::recalculate_all`].
    pub async fn recalculate(self, customer: &Id) -> Result<Recalculation, Fault> {
        let found = self.compare(customer).await?;
        self.use_folded(found.into_iter().collect(), (1, 1)).await
    }

    /// Compares the figures of all customers with those of the entries. `progress` is the number of accounts so far and of
    /// all; `goes_on` is asked before each piece.
    ///
    /// # Errors
    ///
    /// When an entry was changed or removed in the store; faults of the store.
    pub async fn recalculate_all(
        self,
        progress: impl Fn(usize, usize),
        goes_on: impl Fn() -> bool,
    ) -> Result<Recalculation, Fault> {
        let customers: Vec<Id> = self.open_engine()?.rows().keys().cloned().collect();
        let (mut differences, mut accounts) = (Vec::new(), 0);
        for piece in customers.chunks(PIECE) {
            if !goes_on() {
                break;
            }
            for customer in piece {
                differences.extend(self.compare(customer).await?);
            }
            accounts += piece.len();
            progress(accounts, customers.len());
            TimeoutFuture::new(0).await;
        }
        self.use_folded(differences, (accounts, customers.len())).await
    }

    async fn compare(self, customer: &Id) -> Result<Option<Difference>, Fault> {
        let engine = self.open_engine()?;
        let (difference, changed) = engine.difference(customer, clock::today()).await?;
        self.publish(&engine, &changed);
        Ok(difference)
    }

    /// Replaces the stored figures if some differ.
    async fn use_folded(
        self,
        differences: Vec<Difference>,
        (accounts, of): (usize, usize),
    ) -> Result<Recalculation, Fault> {
        if !differences.is_empty() {
            let engine = self.open_engine()?;
            let changed = engine.recalculate(clock::today(), clock::now()).await?;
            self.publish(&engine, &changed);
            self.notify_other_tabs(&self.name());
        }
        Ok(Recalculation { accounts, of, differences })
    }
}
