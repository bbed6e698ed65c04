//! *Recalculate Account Balances*: folds accounts again from their entries and compares them with the stored figures.
//! Nothing is posted; figures that differ are replaced by those of the entries.

use super::account;
use super::cached::Cached;
use super::changed::Changed;
use super::open::Engine;
use super::order_list;
use super::progress::Progress;
use super::rebuild;
use super::waits::{Queue, Waits};
use crate::store::{Fault, Store};
use ledger::date::Date;
use ledger::id::Id;
use ledger::view::customer::CustomerRow;
use std::sync::Arc;

/// An account whose stored figures were not those of its entries.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// The figures as they were stored.
    pub stored: Arc<CustomerRow>,
    /// The figures of the entries.
    pub folded: Arc<CustomerRow>,
}

impl<S: Store> Engine<S> {
    /// Folds an account again from its stored entries; `None` if the stored figures agree. Also what it read of other tabs'
    /// changes before. The cost is that of opening the account.
    ///
    /// # Errors
    ///
    /// When an entry of the account was changed or removed in the store, which is named: figures are not calculated from
    /// such entries. Faults of the store.
    pub async fn difference(
        &self,
        customer: &Id,
        today: Date,
    ) -> Result<(Option<Difference>, Changed), Fault> {
        let _turn = self.turn.lock().await;
        let changed = self.catch_up(today).await?;
        let stored = self.state.borrow().rows.all().get(customer).cloned();
        let Some(stored) = stored else { return Ok((None, changed)) };
        let opened = account::read(&self.store, customer, self.fold).await?;
        if let Some(trouble) = opened.trouble {
            return Err(trouble);
        }
        let account = opened.book.account();
        let folded = Cached::of(account, opened.digest);
        if folded.digest != stored.digest {
            let why = "its entries are not those that its figures were computed from";
            return Err(Fault::corrupt(format!("the account of {}", stored.row.name), why));
        }
        let waits = Queue::of_account(&self.store, customer).await?;
        let orders = order_list::is_as_stored(&self.store, customer, account).await?;
        let agrees = orders && folded == stored && waits == Waits::of(account);
        let difference = (!agrees).then_some(Difference { stored: stored.row, folded: folded.row });
        Ok((difference, changed))
    }

    /// Replaces all stored figures by those of the entries.
    ///
    /// # Errors
    ///
    /// Faults of the store; the figures are then the earlier ones.
    pub async fn recalculate(&self, today: Date, now: u64) -> Result<Changed, Fault> {
        let _turn = self.turn.lock().await;
        rebuild::caches(&self.store, today, now, &mut Progress::new(&mut |_, _| ())).await?;
        self.read_again(today).await?;
        Ok(Changed::everything())
    }
}
