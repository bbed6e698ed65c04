//! Transactions of one message to the server: the work is done with what is remembered of the shop, without its row, and what is written
//! is written only if the row is still the one that is remembered. Work that has to be done again is handed in again by its callers.

use super::{Job, Outcome, Queue, all, tell};
use crate::store::Fault;
use crate::store::postgres::cache::ShopCache;
use crate::store::postgres::changes::Changes;
use crate::store::postgres::rows::Shop;

/// The most pieces of work that are done where the transaction is begun.
const FEW: usize = 8;

/// The row of a shop and what is remembered beside it.
pub type Remembered = (Shop, ShopCache);

impl Queue {
    /// Does all the work in one transaction that begins when it ends. Outcomes are told after the commit.
    pub(super) async fn unlocked(&self, shop: &str, (row, cache): Remembered, jobs: Vec<Job>) {
        let (of, known) = (shop.to_owned(), (Some(row.clone()), cache));
        // It reads nothing, so it does not wait; a little of it is done in the time in which a thread for it would begin.
        let done = if jobs.len() <= FEW {
            Ok(all(None, &of, known, jobs))
        } else {
            tokio::task::spawn_blocking(move || all(None, &of, known, jobs)).await
        };
        // Work that panics is caught; what has stopped here tells that with its outcomes.
        let Ok((outcomes, changes)) = done else { return };
        let (changes, mut cache) = match changes {
            Ok(changes) => changes,
            Err(fault) => return tell(outcomes, &Err(fault)),
        };
        match self.commit_after(shop, &row, &changes).await {
            Ok(true) => {
                self.remember(shop, &changes, cache);
                tell(outcomes, &Ok(()));
            }
            Ok(false) => {
                // Nothing was read, so all that is remembered was so before.
                cache.note_shared();
                self.0.caches.put(shop, cache);
                tell_to_do_again(outcomes);
            }
            Err(fault) => tell(outcomes, &Err(fault)),
        }
    }

    /// Writes and commits, if the row of the shop is still this one. Whether it was; also not if that was not found out.
    async fn commit_after(&self, shop: &str, before: &Shop, changes: &Changes) -> Result<bool, Fault> {
        if changes.are_one_statement() {
            let connection = self.0.pool.take().await?;
            let done = changes.append_after(&connection, before).await;
            // The connection may have been to a server that is gone.
            let is_unknown = done.is_err() && connection.is_lost();
            connection.give_back();
            return if is_unknown { Ok(false) } else { done };
        }
        let (connection, row) = self.begin(shop).await?;
        let is_same = row.as_ref() == Some(before);
        if is_same {
            changes.commit(&connection, shop).await?;
        } else {
            connection.commit().await?;
        }
        connection.give_back();
        Ok(is_same)
    }
}

/// Tells that work has to be done again, whatever came of it.
fn tell_to_do_again(outcomes: Vec<Outcome>) {
    for (done, _) in outcomes {
        // The caller may no longer wait.
        let _ = done.send(Err(Fault::Outdated));
    }
}
