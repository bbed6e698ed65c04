//! The thread that writes. What waits is committed together.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{Builder, JoinHandle};

use anyhow::Result;
use rusqlite::Connection;
use tokio::sync::oneshot;

use crate::store::sqlite::open;
use crate::store::sqlite::writing::Work;
use crate::store::{Fault, Pending, WriteWork};

/// The most pieces of work in one transaction: none waits long for those after it.
const MAX_TOGETHER: usize = 64;

/// The way to the thread. Dropping it closes the store.
#[derive(Debug)]
pub struct Writer {
    jobs: Option<Sender<Job>>,
    thread: Option<JoinHandle<()>>,
}

struct Job {
    shop: String,
    work: WriteWork,
    done: oneshot::Sender<Result<(), Fault>>,
}

impl Writer {
    /// Starts the thread.
    pub fn start(connection: Connection) -> Result<Self> {
        let (jobs, todo) = channel();
        let thread = Builder::new().name("store".into()).spawn(move || run(connection, &todo))?;
        Ok(Self { jobs: Some(jobs), thread: Some(thread) })
    }

    /// Hands work to the thread.
    pub fn send(&self, shop: &str, work: WriteWork) -> Pending {
        let (done, outcome) = oneshot::channel();
        let job = Job { shop: shop.to_owned(), work, done };
        // If the thread has ended, the job is dropped, and with it the sender of its outcome.
        let _ = self.jobs.as_ref().map(|jobs| jobs.send(job));
        Box::pin(async move { outcome.await.unwrap_or(Err(Fault::Unavailable)) })
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.jobs = None;
        if let Some(thread) = self.thread.take() {
            // It does not panic: work that does is caught.
            let _ = thread.join();
        }
    }
}

fn run(connection: Connection, todo: &Receiver<Job>) {
    while let Ok(first) = todo.recv() {
        let jobs: Vec<Job> = std::iter::once(first).chain(todo.try_iter()).take(MAX_TOGETHER).collect();
        together(&connection, jobs);
    }
    // If this fails, the next start checks the store.
    let _ = open::close(connection);
}

/// Does all the work in one transaction. Outcomes are told after the commit.
fn together(connection: &Connection, jobs: Vec<Job>) {
    let (mut jobs, mut outcomes) = (jobs.into_iter(), Vec::new());
    let committed = all(connection, &mut jobs, &mut outcomes);
    if committed.is_err() && !connection.is_autocommit() {
        // If it fails, so does the next BEGIN, and nothing more is written.
        let _ = connection.execute_batch("ROLLBACK");
    }
    let not_done = jobs.map(|job| (job.done, Ok(())));
    for (done, outcome) in outcomes.into_iter().chain(not_done) {
        // The caller may no longer wait.
        let _ = done.send(outcome.and_then(|()| committed.clone()));
    }
}

type Outcome = (oneshot::Sender<Result<(), Fault>>, Result<(), Fault>);

fn all(
    connection: &Connection,
    jobs: &mut impl Iterator<Item = Job>,
    outcomes: &mut Vec<Outcome>,
) -> Result<(), Fault> {
    connection.execute_batch("BEGIN IMMEDIATE")?;
    for Job { shop, work, done } in jobs {
        let outcome = alone(connection, &shop, work);
        outcomes.push((done, outcome.clone()));
        // SQLite ends the whole transaction when the disk is full.
        if connection.is_autocommit() {
            return outcome.and(Err(Fault::broken("the transaction ended too early")));
        }
    }
    Ok(connection.execute_batch("COMMIT")?)
}

/// Does one piece of work, all or nothing.
fn alone(connection: &Connection, shop: &str, work: WriteWork) -> Result<(), Fault> {
    connection.execute_batch("SAVEPOINT work")?;
    let outcome = catch_unwind(AssertUnwindSafe(|| work(&mut Work::new(connection, shop))));
    let outcome = outcome.unwrap_or_else(|_| Err(Fault::broken("a transaction stopped")));
    if connection.is_autocommit() {
        return outcome;
    }
    if outcome.is_err() {
        connection.execute_batch("ROLLBACK TO work")?;
    }
    connection.execute_batch("RELEASE work")?;
    outcome
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{Logged, Write};
    use journal::{Clock, SideVerdict};
    use tempfile::TempDir;

    fn record(lseq: u64) -> Logged {
        Logged {
            lseq,
            device: "d1".into(),
            chain: 1,
            seq: lseq,
            hash: [u8::try_from(lseq % 200).unwrap(); 32],
            entry: vec![b'x'; 10_000],
            signature: None,
            order: Clock(1, 1),
            verdict: SideVerdict::Ok,
            received: 1,
            log_hash: [3; 32],
            is_of_shop: false,
            goes_on: false,
        }
    }

    fn append(writer: &Writer, lseq: u64) -> Pending {
        writer.send("s1", Box::new(move |tx: &mut dyn Write| tx.append(&[record(lseq)])))
    }

    #[tokio::test]
    async fn a_full_disk_is_told_and_leaves_the_store_whole() {
        let folder = TempDir::new().unwrap();
        let file = folder.path().join("store");
        let connection = open::writing(&file).unwrap();
        connection.pragma_update_and_check(None, "max_page_count", 60, |row| row.get::<_, i64>(0)).unwrap();
        let writer = Writer::start(connection).unwrap();
        writer.send("s1", Box::new(|tx: &mut dyn Write| tx.found([1; 16], [2; 32]))).await.unwrap();
        let mut stored = 0;
        while append(&writer, stored + 1).await.is_ok() {
            stored += 1;
        }
        assert_eq!(append(&writer, stored + 1).await, Err(Fault::Full));
        assert!(stored > 3, "{stored}");
        let count: u64 = Connection::open(&file)
            .unwrap()
            .query_row("SELECT count(*) FROM record", [], |row| row.get(0))
            .unwrap();
        assert_eq!(count, stored);
        // Smaller work still finds room, and the work that shares a transaction with a failed one fails with it.
        let small = writer.send("s1", Box::new(|tx: &mut dyn Write| tx.put_value("small", b"1")));
        assert_eq!(small.await, Ok(()));
        drop(writer);
        open::verify(&Connection::open(&file).unwrap()).unwrap();
    }
}
