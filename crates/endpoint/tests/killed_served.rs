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
use devices::{Device, SHOP, now, reply};
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

/// Bodies far above the limit (B12), announced and not: the server keeps none of them.
#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn bodies_far_above_the_limit_do_not_fill_the_memory() {
    let folder = TempDir::new().unwrap();
    let folder = folder.path().to_str().unwrap();
    let (_, counters) = joined(folder).await;
    let token = counters[0].lock().await.token.clone();
    let served = Served::start(folder, &AS_SERVER);
    let before = most_memory(served.child.id());
    for length in [format!("content-length: {}", MANY * CHUNK.len()), "transfer-encoding: chunked".into()] {
        let head = format!(
            "POST /v1/shops/{SHOP}/entries HTTP/1.1\r\nhost: {}\r\nauthorization: {token}\r\n\
             content-type: application/json\r\n{length}\r\n\r\n",
            served.address
        );
        let told = send_much(&served.address, &head, length.contains("chunked")).await;
        // A server that has closed its end may reset the connection before its answer was read.
        assert!(told.is_empty() || told.starts_with("HTTP/1.1 413"), "{told}");
    }
    let grown = most_memory(served.child.id()) - before;
    assert!(grown < 32 << 10, "{grown} kB more for bodies of {} MB", (MANY * CHUNK.len()) >> 20);
}

/// A megabyte, sent this often.
#[cfg(target_os = "linux")]
static CHUNK: [u8; 1 << 20] = [b' '; 1 << 20];
#[cfg(target_os = "linux")]
const MANY: usize = 200;

/// The most memory that a process has had, in kB.
#[cfg(target_os = "linux")]
fn most_memory(process: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

/// Sends a head and a body until the server takes no more, and returns what it says.
#[cfg(target_os = "linux")]
async fn send_much(address: &str, head: &str, in_chunks: bool) -> String {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let (mut read, mut write) = tokio::net::TcpStream::connect(address).await.unwrap().into_split();
    write.write_all(head.as_bytes()).await.unwrap();
    for _ in 0..MANY {
        let before = if in_chunks { format!("{:x}\r\n", CHUNK.len()) } else { String::new() };
        let after = if in_chunks { "\r\n" } else { "" };
        let sent = async {
            write.write_all(before.as_bytes()).await?;
            write.write_all(&CHUNK).await?;
            write.write_all(after.as_bytes()).await
        };
        if sent.await.is_err() {
            break;
        }
    }
    let mut told = Vec::new();
    // What was read before a reset counts.
    drop(read.read_to_end(&mut told).await);
    String::from_utf8_lossy(&told).into_owned()
}

/// Not a test: the program that is killed.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "serves until it is killed"]
async fn serves_until_it_is_killed() {
    apart::serve_if_asked(now).await;
}
