//! The primary of a database is lost again and again while devices push: Patroni promotes the synchronous standby, and the lost server
//! comes back as the new standby. In the end every line that was acknowledged is in the log, once, and the numbers have no hole.
//!
//! `cargo xtask soak` runs it; `cargo run -p endpoint --example failovers -- 10` alone. It needs PostgreSQL, Patroni and etcd.
#![cfg(unix)]
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]
#![allow(clippy::print_stdout, reason = "a report")]

#[path = "../../tests/cluster/mod.rs"]
mod cluster;
mod nodes;
#[path = "../../tests/stores/mod.rs"]
mod stores;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use cluster::address;
use endpoint::store::{Fault, Postgres, Store, Write};
use nodes::Nodes;
use stores::{found, line, numbers, records};
use tokio::time::{sleep, timeout};

const WRITERS: usize = 8;
/// How long a promotion, and the return of a lost server, may take.
const LONG: Duration = Duration::from_secs(180);
/// How many lines are acknowledged between two losses.
const BETWEEN: u64 = 300;

/// What writers were told: the number in the log of each line of each device.
type Acknowledged = BTreeMap<(String, u64), u64>;

#[tokio::main]
async fn main() {
    let rounds: u32 = std::env::args().nth(1).map_or(10, |word| word.parse().expect("a number of rounds"));
    let mut nodes = Nodes::start();
    nodes.ready(LONG).await;
    let address = address(&nodes.url());
    let stores: [Arc<dyn Store>; 2] = [
        Arc::new(Postgres::open(&address).await.unwrap()),
        Arc::new(Postgres::open(&address).await.unwrap()),
    ];
    found(&*stores[0], "s1").await;
    let (stop, count) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicU64::new(0)));
    let writers: Vec<_> = (0..WRITERS)
        .map(|number| {
            let (store, stop, count) =
                (Arc::clone(&stores[number % 2]), Arc::clone(&stop), Arc::clone(&count));
            tokio::spawn(write(store, format!("d{number}"), stop, count))
        })
        .collect();
    lose_again_and_again(&mut nodes, rounds, &count).await;
    stop.store(true, Ordering::SeqCst);
    let (mut acknowledged, mut failed) = (Acknowledged::new(), 0);
    for writer in writers {
        let (of_writer, failures) = timeout(LONG, writer).await.unwrap().unwrap();
        acknowledged.extend(of_writer);
        failed += failures;
    }
    check(&*stores[1], &acknowledged).await;
    println!(
        "{rounds} primaries lost; {} lines acknowledged, all there and once, without a hole; {failed} answers that the database is away",
        acknowledged.len()
    );
}

/// Loses the primary in the middle of pushes, waits until others are acknowledged, and lets it come back.
async fn lose_again_and_again(nodes: &mut Nodes, rounds: u32, count: &AtomicU64) {
    for round in 1..=rounds {
        more(count, BETWEEN).await;
        let began = Instant::now();
        let lost = nodes.lose_the_primary().await;
        more(count, 1).await;
        let away = began.elapsed();
        more(count, BETWEEN).await;
        nodes.start_again(lost);
        nodes.ready(LONG).await;
        println!("round {round}: node {lost} was lost, {:.1} s until the next answer", away.as_secs_f32());
    }
    more(count, BETWEEN).await;
}

/// Waits until so many more lines are acknowledged.
async fn more(count: &AtomicU64, lines: u64) {
    let until = count.load(Ordering::SeqCst) + lines;
    let reached = async {
        while count.load(Ordering::SeqCst) < until {
            sleep(Duration::from_millis(5)).await;
        }
    };
    timeout(LONG, reached).await.expect("no pushes are acknowledged");
}

async fn check(store: &dyn Store, acknowledged: &Acknowledged) {
    let all = records(store, "s1", 0).await;
    assert_eq!(numbers(&all), (1..=all.len() as u64).collect::<Vec<_>>(), "the log has a hole");
    let held: Acknowledged =
        all.iter().map(|record| ((record.device.clone(), record.seq), record.lseq)).collect();
    assert_eq!(held.len(), all.len(), "a line is there twice");
    assert_eq!(&held, acknowledged, "the log is not what was acknowledged");
}

/// Pushes line after line until each is acknowledged, as a device does.
async fn write(
    store: Arc<dyn Store>,
    device: String,
    stop: Arc<AtomicBool>,
    count: Arc<AtomicU64>,
) -> (Acknowledged, usize) {
    let (mut acknowledged, mut failed, mut seq) = (Acknowledged::new(), 0, 0);
    while !stop.load(Ordering::SeqCst) {
        seq += 1;
        let lseq = loop {
            match push(&*store, device.clone(), seq).await {
                Ok(lseq) => break lseq,
                // Nothing else may be answered while the database is away.
                Err(fault) => assert_eq!(fault, Fault::Unavailable),
            }
            failed += 1;
            sleep(Duration::from_millis(50)).await;
        };
        acknowledged.insert((device.clone(), seq), lseq);
        count.fetch_add(1, Ordering::SeqCst);
    }
    (acknowledged, failed)
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
