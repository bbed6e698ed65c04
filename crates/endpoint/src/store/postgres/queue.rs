//! Work that waits, by shop. What came in for a shop while its last transaction ran shares the next one.

use std::collections::{BTreeMap, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::runtime::Handle;
use tokio::sync::oneshot;
use tokio_postgres::types::{ToSql, Type};

use crate::store::postgres::announce::Announcer;
use crate::store::postgres::cache::{Caches, ShopCache};
use crate::store::postgres::changes::Changes;
use crate::store::postgres::pool::{Pool, Pooled};
use crate::store::postgres::reading::Reader;
use crate::store::postgres::rows::{self, SHOP, Shop};
use crate::store::postgres::work::Work;
use crate::store::{Fault, Pending, WriteWork};

/// The most pieces of work in one transaction: none waits long for those after it.
const MAX_TOGETHER: usize = 64;

/// A transaction that waits for others, but not for ever, and a commit that is on the disk when it returns. A limit for statements would
/// also cancel the wait of a commit for the standby, and a cancelled wait is a commit that can be lost.
const BEGIN: &str = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE; SET LOCAL lock_timeout = '10s'; \
    SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = '60s'";

/// The way to the transactions that write.
#[derive(Clone)]
pub struct Queue(Arc<Inner>);

struct Inner {
    pool: Pool,
    announcer: Announcer,
    caches: Caches,
    /// A shop is here while a task does its work.
    waiting: Mutex<BTreeMap<String, VecDeque<Job>>>,
}

struct Job {
    work: WriteWork,
    done: oneshot::Sender<Result<(), Fault>>,
}

/// The outcome of one piece of work, before the commit.
type Outcome = (oneshot::Sender<Result<(), Fault>>, Result<(), Fault>);

impl Queue {
    /// A queue without work.
    pub fn new(pool: Pool, announcer: Announcer) -> Self {
        Self(Arc::new(Inner { pool, announcer, caches: Caches::default(), waiting: Mutex::default() }))
    }

    /// Hands in work. It is done even if the caller no longer waits.
    pub fn send(&self, shop: &str, work: WriteWork) -> Pending {
        let (done, outcome) = oneshot::channel();
        let mut waiting = self.waiting();
        let is_idle = !waiting.contains_key(shop);
        waiting.entry(shop.to_owned()).or_default().push_back(Job { work, done });
        drop(waiting);
        if is_idle {
            tokio::spawn(self.clone().run(shop.to_owned()));
        }
        Box::pin(async move { outcome.await.unwrap_or(Err(Fault::Unavailable)) })
    }

    fn waiting(&self) -> MutexGuard<'_, BTreeMap<String, VecDeque<Job>>> {
        self.0.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Does the work of a shop until none is left.
    async fn run(self, shop: String) {
        while let Some(jobs) = self.next(&shop) {
            self.together(&shop, jobs).await;
        }
    }

    fn next(&self, shop: &str) -> Option<Vec<Job>> {
        let mut waiting = self.waiting();
        let jobs = waiting.get_mut(shop)?;
        let count = jobs.len().min(MAX_TOGETHER);
        let taken: Vec<Job> = jobs.drain(..count).collect();
        if taken.is_empty() {
            waiting.remove(shop);
            return None;
        }
        Some(taken)
    }

    /// Does all the work in one transaction. Outcomes are told after the commit.
    async fn together(&self, shop: &str, jobs: Vec<Job>) {
        let (outcomes, committed) = match self.begin(shop).await {
            Err(fault) => (jobs.into_iter().map(|job| (job.done, Ok(()))).collect(), Err(fault)),
            Ok((connection, row)) => self.transaction(shop, connection, row, jobs).await,
        };
        for (done, outcome) in outcomes {
            // The caller may no longer wait.
            let _ = done.send(outcome.and_then(|()| committed.clone()));
        }
    }

    /// A transaction that has the shop to itself: other writers wait for its row, whatever endpoint they belong to. So numbers of
    /// the log are committed in their order.
    async fn begin(&self, shop: &str) -> Result<(Pooled, Option<Shop>), Fault> {
        let (sql, shop_id) = (lock(), [(&shop as &(dyn ToSql + Sync), Type::TEXT)]);
        let (connection, rows) = self.0.pool.begin_with(BEGIN, Some((&sql, &shop_id))).await?;
        if let Some(row) = rows.first() {
            return Ok((connection, Some(rows::shop(row)?)));
        }
        // A row that is not there yet cannot be locked. Afterwards another founder may have added it.
        connection
            .rows("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", &[(&shop, Type::TEXT)])
            .await?;
        let row = connection.rows(&sql, &shop_id).await?.first().map(rows::shop).transpose()?;
        Ok((connection, row))
    }

    async fn transaction(
        &self,
        shop: &str,
        connection: Pooled,
        row: Option<Shop>,
        jobs: Vec<Job>,
    ) -> (Vec<Outcome>, Result<(), Fault>) {
        let (of, handle, cache) =
            (shop.to_owned(), Handle::current(), self.0.caches.take(shop, row.as_ref()));
        let done = tokio::task::spawn_blocking(move || {
            let (outcomes, changes) = all(&connection, &handle, &of, (row, cache), jobs);
            (connection, outcomes, changes)
        });
        // Work that panics is caught.
        let Ok((connection, outcomes, changes)) = done.await else {
            return (Vec::new(), Err(Fault::broken("a transaction stopped")));
        };
        let committed = match changes {
            Err(fault) => Err(fault),
            Ok((changes, cache)) => self.commit(shop, connection, changes, cache).await,
        };
        (outcomes, committed)
    }

    /// Writes and commits. After a failure nothing is remembered of the shop.
    async fn commit(
        &self,
        shop: &str,
        connection: Pooled,
        changes: Changes,
        mut cache: ShopCache,
    ) -> Result<(), Fault> {
        changes.commit(&connection, shop).await?;
        connection.give_back();
        if changes.known.row.is_some() {
            cache.commit(&changes);
            self.0.caches.put(shop, cache);
        }
        if changes.moves_the_log() {
            self.0.announcer.announce(shop);
        }
        Ok(())
    }
}

/// The statement that locks the row of a shop and returns it.
fn lock() -> String {
    format!("SELECT {SHOP} FROM counterfoil.shop WHERE id = $1 FOR UPDATE")
}

/// Does the work, and collects what is to be written.
fn all(
    connection: &Pooled,
    handle: &Handle,
    shop: &str,
    (row, cache): (Option<Shop>, ShopCache),
    jobs: Vec<Job>,
) -> (Vec<Outcome>, Result<(Changes, ShopCache), Fault>) {
    let mut work = Work::new(Reader::new(connection, handle), shop, row, cache);
    let outcomes = jobs.into_iter().map(|job| {
        let outcome = work.piece(|tx| {
            let outcome = catch_unwind(AssertUnwindSafe(|| (job.work)(tx)));
            outcome.unwrap_or_else(|_| Err(Fault::broken("a transaction stopped")))
        });
        (job.done, outcome)
    });
    let outcomes = outcomes.collect();
    (outcomes, work.changes())
}
