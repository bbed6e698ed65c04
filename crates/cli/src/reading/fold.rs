//! Folds the accounts of a book, on all cores: an account needs no other.

use super::Reading;
use anyhow::Result;
use ledger::account::CustomerBook;
use std::sync::Mutex;

/// How many accounts a core takes at a time.
const SHARE: usize = 32;

impl Reading {
    /// Folds every account and keeps what is asked of it, in the sequence in which customers first came. Each account
    /// is dropped before the next, so that memory holds what is kept and no more.
    ///
    /// # Errors
    /// When the book cannot be read again.
    pub fn each<T: Send>(&mut self, keep: impl Fn(CustomerBook) -> T + Sync) -> Result<Vec<T>> {
        let customers = std::mem::take(&mut self.customers);
        let waiting = Mutex::new(customers.into_iter().enumerate());
        let source = &self.source;
        let work = || {
            let (mut kept, mut buffer) = (Vec::new(), Vec::new());
            loop {
                let share: Vec<_> = match waiting.lock() {
                    Ok(mut waiting) => waiting.by_ref().take(SHARE).collect(),
                    Err(_) => return Ok(kept),
                };
                if share.is_empty() {
                    return Ok(kept);
                }
                for (at, (customer, rows)) in share {
                    let records = rows.records(source, &mut buffer)?;
                    kept.push((at, keep(CustomerBook::new(customer, records))));
                }
            }
        };
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let all: Result<Vec<Vec<(usize, T)>>> = std::thread::scope(|scope| {
            let others: Vec<_> = (1..cores).map(|_| scope.spawn(work)).collect();
            let mut all = vec![work()];
            all.extend(others.into_iter().filter_map(|other| other.join().ok()));
            all.into_iter().collect()
        });
        let mut kept: Vec<_> = all?.into_iter().flatten().collect();
        kept.sort_by_key(|(at, _)| *at);
        Ok(kept.into_iter().map(|(_, kept)| kept).collect())
    }
}
