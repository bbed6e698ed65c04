//! Work that waits, by shop. What came in for a shop while its last transaction ran shares the next one.

mod unlocked;

use std::collections::{BTreeMap, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures_util::future::join;
use tokio::runtime::Handle;
use tokio::sync::{Notify, oneshot};
use tokio::time::timeout;
use tokio_postgres::types::{ToSql, Type};

use crate::store::postgres::announce::Announcer;
use crate::store::postgres::cache::{Caches, ShopCache};
use crate::store::postgres::changes::Changes;
use crate::store::postgres::pool::{Pool, Pooled};
use crate::store::postgres::reading::Reader;
use crate::store::postgres::rows::{self, SHOP, Shop};
use crate::store::postgres::work::Work;
use crate::store::{Fault, Pending, WriteWork};
use unlocked::Remembered;

/// The most pieces of work in one transaction: none waits long for those after it.
const MAX_TOGETHER: usize = 64;

/// The most transactions of a shop that are begun with the commit before them. Between these and the next one another endpoint that waits
/// for the shop has its turn.
const MAX_IN_A_ROW: usize = 8;

/// A transaction. Its limits are set by `lock_shop`.
const BEGIN: &str = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE";

/// How long work of a busy shop waits for more to share its transaction. The timer has steps of a millisecond.
const GATHER: Duration = Duration::from_millis(1);

/// The way to the transactions that write.
#[derive(Clone)]
pub struct Queue(Arc<Inner>);

struct Inner {
    pool: Pool,
    announcer: Announcer,
    caches: Caches,
    /// A shop is here while a task does its work.
    waiting: Mutex<BTreeMap<String, Line>>,
}

/// The work of a shop that waits.
#[derive(Default)]
struct Line {
    jobs: VecDeque<Job>,
    /// That there is more.
    more: Arc<Notify>,
}

struct Job {
    work: WriteWork,
    done: oneshot::Sender<Result<(), Fault>>,
    /// Whether its caller can hand it in again.
    may_be_again: bool,
}

/// The outcome of one piece of work, before the commit.
type Outcome = (oneshot::Sender<Result<(), Fault>>, Result<(), Fault>);

/// A transaction that has locked the row of its shop, and the row, if it is there.
type Begun = (Pooled, Option<Shop>);

impl Queue {
    /// A queue without work.
    pub fn new(pool: Pool, announcer: Announcer) -> Self {
        Self(Arc::new(Inner { pool, announcer, caches: Caches::default(), waiting: Mutex::default() }))
    }

    /// Hands in work. It is done even if the caller no longer waits. Work that may be handed in again may be answered with [`Fault::Outdated`].
    pub fn send(&self, shop: &str, work: WriteWork, may_be_again: bool) -> Pending {
        let (done, outcome) = oneshot::channel();
        let mut waiting = self.waiting();
        let is_idle = !waiting.contains_key(shop);
        let line = waiting.entry(shop.to_owned()).or_default();
        line.jobs.push_back(Job { work, done, may_be_again });
        line.more.notify_one();
        drop(waiting);
        if is_idle {
            tokio::spawn(self.clone().run(shop.to_owned()));
        }
        Box::pin(async move { outcome.await.unwrap_or(Err(Fault::Unavailable)) })
    }

    fn waiting(&self) -> MutexGuard<'_, BTreeMap<String, Line>> {
        self.0.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Does the work of a shop until none is left.
    async fn run(self, shop: String) {
        let (mut begun, mut in_a_row) = (None, 0);
        while let Some(jobs) = self.next(&shop) {
            in_a_row = if begun.is_some() { in_a_row + 1 } else { 0 };
            let count = jobs.len();
            match self.remembered(&shop, &jobs).filter(|_| begun.is_none()) {
                Some(remembered) => self.unlocked(&shop, remembered, jobs).await,
                None => begun = self.together(&shop, begun, jobs, in_a_row < MAX_IN_A_ROW).await,
            }
            self.gather(&shop, count).await;
        }
    }

    /// Waits a moment for the half of those who send to the shop at the same time: those whose work was just done, and those whose work
    /// waits. A transaction costs the server more than what is in it. One or two who send do not wait.
    async fn gather(&self, shop: &str, done: usize) {
        let Some((waiting, more)) = self.line(shop) else { return };
        let enough = (done + waiting) / 2;
        let gathered = async {
            while self.line(shop).is_some_and(|(waiting, _)| waiting < enough) {
                more.notified().await;
            }
        };
        // What has come in by then is enough.
        let _ = timeout(GATHER, gathered).await;
    }

    /// How much work of a shop waits, and what tells that there is more.
    fn line(&self, shop: &str) -> Option<(usize, Arc<Notify>)> {
        self.waiting().get(shop).map(|line| (line.jobs.len(), Arc::clone(&line.more)))
    }

    /// Whether work of a shop waits that needs its row.
    fn has_more(&self, shop: &str, is_alone: bool) -> bool {
        let waiting = self.waiting();
        let jobs = waiting.get(shop).map(|line| &line.jobs);
        jobs.is_some_and(|jobs| jobs.iter().any(|job| !is_alone || !job.may_be_again))
    }

    /// What the work needs in place of the row of the shop, if it can be done without.
    fn remembered(&self, shop: &str, jobs: &[Job]) -> Option<Remembered> {
        if jobs.iter().all(|job| job.may_be_again) { self.0.caches.take_alone(shop) } else { None }
    }

    fn next(&self, shop: &str) -> Option<Vec<Job>> {
        let mut waiting = self.waiting();
        let jobs = &mut waiting.get_mut(shop)?.jobs;
        let count = jobs.len().min(MAX_TOGETHER);
        let taken: Vec<Job> = jobs.drain(..count).collect();
        if taken.is_empty() {
            waiting.remove(shop);
            return None;
        }
        Some(taken)
    }

    /// Does all the work in one transaction. Outcomes are told after the commit. Where more has come in meanwhile, the next transaction is
    /// begun with the commit, in the same message to the server, if `may_go_on`.
    async fn together(
        &self,
        shop: &str,
        begun: Option<Begun>,
        jobs: Vec<Job>,
        may_go_on: bool,
    ) -> Option<Begun> {
        let had_turn = begun.is_none();
        let begun = match begun {
            Some(begun) => Ok(begun),
            None => self.begin(shop).await,
        };
        let (connection, row) = match begun {
            Ok(begun) => begun,
            Err(fault) => {
                tell(jobs.into_iter().map(|job| (job.done, Ok(()))).collect(), &Err(fault));
                return None;
            }
        };
        let Some((connection, outcomes, changes)) = self.work(shop, connection, (row, had_turn), jobs).await
        else {
            // Work that panics is caught; what has stopped here tells that with its outcomes.
            return None;
        };
        let (changes, cache) = match changes {
            Ok(changes) => changes,
            Err(fault) => {
                tell(outcomes, &Err(fault));
                return None;
            }
        };
        let goes_on = may_go_on && changes.are_sent_at_once() && self.has_more(shop, cache.is_alone());
        let commit = async {
            let committed = self.commit(shop, &connection, changes, cache).await;
            tell(outcomes, &committed);
            committed.is_ok()
        };
        if goes_on {
            // The commit is sent first. It may be told while another endpoint has the row.
            let (sql, id) = (lock(), [(&shop as &(dyn ToSql + Sync), Type::TEXT)]);
            let (is_committed, rows) = join(commit, connection.begin(BEGIN, Some((&sql, &id)))).await;
            let row = rows.ok().filter(|_| is_committed)?.first().map(rows::shop)?.ok()?;
            return Some((connection, Some(row)));
        }
        if commit.await {
            connection.give_back();
        }
        None
    }

    /// A transaction that has the shop to itself: other writers wait for its row, whatever endpoint they belong to. So numbers of
    /// the log are committed in their order.
    async fn begin(&self, shop: &str) -> Result<Begun, Fault> {
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

    /// The work, on a thread that may wait.
    async fn work(
        &self,
        shop: &str,
        connection: Pooled,
        (row, had_turn): (Option<Shop>, bool),
        jobs: Vec<Job>,
    ) -> Option<Worked> {
        let (of, handle) = (shop.to_owned(), Handle::current());
        let cache = self.0.caches.take(shop, row.as_ref(), had_turn);
        let done = tokio::task::spawn_blocking(move || {
            let reader = Reader::new(&connection, &handle);
            let (outcomes, changes) = all(Some(reader), &of, (row, cache), jobs);
            (connection, outcomes, changes)
        });
        done.await.ok()
    }

    /// Writes and commits. After a failure nothing is remembered of the shop.
    async fn commit(
        &self,
        shop: &str,
        connection: &Pooled,
        changes: Changes,
        cache: ShopCache,
    ) -> Result<(), Fault> {
        changes.commit(connection, shop).await?;
        self.remember(shop, &changes, cache);
        Ok(())
    }

    /// Takes in what was committed, and tells other endpoints.
    fn remember(&self, shop: &str, changes: &Changes, mut cache: ShopCache) {
        if changes.known.row.is_some() {
            cache.commit(changes);
            self.0.caches.put(shop, cache);
        }
        if changes.moves_the_log() {
            self.0.announcer.announce(shop);
        }
    }
}

/// Tells what came of pieces of work and of their commit.
fn tell(outcomes: Vec<Outcome>, committed: &Result<(), Fault>) {
    for (done, outcome) in outcomes {
        // The caller may no longer wait.
        let _ = done.send(outcome.and_then(|()| committed.clone()));
    }
}

/// The statement that locks the row of a shop and returns it.
fn lock() -> String {
    format!("SELECT {SHOP} FROM counterfoil.lock_shop($1)")
}

/// Outcomes, and what is to be written with what is known of the shop.
type Done = (Vec<Outcome>, Result<(Changes, ShopCache), Fault>);

/// The same, with the connection.
type Worked = (Pooled, Vec<Outcome>, Result<(Changes, ShopCache), Fault>);

/// Does the work, and collects what is to be written.
fn all(
    reader: Option<Reader<'_>>,
    shop: &str,
    (row, cache): (Option<Shop>, ShopCache),
    jobs: Vec<Job>,
) -> Done {
    let mut work = Work::new(reader, shop, row, cache);
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
