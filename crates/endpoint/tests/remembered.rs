//! What an endpoint does with what it remembers of a shop, without the lock of its row: pushes are done as long as it is so, and handed in
//! again where it is not.
#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used, missing_docs)]

mod cluster;
mod stores;

use std::sync::Arc;
use std::time::Duration;

use cluster::{address, name_of, shared};
use endpoint::store::{Fault, Logged, Postgres, Store, Write};
use stores::{append, device, end, found, hash, line, records};
use tokio::time::{sleep, timeout};

const LONG: Duration = Duration::from_secs(30);

async fn open(url: &str) -> Arc<dyn Store> {
    Arc::new(Postgres::open(&address(url)).await.unwrap())
}

/// The next line of a device in its chain 1, with a look at the device and at the line before, as a push has it.
fn push(tx: &mut dyn Write, id: &str) -> Result<u64, Fault> {
    let lseq = tx.end("s1")?.unwrap().lseq + 1;
    let seq = tx.chains("s1", Some(id))?.first().map_or(0, |end| end.seq);
    assert!(tx.device("s1", id)?.is_some());
    let before = tx.lines("s1", id, 1, seq)?;
    assert_eq!(before.len(), usize::from(seq > 0));
    tx.append(&[line(lseq, id, 1, seq + 1)])?;
    Ok(lseq)
}

async fn try_push(store: &dyn Store, id: &str) -> Result<u64, Fault> {
    let id = id.to_owned();
    store.trying("s1", move |tx| push(tx, &id)).await
}

async fn locked_push(store: &dyn Store, id: &str) -> u64 {
    let id = id.to_owned();
    store.writing("s1", move |tx| push(tx, &id)).await.unwrap()
}

/// A shop with a device, which this endpoint remembers.
async fn remembered(url: &str) -> Arc<dyn Store> {
    let store = open(url).await;
    found(&*store, "s1").await;
    store.writing("s1", |tx| tx.put_device(&device("d1", Some("A")))).await.unwrap();
    for lseq in 1..=3 {
        assert_eq!(locked_push(&*store, "d1").await, lseq);
    }
    store
}

#[tokio::test(flavor = "multi_thread")]
async fn a_push_needs_nothing_but_what_is_remembered() {
    let store = remembered(&shared().database()).await;
    for lseq in 4..=9 {
        assert_eq!(try_push(&*store, "d1").await, Ok(lseq));
    }
    // It reads nothing: what is not remembered is asked for with the lock.
    let first = store.trying("s1", |tx| tx.lines("s1", "d1", 1, 1));
    assert_eq!(first.await, Err(Fault::Outdated));
    assert_eq!(records(&*store, "s1", 0).await, (1..=9).map(|at| line(at, "d1", 1, at)).collect::<Vec<_>>());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_another_endpoint_has_written_is_found_out_at_the_commit() {
    let url = shared().database();
    let (one, two) = (remembered(&url).await, open(&url).await);
    assert_eq!(locked_push(&*two, "d1").await, 4);
    // Nothing is written, not even by what shares the transaction, and then it goes on with the lock.
    let (first, second) = tokio::join!(try_push(&*one, "d1"), try_push(&*one, "d1"));
    for outcome in [first, second] {
        assert!(matches!(outcome, Err(Fault::Outdated) | Ok(5 | 6)), "{outcome:?}");
    }
    let end = end(&*one, "s1").await.unwrap().lseq;
    assert_eq!(records(&*one, "s1", 0).await, (1..=end).map(|at| line(at, "d1", 1, at)).collect::<Vec<_>>());
    assert_eq!(locked_push(&*one, "d1").await, end + 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn changes_by_hand_are_found_out_at_the_commit() {
    for change in [
        "UPDATE counterfoil.device SET revoked = 7",
        "UPDATE counterfoil.shop SET epoch = '\\x00000000000000000000000000000009'",
        // A log that has lost its last record.
        "ALTER TABLE counterfoil.run DISABLE TRIGGER ALL; DELETE FROM counterfoil.run WHERE lseq = 3; \
         UPDATE counterfoil.chain SET seq = 2, hash = (SELECT hash FROM counterfoil.record WHERE lseq = 2); \
         UPDATE counterfoil.shop SET lseq = 2, log_hash = (SELECT log_hash FROM counterfoil.record WHERE lseq = 2)",
    ] {
        let url = shared().database();
        let store = remembered(&url).await;
        shared().sql(name_of(&url), change);
        let before = end(&*store, "s1").await.unwrap();
        assert_eq!(try_push(&*store, "d1").await, Err(Fault::Outdated), "{change}");
        assert_eq!(end(&*store, "s1").await, Some(before), "{change}");
        assert_eq!(locked_push(&*store, "d1").await, before.lseq + 1, "{change}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_push_waits_for_the_endpoint_that_has_the_row() {
    let url = shared().database();
    let (one, two) = (remembered(&url).await, open(&url).await);
    let ((began, has_began), (go, gone)) = (std::sync::mpsc::channel(), std::sync::mpsc::channel());
    let slow = async move |store: Arc<dyn Store>| {
        let push = move |tx: &mut dyn Write| {
            began.send(()).unwrap();
            gone.recv().unwrap();
            push(tx, "d1")
        };
        store.writing("s1", push).await
    };
    let slow = tokio::spawn(slow(two));
    tokio::task::spawn_blocking(move || has_began.recv().unwrap()).await.unwrap();
    let quick = tokio::spawn({
        let one = Arc::clone(&one);
        async move { try_push(&*one, "d1").await }
    });
    let waits = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()";
    timeout(LONG, async {
        while shared().sql(name_of(&url), waits) != "1" {
            sleep(Duration::from_millis(10)).await;
        }
    })
    .await
    .unwrap();
    go.send(()).unwrap();
    assert_eq!(slow.await.unwrap(), Ok(4));
    assert_eq!(quick.await.unwrap(), Err(Fault::Outdated));
    assert_eq!(locked_push(&*one, "d1").await, 5);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_more_than_one_statement_is_written_too() {
    let store = remembered(&shared().database()).await;
    let lines: Vec<Logged> = (4..=5_000).map(|at| line(at, "d1", 1, at)).collect();
    let many = lines.clone();
    store.trying("s1", move |tx| tx.append(&many)).await.unwrap();
    assert_eq!(records(&*store, "s1", 3).await, lines);
    // A transaction that writes nothing is one, too.
    assert_eq!(store.trying("s1", |tx| tx.end("s1")).await, Ok(end(&*store, "s1").await));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_push_goes_on_when_connections_were_lost() {
    let url = shared().database();
    let store = remembered(&url).await;
    let lost = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() \
                AND pid <> pg_backend_pid()";
    shared().sql(name_of(&url), lost);
    let outcome = try_push(&*store, "d1").await;
    assert!(matches!(outcome, Err(Fault::Outdated) | Ok(4)), "{outcome:?}");
    let end = end(&*store, "s1").await.unwrap().lseq;
    assert_eq!(locked_push(&*store, "d1").await, end + 1);
}

/// A shop with this many devices, each with three lines in a chain, the last one with a branch.
async fn crowd(url: &str, count: u64) -> Vec<Logged> {
    let store = open(url).await;
    found(&*store, "s1").await;
    let devices: Vec<_> = (0..count).map(|at| device(&format!("d{at}"), Some(&format!("L{at}")))).collect();
    let mut lines = Vec::new();
    for device in &devices {
        for seq in [1, 2, 3, 3] {
            let lseq = lines.len() as u64 + 1;
            let is_branch =
                lines.last().is_some_and(|last: &Logged| (&last.device, last.seq) == (&device.id, seq));
            let mut line = Logged { signature: Some([at_most(lseq); 64]), ..line(lseq, &device.id, 1, seq) };
            if is_branch {
                line.hash = hash(&format!("branch {lseq}"));
            }
            lines.push(line);
        }
    }
    let all = lines.clone();
    append(&*store, "s1", all).await.unwrap();
    let put = move |tx: &mut dyn Write| devices.iter().try_for_each(|device| tx.put_device(device));
    store.writing("s1", put).await.unwrap();
    lines
}

fn at_most(lseq: u64) -> u8 {
    u8::try_from(lseq % 251).unwrap()
}

/// What a transaction without the lock knows of a device.
async fn known(store: &dyn Store, id: &str) -> Result<(bool, Vec<Logged>), Fault> {
    let id = id.to_owned();
    let read = move |tx: &mut dyn Write| {
        let seq = tx.chains("s1", Some(&id))?.first().map_or(0, |end| end.seq);
        Ok((tx.device("s1", &id)?.is_some(), tx.lines("s1", &id, 1, seq)?))
    };
    store.trying("s1", read).await
}

/// Looks at a device with the lock, as the first push of a device does.
async fn look(store: &dyn Store, id: &str) {
    let id = id.to_owned();
    let read = move |tx: &mut dyn Write| Ok((tx.device("s1", &id)?, tx.chains("s1", Some(&id))?));
    store.writing("s1", read).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_start_all_devices_of_a_shop_are_read_together() {
    let url = shared().database();
    let lines = crowd(&url, 130).await;
    let store = open(&url).await;
    look(&*store, "d0").await;
    // One device was read, and that is remembered.
    look(&*store, "d0").await;
    assert_eq!(known(&*store, "d99").await, Err(Fault::Outdated));
    for id in ["d1", "d2"] {
        look(&*store, id).await;
    }
    for at in 0..130 {
        let id = format!("d{at}");
        let last: Vec<_> = lines
            .iter()
            .filter(|line| (line.device.as_str(), line.seq) == (id.as_str(), 3))
            .cloned()
            .collect();
        assert_eq!(known(&*store, &id).await, Ok((true, last)), "{id}");
    }
    let first = store.reading(|tx| tx.first_lines("s1", 130)).await.unwrap();
    assert_eq!(first, lines.iter().filter(|line| line.seq == 1).cloned().collect::<Vec<_>>());
    assert_eq!(store.reading(|tx| tx.first_lines("s1", 129)).await, Ok(Vec::new()));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_devices_of_a_very_large_shop_are_read_one_by_one() {
    let url = shared().database();
    crowd(&url, 2_001).await;
    let store = open(&url).await;
    for at in 0..100 {
        look(&*store, &format!("d{at}")).await;
    }
    assert_eq!(known(&*store, "d2000").await, Err(Fault::Outdated));
    assert!(known(&*store, "d7").await.is_err(), "its last line was not read yet");
    look(&*store, "d2000").await;
    assert_eq!(store.reading(|tx| tx.first_lines("s1", 2_000)).await, Ok(Vec::new()));
}
