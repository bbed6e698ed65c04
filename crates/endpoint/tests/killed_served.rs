//! A server that is killed while counters send to it, again and again: nothing that it acknowledged is lost, nothing is there
//! twice, and every counter goes on where it was.
#![cfg(unix)]
#![allow(clippy::indexing_slicing, clippy::unwrap_used, missing_docs)]

mod apart;
mod devices;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use apart::{Served, open};
use axum::http::StatusCode;
use devices::{Device, now, reply};
use journal::{Hash, Press};
use sync::wire::Pushed;
use tempfile::TempDir;
use tokio::sync::Mutex;

const KILLS: usize = 50;
const COUNTERS: usize = 4;
const AS_SERVER: [&str; 4] = ["--exact", "serves_until_it_is_killed", "--ignored", "--nocapture"];

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_killed_loses_nothing_that_it_acknowledged() {
    let folder = TempDir::new().unwrap();
    let folder = folder.path().to_str().unwrap();
    let (owner, mut counters) = joined(folder).await;
    let mut held = 0;
    for kill in 0..KILLS {
        let mut served = Served::start(folder, &AS_SERVER);
        send_until_killed(&mut served, &counters, 1 + kill * 7 % 23).await;
        held = check(folder, &owner, &mut counters, held).await;
    }
}

/// A shop in the folder, its owner's device, and counters that have joined.
async fn joined(folder: &str) -> (Device, Vec<Arc<Mutex<Device>>>) {
    let shop = open(folder, now).await;
    let owner = shop.first_device().await;
    let mut counters = Vec::new();
    for number in 0..COUNTERS {
        let mut counter = shop.join(&format!("c{number}"), "admin").await;
        counter.push(&shop).await;
        counters.push(Arc::new(Mutex::new(counter)));
    }
    (owner, counters)
}

/// Each counter records presses of three lines and sends them, until the server, which is killed after some
/// acknowledgements, is gone.
async fn send_until_killed(served: &mut Served, counters: &[Arc<Mutex<Device>>], acknowledgements: usize) {
    let seen = Arc::new(AtomicUsize::new(0));
    let enough = Arc::new(tokio::sync::Notify::new());
    let senders = counters.iter().map(|counter| {
        let (counter, seen, enough) = (Arc::clone(counter), Arc::clone(&seen), Arc::clone(&enough));
        let server = served.router();
        tokio::spawn(async move {
            let mut counter = counter.lock().await;
            loop {
                (1..=3).for_each(|at| counter.credit("ana", "1.00", Some(Press(at, 3))));
                let body = counter.push_of(counter.sent, counter.lines.len());
                let reply = reply(&server, counter.push_request(body)).await;
                if reply.status == StatusCode::BAD_GATEWAY {
                    return;
                }
                counter.sent = usize::try_from(reply.ok::<Pushed>().acked_through).unwrap();
                if seen.fetch_add(1, Ordering::SeqCst) + 1 == acknowledgements {
                    enough.notify_one();
                }
            }
        })
    });
    let senders: Vec<_> = senders.collect();
    enough.notified().await;
    served.kill();
    for sender in senders {
        sender.await.unwrap();
    }
}

/// Opens what the killed server left: the log has no hole, each line of each counter is there once, those that were
/// acknowledged among them, and a press is there whole or not at all. Returns the length of the log.
async fn check(folder: &str, owner: &Device, counters: &mut [Arc<Mutex<Device>>], before: u64) -> u64 {
    let shop = open(folder, now).await;
    let mut reader = Device::new(&owner.id);
    reader.token.clone_from(&owner.token);
    let mut lines = BTreeSet::new();
    let mut last = 0;
    loop {
        let (items, more) = reader.pull(&shop, 1000).await;
        for (lseq, entry, verdict) in items {
            assert_eq!((lseq, verdict.as_str()), (last + 1, "ok"));
            last = lseq;
            assert!(lines.insert(Hash::of(entry.as_bytes())), "entry {lseq} is there twice");
        }
        if !more {
            break;
        }
    }
    assert!(last > before, "{last} entries after {before}");
    for counter in counters {
        let counter = counter.lock().await;
        let held = counter.lines.iter().take_while(|line| lines.contains(&Hash::of(line.as_bytes()))).count();
        assert!(held >= counter.sent, "{}: {held} of {} acknowledged", counter.id, counter.sent);
        // The line that opens the chain, and whole presses.
        assert_eq!((held - 1) % 3, 0, "{}", counter.id);
    }
    last
}

/// Not a test: the program that is killed.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "serves until it is killed"]
async fn serves_until_it_is_killed() {
    apart::serve_if_asked(now).await;
}
