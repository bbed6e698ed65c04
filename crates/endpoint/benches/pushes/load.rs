//! Many shops of several counters over two endpoints, for some minutes: whether memory grows, and whether a shop waits.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use futures_util::StreamExt;
use tempfile::TempDir;
use tokio::sync::Mutex;
use tokio::time::{Instant, sleep_until};

use crate::apart::{Connection, Served, open};
use crate::devices::{Device, Shop};
use crate::series::Series;
use crate::speed::send;
use crate::{Kind, memory_now, now};

const SHOPS: usize = 1_000;
const COUNTERS: usize = 10;
/// The pause between two presses of a counter.
const PAUSE: Duration = Duration::from_secs(40);
/// Connections to each endpoint that all counters share.
const CONNECTIONS: usize = 64;
/// The shops whose counters join at the same time.
const AT_ONCE: usize = 32;

/// A counter, and how many of its pushes were acknowledged.
struct Counter {
    device: Device,
    shop: usize,
    acknowledged: usize,
}

/// Runs for some minutes and prints a line for each.
pub async fn report(kind: Kind, minutes: u64) {
    let folder = TempDir::new().unwrap();
    let place = kind.place(&folder);
    let began = Instant::now();
    let counters = joined(&place).await;
    println!("{} counters joined in {:.0} s", counters.len(), began.elapsed().as_secs_f64());
    println!("\n{} shops of {COUNTERS} counters, a press each {} s:", SHOPS, PAUSE.as_secs());
    // SQLite is for one program.
    let servers = if kind == Kind::Sqlite { 1 } else { 2 };
    let served: Vec<_> = (0..servers).map(|_| Served::start(&place, &[])).collect();
    let mut connections = Vec::new();
    for at in 0..CONNECTIONS * servers {
        let address = &served[at % servers].address;
        connections.push(Arc::new(Mutex::new(Connection::open(address).await.unwrap())));
    }
    let (begin, end) = (Instant::now(), Duration::from_secs(60 * minutes));
    let pushes = Arc::new(AtomicUsize::new(0));
    let count = counters.len();
    let work = counters.into_iter().enumerate().map(|(number, counter)| {
        let first = begin + PAUSE * u32::try_from(number).unwrap() / u32::try_from(count).unwrap();
        let connection = Arc::clone(&connections[number % connections.len()]);
        let pushes = Arc::clone(&pushes);
        tokio::spawn(async move { work(counter, connection, first, begin + end, &pushes).await })
    });
    let work: Vec<_> = work.collect();
    println!("\n| minute | pushes/s | memory of each endpoint, MB |\n|---|---|---|");
    let mut before = 0;
    for minute in 1..=minutes {
        sleep_until(begin + Duration::from_secs(60 * minute)).await;
        let all = pushes.load(Ordering::Relaxed);
        let memory: Vec<_> = served.iter().map(memory_now).collect();
        println!("| {minute} | {:.0} | {memory:?} |", (all - before) as f64 / 60.0);
        before = all;
    }
    let (mut by_shop, mut took) = (vec![0; SHOPS], Vec::new());
    for done in futures_util::future::join_all(work).await {
        let (counter, times) = done.unwrap();
        by_shop[counter.shop] += counter.acknowledged;
        took.extend(times);
    }
    let took = Series::of(took);
    println!(
        "\n{} pushes: median {:.1} ms, p99 {:.1} ms, longest {:.1} ms; of a shop at least {:?} and at most {:?}",
        took.count(),
        took.median(),
        took.percentile(99),
        took.percentile(100),
        by_shop.iter().min(),
        by_shop.iter().max()
    );
}

/// All counters, each with a session. Shops are founded one after the other, and their counters join in many shops at once.
async fn joined(place: &str) -> Vec<Counter> {
    let endpoint = Arc::new(open(place, now).await);
    let mut founders = Vec::new();
    for shop in 0..SHOPS {
        founders.push((shop, endpoint.founder(&name(shop)).await));
    }
    let joining = founders.into_iter().map(|(shop, first)| {
        let endpoint = Arc::clone(&endpoint);
        async move { tokio::spawn(counters_of(endpoint, shop, first)).await.unwrap() }
    });
    let counters = futures_util::stream::iter(joining).buffer_unordered(AT_ONCE);
    counters.collect::<Vec<_>>().await.into_iter().flatten().collect()
}

fn name(shop: usize) -> String {
    format!("shop-{shop}")
}

/// The counters of a shop that the first one has founded.
async fn counters_of(endpoint: Arc<Shop>, shop: usize, first: Device) -> Vec<Counter> {
    let mut devices = vec![first];
    for number in 1..COUNTERS {
        let mut device = endpoint.join_to(&name(shop), &format!("c{number}"), "admin").await;
        device.push(&endpoint).await;
        devices.push(device);
    }
    devices.into_iter().map(|device| Counter { device, shop, acknowledged: 0 }).collect()
}

/// A counter that records one entry at its own times, and the milliseconds from each of them to the answer.
async fn work(
    mut counter: Counter,
    connection: Arc<Mutex<Connection>>,
    first: Instant,
    end: Instant,
    pushes: &AtomicUsize,
) -> (Counter, Vec<f64>) {
    let (mut at, mut took) = (first, Vec::new());
    while at < end {
        let device = &mut counter.device;
        device.credit("ana", "1.00", None);
        let request = device.push_request(device.push_of(device.sent, device.lines.len()));
        sleep_until(at).await;
        send(&mut *connection.lock().await, device, request).await;
        counter.acknowledged += 1;
        pushes.fetch_add(1, Ordering::Relaxed);
        took.push(at.elapsed().as_secs_f64() * 1000.0);
        at += PAUSE;
    }
    (counter, took)
}
