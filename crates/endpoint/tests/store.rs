//! The contract of stores, for each of them, and the fault that it exists to prevent.
#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used, missing_docs)]

mod beside_logs;
mod cluster;
mod naive;
mod stores;

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::time::Duration;

use beside_logs::{
    devices_invites_and_values_are_kept, mails_are_found_by_customer_and_by_when_they_are_due,
    mails_that_are_written_are_read_at_once, texts_are_values_and_never_statements,
};
use endpoint::store::{Fault, LogEnd, Memory, Sqlite, Store};
use journal::SideVerdict;
use stores::beside::{a_letter_is_given_once, operations_are_kept_and_found_when_they_are_due};
use stores::{
    EMPTY, EPOCH, all_of, append, append_next, append_slowly, collect, end, found, hash, line, numbers,
    record, records,
};
use tempfile::TempDir;
use tokio::time::timeout;

const A_WHILE: Duration = Duration::from_millis(300);

/// Runs each test of the contract on each store.
macro_rules! contract {
    ($($test:ident)*) => {
        mod memory {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $test() {
                super::$test(&super::Memory::default()).await;
            })*
        }
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $test() {
                let folder = super::TempDir::new().unwrap();
                super::$test(&super::Sqlite::open(folder.path()).unwrap()).await;
            })*
        }
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $test() {
                super::$test(&super::cluster::new_store().await).await;
            })*
        }
    };
}

contract! {
    a_shop_begins_with_an_empty_log
    records_are_read_as_they_were_written
    a_visitor_may_stop
    records_of_the_shop_are_read_alone
    work_that_fails_writes_nothing
    work_that_panics_writes_nothing
    a_record_out_of_its_order_is_refused
    a_line_is_recorded_once
    branches_of_a_chain_are_all_kept
    the_ends_of_chains_follow_the_records
    shops_are_apart
    devices_invites_and_values_are_kept
    operations_are_kept_and_found_when_they_are_due
    mails_are_found_by_customer_and_by_when_they_are_due
    mails_that_are_written_are_read_at_once
    texts_are_values_and_never_statements
    a_letter_is_given_once
    an_epoch_begins_at_the_end_of_the_log
    writers_take_turns
    no_reader_sees_a_hole
    what_fails_beside_others_fails_alone
    a_reader_sees_one_state
    work_is_done_when_nobody_waits
    a_result_exists_only_after_the_commit
}

async fn a_shop_begins_with_an_empty_log(store: &dyn Store) {
    assert_eq!(end(store, "s1").await, None);
    assert!(append(store, "s1", vec![record(1)]).await.is_err());
    found(store, "s1").await;
    assert_eq!(end(store, "s1").await, Some(LogEnd { epoch: EPOCH, lseq: 0, log_hash: EMPTY }));
    let hashes =
        store.reading(|tx| Ok((tx.log_hash("s1", 0)?, tx.log_hash("s1", 1)?, tx.log_hash("s2", 0)?)));
    assert_eq!(hashes.await.unwrap(), (Some(EMPTY), None, None));
    assert!(store.writing("s1", |tx| tx.found(EPOCH, EMPTY)).await.is_err());
    assert_eq!(store.reading(|tx| tx.shops()).await.unwrap(), ["s1"]);
}

async fn records_are_read_as_they_were_written(store: &dyn Store) {
    found(store, "s1").await;
    let mut written: Vec<_> = (1..=6).map(record).collect();
    written[1].signature = Some([9; 64]);
    written[2].is_of_shop = true;
    written[2].goes_on = true;
    let refused = [SideVerdict::RefusedRole, SideVerdict::RefusedLimit, SideVerdict::RefusedRevoked];
    for (record, verdict) in written[3..].iter_mut().zip(refused) {
        record.verdict = verdict;
    }
    written[5].entry = vec![b'x'; 16_384];
    written[5].received = (1 << 53) - 1;
    append(store, "s1", written[..2].to_vec()).await.unwrap();
    append(store, "s1", written[2..].to_vec()).await.unwrap();
    assert_eq!(records(store, "s1", 0).await, written);
    assert_eq!(records(store, "s1", 4).await, written[4..]);
    assert_eq!(records(store, "s1", 6).await, []);
    assert_eq!(records(store, "s1", (1 << 53) - 1).await, []);
    let at = store.reading(|tx| Ok((tx.log_hash("s1", 0)?, tx.log_hash("s1", 5)?, tx.log_hash("s1", 7)?)));
    assert_eq!(at.await.unwrap(), (Some(EMPTY), Some(hash("log 5")), None));
    assert_eq!(end(store, "s1").await, Some(LogEnd { epoch: EPOCH, lseq: 6, log_hash: hash("log 6") }));
}

async fn a_visitor_may_stop(store: &dyn Store) {
    found(store, "s1").await;
    append(store, "s1", (1..=5).map(record).collect()).await.unwrap();
    let visited = store.reading(|tx| {
        let mut seen = Vec::new();
        tx.records("s1", 1, &mut |record| {
            seen.push(record.lseq);
            if seen.len() == 2 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })?;
        Ok(seen)
    });
    assert_eq!(visited.await.unwrap(), [2, 3]);
}

async fn records_of_the_shop_are_read_alone(store: &dyn Store) {
    found(store, "s1").await;
    let mut all: Vec<_> = (1..=6).map(record).collect();
    (all[1].is_of_shop, all[4].is_of_shop) = (true, true);
    append(store, "s1", all).await.unwrap();
    for (after, expected) in [(0, vec![2, 5]), (2, vec![5]), (5, vec![])] {
        let of_shop = store.reading(move |tx| collect(|visit| tx.records_of_shop("s1", after, visit)));
        assert_eq!(numbers(&of_shop.await.unwrap()), expected, "after {after}");
    }
}

async fn work_that_fails_writes_nothing(store: &dyn Store) {
    found(store, "s1").await;
    append(store, "s1", vec![record(1)]).await.unwrap();
    let before = end(store, "s1").await;
    let failed = store.writing::<(), _>("s1", |tx| {
        tx.append(&[record(2)])?;
        tx.put_value("key", b"1")?;
        tx.begin_epoch([2; 16])?;
        assert_eq!(tx.end("s1")?.unwrap().lseq, 2);
        Err(Fault::broken("on purpose"))
    });
    assert_eq!(failed.await, Err(Fault::broken("on purpose")));
    assert_eq!(end(store, "s1").await, before);
    assert_eq!(numbers(&records(store, "s1", 0).await), [1]);
    assert_eq!(store.reading(|tx| tx.value("key")).await.unwrap(), None);
    append(store, "s1", vec![record(2)]).await.unwrap();
}

async fn work_that_panics_writes_nothing(store: &dyn Store) {
    found(store, "s1").await;
    let failed = store.writing::<(), _>("s1", |tx| {
        tx.append(&[record(1)])?;
        panic!("on purpose");
    });
    assert!(matches!(failed.await, Err(Fault::Broken(_))));
    assert_eq!(records(store, "s1", 0).await, []);
    append(store, "s1", vec![record(1)]).await.unwrap();
    assert_eq!(numbers(&records(store, "s1", 0).await), [1]);
}

async fn a_record_out_of_its_order_is_refused(store: &dyn Store) {
    found(store, "s1").await;
    append(store, "s1", vec![record(1)]).await.unwrap();
    for wrong in [vec![record(1)], vec![record(3)], vec![record(2), record(2)], vec![record(2), record(4)]] {
        assert!(append(store, "s1", wrong.clone()).await.is_err(), "{:?}", numbers(&wrong));
        assert_eq!(numbers(&records(store, "s1", 0).await), [1]);
    }
}

async fn a_line_is_recorded_once(store: &dyn Store) {
    found(store, "s1").await;
    append(store, "s1", vec![line(1, "d1", 1, 1)]).await.unwrap();
    assert!(append(store, "s1", vec![line(2, "d1", 1, 1)]).await.is_err());
    assert_eq!(numbers(&records(store, "s1", 0).await), [1]);
}

async fn branches_of_a_chain_are_all_kept(store: &dyn Store) {
    found(store, "s1").await;
    let mut other = line(3, "d1", 1, 1);
    other.hash = hash("another line");
    append(store, "s1", vec![line(1, "d1", 1, 1), line(2, "d1", 1, 2)]).await.unwrap();
    append(store, "s1", vec![other]).await.unwrap();
    let lines = store.reading(|tx| Ok((tx.lines("s1", "d1", 1, 1)?, tx.lines("s1", "d1", 1, 3)?)));
    let (first, none) = lines.await.unwrap();
    assert_eq!((numbers(&first), none), (vec![1, 3], vec![]));
    assert_eq!(first[1].hash, hash("another line"));
    let ends = store.reading(|tx| tx.chains("s1", None)).await.unwrap();
    assert_eq!(ends.iter().map(|end| (end.seq, end.hash)).collect::<Vec<_>>(), [(2, hash("d1 1 2"))]);
}

async fn the_ends_of_chains_follow_the_records(store: &dyn Store) {
    found(store, "s1").await;
    let mixed =
        [("d2", 1, 1), ("d1", 1, 1), ("d1", 1, 2), ("d1", 2, 1), ("d2", 1, 2), ("d1", 2, 2), ("d1", 2, 3)];
    let mixed: Vec<_> =
        (1..).zip(mixed).map(|(lseq, (device, chain, seq))| line(lseq, device, chain, seq)).collect();
    append(store, "s1", mixed.clone()).await.unwrap();
    let ends = |device: Option<&'static str>| async move {
        let ends = store.reading(move |tx| tx.chains("s1", device)).await.unwrap();
        ends.into_iter().map(|end| (end.device, end.chain, end.seq, end.hash, end.order)).collect::<Vec<_>>()
    };
    let of = |record: &endpoint::store::Logged| {
        (record.device.clone(), record.chain, record.seq, record.hash, record.order)
    };
    assert_eq!(ends(None).await, [of(&mixed[2]), of(&mixed[6]), of(&mixed[4])]);
    assert_eq!(ends(Some("d1")).await, [of(&mixed[2]), of(&mixed[6])]);
    assert_eq!(ends(Some("d3")).await, []);
}

async fn shops_are_apart(store: &dyn Store) {
    for shop in ["s1", "s2"] {
        found(store, shop).await;
        append(store, shop, vec![record(1)]).await.unwrap();
    }
    append(store, "s2", vec![record(2)]).await.unwrap();
    assert_eq!(numbers(&records(store, "s1", 0).await), [1]);
    assert_eq!(numbers(&records(store, "s2", 0).await), [1, 2]);
    let chains = store.reading(|tx| tx.chains("s1", Some("d1"))).await.unwrap();
    assert_eq!(chains.iter().map(|end| end.seq).collect::<Vec<_>>(), [1]);
    let lines = store.reading(|tx| tx.lines("s1", "d1", 1, 2)).await.unwrap();
    assert_eq!(lines, []);
    assert_eq!(store.reading(|tx| tx.shops()).await.unwrap(), ["s1", "s2"]);
}

async fn an_epoch_begins_at_the_end_of_the_log(store: &dyn Store) {
    found(store, "s1").await;
    append(store, "s1", vec![record(1)]).await.unwrap();
    store.writing("s1", |tx| tx.begin_epoch([2; 16])).await.unwrap();
    assert_eq!(end(store, "s1").await, Some(LogEnd { epoch: [2; 16], lseq: 1, log_hash: hash("log 1") }));
    append(store, "s1", vec![record(2)]).await.unwrap();
    assert_eq!(numbers(&records(store, "s1", 0).await), [1, 2]);
}

async fn writers_take_turns(store: &dyn Store) {
    found(store, "s1").await;
    let writers = (0..8).map(|number| async move {
        for _ in 0..25 {
            append_next(store, "s1", format!("d{number}")).await;
        }
    });
    futures_util::future::join_all(writers).await;
    assert_eq!(numbers(&records(store, "s1", 0).await), (1..=200).collect::<Vec<_>>());
}

async fn no_reader_sees_a_hole(store: &dyn Store) {
    found(store, "s1").await;
    assert_eq!(missed_by_a_reader(store).await, 0);
}

/// The store that takes numbers from a sequence: a reader that continues after the last number it has seen loses a record.
#[tokio::test(flavor = "multi_thread")]
async fn with_a_sequence_a_reader_sees_a_hole() {
    assert_eq!(missed_by_a_reader(&naive::Naive::default()).await, 1);
}

/// The number of records that a reader misses that continues after the last number it has seen, while two writers write
/// at the same time: the one that began first ends last, where the store lets it.
async fn missed_by_a_reader(store: &dyn Store) -> usize {
    let ((began, has_began), (go, gone)) = (channel(), channel());
    let first = store.writing("s1", move |tx| append_slowly(tx, "d1", &began, &gone));
    let others = async {
        tokio::task::spawn_blocking(move || has_began.recv().unwrap()).await.unwrap();
        let mut second = Box::pin(append_next(store, "s1", "d2".into()));
        // In a store that lets writers take turns it waits for the first one.
        let ended = timeout(A_WHILE, &mut second).await.is_ok();
        let seen: BTreeSet<_> = numbers(&records(store, "s1", 0).await).into_iter().collect();
        go.send(()).unwrap();
        if !ended {
            second.await;
        }
        seen
    };
    let (first, mut seen) = tokio::join!(first, others);
    first.unwrap();
    let last = seen.last().copied().unwrap_or(0);
    seen.extend(numbers(&records(store, "s1", last).await));
    2 - seen.len()
}

async fn what_fails_beside_others_fails_alone(store: &dyn Store) {
    found(store, "s1").await;
    let ((began, has_began), (go, gone)) = (channel(), channel());
    let slow = store.writing("s1", move |tx| append_slowly(tx, "d1", &began, &gone));
    let others = async {
        tokio::task::spawn_blocking(move || has_began.recv().unwrap()).await.unwrap();
        // They wait together.
        let good = append_next(store, "s1", "d2".into());
        let fails = store.writing::<(), _>("s1", |tx| {
            let lseq = tx.end("s1")?.unwrap().lseq + 1;
            tx.append(&[line(lseq, "d3", 1, 1)])?;
            Err(Fault::broken("on purpose"))
        });
        let panics = store.writing::<(), _>("s1", |_| panic!("on purpose"));
        let last = append_next(store, "s1", "d4".into());
        let started = async { go.send(()).unwrap() };
        let ((), fails, panics, (), ()) = tokio::join!(good, fails, panics, last, started);
        (fails, panics)
    };
    let (slow, (fails, panics)) = tokio::join!(slow, others);
    slow.unwrap();
    assert_eq!(fails, Err(Fault::broken("on purpose")));
    assert!(matches!(panics, Err(Fault::Broken(_))));
    let all = records(store, "s1", 0).await;
    assert_eq!(numbers(&all), [1, 2, 3]);
    let devices: BTreeSet<_> = all.iter().map(|record| record.device.as_str()).collect();
    assert_eq!(devices, BTreeSet::from(["d1", "d2", "d4"]));
}

async fn a_reader_sees_one_state(store: &dyn Store) {
    found(store, "s1").await;
    append(store, "s1", vec![record(1)]).await.unwrap();
    let ((began, has_began), (go, gone)) = (channel(), channel());
    let reader = store.reading(move |tx| {
        let before = numbers(&all_of(tx, "s1")?);
        began.send(()).unwrap();
        gone.recv().unwrap();
        Ok((before, numbers(&all_of(tx, "s1")?), tx.end("s1")?.unwrap().lseq))
    });
    let writer = async {
        tokio::task::spawn_blocking(move || has_began.recv().unwrap()).await.unwrap();
        append(store, "s1", vec![record(2)]).await.unwrap();
        go.send(()).unwrap();
    };
    let (read, ()) = tokio::join!(reader, writer);
    assert_eq!(read.unwrap(), (vec![1], vec![1], 1));
    assert_eq!(numbers(&records(store, "s1", 0).await), [1, 2]);
}

async fn work_is_done_when_nobody_waits(store: &dyn Store) {
    found(store, "s1").await;
    let ((began, has_began), (go, gone)) = (channel(), channel());
    let append = move |tx: &mut dyn endpoint::store::Write| append_slowly(tx, "d1", &began, &gone);
    drop(store.write("s1", Box::new(append)));
    tokio::task::spawn_blocking(move || has_began.recv().unwrap()).await.unwrap();
    go.send(()).unwrap();
    // It waits for the work before it.
    append_next(store, "s1", "d2".into()).await;
    assert_eq!(numbers(&records(store, "s1", 0).await), [1, 2]);
}

async fn a_result_exists_only_after_the_commit(store: &dyn Store) {
    found(store, "s1").await;
    let dropped = Arc::new(());
    let inside = Arc::clone(&dropped);
    let failed = store.writing("s1", move |tx| {
        tx.append(&[record(2)])?;
        Ok(inside)
    });
    assert!(failed.await.is_err());
    assert_eq!(Arc::strong_count(&dropped), 1);
    let lseq = store.writing("s1", |tx| {
        tx.append(&[record(1)])?;
        Ok(tx.end("s1")?.unwrap().lseq)
    });
    assert_eq!((lseq.await, end(store, "s1").await.unwrap().lseq), (Ok(1), 1));
}
