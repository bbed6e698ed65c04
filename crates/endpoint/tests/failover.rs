//! A primary with a synchronous standby. The primary is lost in the middle of pushes from two endpoints, and the standby takes its place.
#![cfg(unix)]
#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used, missing_docs)]

mod cluster;
mod stores;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use cluster::{Cluster, address, name_of, url};
use endpoint::store::{Fault, Postgres, Store, Write};
use stores::{found, line, numbers, records};
use tokio::sync::Semaphore;
use tokio::time::{sleep, timeout};

const PUSHES: usize = 2_000;
/// The primary is lost when this many pushes were acknowledged.
const BEFORE: usize = 700;
const WRITERS: usize = 8;
const LONG: Duration = Duration::from_secs(60);

/// What a writer was told: the number in the log of each of its lines.
type Acknowledged = BTreeMap<(String, u64), u64>;

#[tokio::test(flavor = "multi_thread")]
async fn what_was_acknowledged_survives_the_primary() {
    let primary = Cluster::start("");
    let database = name_of(&primary.database()).to_owned();
    let standby = primary.standby("");
    primary.sql("postgres", "ALTER SYSTEM SET synchronous_standby_names = '*'");
    primary.sql("postgres", "SELECT pg_reload_conf()");
    let is_synchronous = || primary.sql("postgres", "SELECT sync_state FROM pg_stat_replication");
    timeout(LONG, async {
        while is_synchronous() != "sync" {
            sleep(Duration::from_millis(20)).await;
        }
    })
    .await
    .unwrap();

    let both = address(&url(&[&primary, &standby], &database));
    let first: Arc<dyn Store> = Arc::new(Postgres::open(&both).await.unwrap());
    let second: Arc<dyn Store> = Arc::new(Postgres::open(&both).await.unwrap());
    found(&*first, "s1").await;
    let (done, failed) = (Arc::new(Semaphore::new(0)), Arc::new(AtomicUsize::new(0)));
    let writers: Vec<_> = (0..WRITERS)
        .map(|number| {
            let store = Arc::clone(if number % 2 == 0 { &first } else { &second });
            tokio::spawn(write(store, format!("d{number}"), Arc::clone(&done), Arc::clone(&failed)))
        })
        .collect();
    timeout(LONG, done.acquire_many(BEFORE as u32)).await.unwrap().unwrap().forget();
    primary.kill();
    standby.promote();
    let mut acknowledged = Acknowledged::new();
    for writer in writers {
        acknowledged.extend(timeout(LONG, writer).await.unwrap().unwrap());
    }

    assert_eq!(acknowledged.len(), PUSHES);
    assert!(failed.load(Ordering::SeqCst) > 0, "the primary was lost after the last push");
    let all = records(&*second, "s1", 0).await;
    assert_eq!(numbers(&all), (1..=all.len() as u64).collect::<Vec<_>>());
    let held: Acknowledged =
        all.iter().map(|record| ((record.device.clone(), record.seq), record.lseq)).collect();
    assert_eq!(held.len(), all.len(), "a line is there twice");
    assert_eq!(held, acknowledged);
}

/// Pushes line after line until each is acknowledged, as a device does.
async fn write(
    store: Arc<dyn Store>,
    device: String,
    done: Arc<Semaphore>,
    failed: Arc<AtomicUsize>,
) -> Acknowledged {
    let mut acknowledged = Acknowledged::new();
    for seq in 1..=(PUSHES / WRITERS) as u64 {
        let lseq = loop {
            match push(&*store, device.clone(), seq).await {
                Ok(lseq) => break lseq,
                // Nothing else may be answered while the database is away.
                Err(fault) => assert_eq!(fault, Fault::Unavailable),
            }
            failed.fetch_add(1, Ordering::SeqCst);
            sleep(Duration::from_millis(50)).await;
        };
        acknowledged.insert((device.clone(), seq), lseq);
        done.add_permits(1);
    }
    acknowledged
}

/// Appends a line unless it is there already, and returns its number: what admission does with a push that comes twice.
async fn push(store: &dyn Store, device: String, seq: u64) -> Result<u64, Fault> {
    let append = move |tx: &mut dyn Write| {
        if let Some(known) = tx.lines("s1", &device, 1, seq)?.first() {
            return Ok(known.lseq);
        }
        let lseq = tx.end("s1")?.unwrap().lseq + 1;
        tx.append(&[line(lseq, &device, 1, seq)])?;
        Ok(lseq)
    };
    store.writing("s1", append).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_commit_whose_wait_for_the_standby_is_cancelled_is_not_acknowledged() {
    let primary = Cluster::start("");
    let url = primary.database();
    let store = Postgres::open(&address(&url)).await.unwrap();
    found(&store, "s1").await;
    // A standby that does not exist: commits wait for it.
    primary.sql("postgres", "ALTER SYSTEM SET synchronous_standby_names = 'nobody'");
    primary.sql("postgres", "SELECT pg_reload_conf()");
    let pushed = push(&store, "d1".into(), 1);
    let cancelled = async {
        let cancel =
            "SELECT count(pg_cancel_backend(pid)) FROM pg_stat_activity WHERE wait_event = 'SyncRep'";
        while primary.sql("postgres", cancel) != "1" {
            sleep(Duration::from_millis(20)).await;
        }
    };
    let (pushed, ()) = timeout(LONG, async { tokio::join!(pushed, cancelled) }).await.unwrap();
    assert_eq!(pushed, Err(Fault::Unavailable));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_endpoint_goes_on_when_the_server_is_there_again_and_says_what_is_wrong_meanwhile() {
    let primary = Cluster::start("");
    let url = primary.database();
    let store = Postgres::open(&address(&url)).await.unwrap();
    found(&store, "s1").await;
    assert_eq!(push(&store, "d1".into(), 1).await, Ok(1));
    // All connections are lost at once, as when a server is started again. The next push finds another one.
    primary
        .sql("postgres", "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname LIKE 'test%'");
    assert_eq!(push(&store, "d1".into(), 2).await, Ok(2));
    // A server that accepts no writes any more.
    primary
        .sql("postgres", &format!("ALTER DATABASE {} SET default_transaction_read_only = on", name_of(&url)));
    primary
        .sql("postgres", "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname LIKE 'test%'");
    assert_eq!(push(&store, "d1".into(), 3).await, Err(Fault::Unavailable));
    primary.sql("postgres", &format!("ALTER DATABASE {} RESET default_transaction_read_only", name_of(&url)));
    assert_eq!(push(&store, "d1".into(), 3).await, Ok(3));
    primary.kill();
    assert_eq!(push(&store, "d1".into(), 4).await, Err(Fault::Unavailable));
    let read = (&store as &dyn Store).reading(|tx| tx.end("s1"));
    assert_eq!(read.await, Err(Fault::Unavailable));
}
