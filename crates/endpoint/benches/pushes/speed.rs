//! One shop: entries a second, the answer at a steady rate, memory, and the cost of a push by the size of the store.

use std::time::{Duration, Instant};

use sync::wire::Pushed;
use tempfile::TempDir;
use tokio::time::{Instant as Timer, sleep_until};

use crate::apart::{Connection, Served, open};
use crate::devices::{Device, SHOP, Shop};
use crate::series::Series;
use crate::{Kind, most_memory, now, raw};

/// Concurrent connections, the devices that take turns on each, and the pushes of each device in one round.
const CONNECTIONS: usize = 8;
const DEVICES: usize = 16;
const PUSHES: usize = 6;
/// Entries in a push.
const BATCH: usize = 50;
/// Rounds: raw inserts and pushes by turns.
const ROUNDS: usize = 3;
/// Pushes a second at the steady rate, and for how long.
const RATE: usize = 300;
const SECONDS: usize = 20;
/// Sizes of the shop, in entries, at which a push is measured, and the number of measured ones.
const SIZES: [u64; 4] = [1_000, 10_000, 100_000, 1_000_000];
const MEASURED: usize = 200;
/// The largest push.
const FILL: usize = 256;
/// The number of shops beside which a push is measured again.
const SHOPS: usize = 1_000;

/// Measures and prints.
pub async fn report(kind: Kind) {
    println!("\n{}:\n", kind.name());
    at_once_and_steady(kind).await;
    by_size_of_the_store(kind).await;
}

async fn at_once_and_steady(kind: Kind) {
    let folder = TempDir::new().unwrap();
    let place = kind.place(&folder);
    let devices = joined(&place).await;
    let served = Served::start(&place, &[]);
    let devices = throughput(kind, &served, devices).await;
    println!("most memory of the endpoint: {} MB", most_memory(&served));
    steady(&served, devices).await;
    println!("most memory of the endpoint: {} MB", most_memory(&served));
}

async fn by_size_of_the_store(kind: Kind) {
    let folder = TempDir::new().unwrap();
    let place = kind.place(&folder);
    let mut devices = joined(&place).await;
    let served = Served::start(&place, &[]);
    by_size(&served, &mut devices).await;
    println!("most memory of the endpoint: {} MB", most_memory(&served));
    drop(served);
    by_shops(&place, &mut devices).await;
}

/// The devices of a new shop at a place, signed in.
async fn joined(place: &str) -> Vec<Device> {
    let shop = open(place, now).await;
    let mut devices = vec![shop.first_device().await];
    for number in 1..CONNECTIONS * DEVICES {
        devices.push(join(&shop, &format!("c{number}")).await);
    }
    devices
}

async fn join(shop: &Shop, id: &str) -> Device {
    let mut device = shop.join(id, "admin").await;
    device.push(shop).await;
    device
}

fn write(device: &mut Device, count: usize) {
    (0..count).for_each(|_| device.credit("ana", "1.00", None));
}

/// Sends the lines of a device that are not acknowledged, at most so many.
async fn push(connection: &mut Connection, device: &mut Device, most: usize) -> f64 {
    let to = device.lines.len().min(device.sent + most);
    let request = device.push_request(device.push_of(device.sent, to));
    let began = Instant::now();
    send(connection, device, request).await;
    began.elapsed().as_secs_f64() * 1000.0
}

/// Sends a push, and notes what was acknowledged.
pub async fn send(
    connection: &mut Connection,
    device: &mut Device,
    request: axum::http::Request<axum::body::Body>,
) {
    let reply = connection.send(request).await.unwrap();
    let status = reply.status();
    let body = axum::body::to_bytes(reply.into_body(), 1 << 20).await.unwrap();
    assert!(status.is_success(), "{}", String::from_utf8_lossy(&body));
    let pushed: Pushed = serde_json::from_slice(&body).unwrap();
    device.sent = usize::try_from(pushed.acked_through).unwrap();
}

/// Raw inserts and pushes by turns.
async fn throughput(kind: Kind, served: &Served, mut devices: Vec<Device>) -> Vec<Device> {
    println!("| round | raw inserts, entries/s | pushes, entries/s | of raw |\n|---|---|---|---|");
    let mut ratios = Vec::new();
    for round in 1..=ROUNDS {
        for device in &mut devices {
            write(device, PUSHES * BATCH);
        }
        let batches: Vec<Vec<Vec<u8>>> = devices
            .iter()
            .flat_map(|device| device.lines[device.sent..].chunks(BATCH))
            .map(|batch| batch.iter().map(|line| line.clone().into_bytes()).collect())
            .collect();
        let raw = raw::inserts(kind, &batches, CONNECTIONS).await;
        let (pushed, back) = all_at_once(served, devices).await;
        devices = back;
        println!("| {round} | {raw:.0} | {pushed:.0} | {:.2} |", pushed / raw);
        ratios.push(pushed / raw);
    }
    println!("\nmedian of raw: {:.2}", Series::of(ratios).median());
    devices
}

/// Entries a second, of all that the devices have not sent.
async fn all_at_once(served: &Served, mut devices: Vec<Device>) -> (f64, Vec<Device>) {
    let mut groups: Vec<_> = Vec::new();
    while !devices.is_empty() {
        groups.push(devices.split_off(devices.len() - DEVICES));
    }
    // Signed before the clock runs: that is the work of the counters.
    let groups: Vec<_> = groups
        .into_iter()
        .map(|group| {
            let bodies: Vec<Vec<_>> = group
                .iter()
                .map(|device| {
                    (0..PUSHES)
                        .map(|push| {
                            device.push_of(device.sent + push * BATCH, device.sent + (push + 1) * BATCH)
                        })
                        .collect()
                })
                .collect();
            (group, bodies)
        })
        .collect();
    let began = Instant::now();
    let work = groups.into_iter().map(|(mut group, bodies)| {
        let address = served.address.clone();
        tokio::spawn(async move {
            let mut connection = Connection::open(&address).await.unwrap();
            for push in 0..PUSHES {
                for (device, bodies) in group.iter_mut().zip(&bodies) {
                    let request = device.push_request(bodies[push].clone());
                    send(&mut connection, device, request).await;
                }
            }
            group
        })
    });
    let groups = futures_util::future::join_all(work.collect::<Vec<_>>()).await;
    let took = began.elapsed().as_secs_f64();
    let devices: Vec<Device> = groups.into_iter().rev().flat_map(Result::unwrap).collect();
    ((devices.len() * PUSHES * BATCH) as f64 / took, devices)
}

/// Each device sends one entry at its own times, whether the push before has been answered or not for another device: from
/// the time at which it was to be sent to the answer.
async fn steady(served: &Served, devices: Vec<Device>) {
    let count = devices.len();
    let pause = Duration::from_secs(1) * u32::try_from(count).unwrap() / u32::try_from(RATE).unwrap();
    let begin = Timer::now() + Duration::from_millis(200);
    let work = devices.into_iter().enumerate().map(|(number, mut device)| {
        let address = served.address.clone();
        tokio::spawn(async move {
            let mut connection = Connection::open(&address).await.unwrap();
            let mut took = Vec::new();
            for turn in 0..RATE * SECONDS / count {
                let at = begin
                    + pause * u32::try_from(turn).unwrap()
                    + pause * u32::try_from(number).unwrap() / u32::try_from(count).unwrap();
                write(&mut device, 1);
                let request = device.push_request(device.push_of(device.sent, device.lines.len()));
                sleep_until(at).await;
                send(&mut connection, &mut device, request).await;
                took.push(at.elapsed().as_secs_f64() * 1000.0);
            }
            took
        })
    });
    let mut took = Vec::new();
    for done in futures_util::future::join_all(work.collect::<Vec<_>>()).await {
        took.extend(done.unwrap());
    }
    let (took, all) = (Series::of(took), begin.elapsed().as_secs_f64());
    println!(
        "\n{} pushes of one entry in {all:.1} s: median {:.1} ms, p99 {:.1} ms, longest {:.1} ms",
        took.count(),
        took.median(),
        took.percentile(99),
        took.percentile(100)
    );
}

/// The cost of a push of 50 entries, and of one, in a shop of each size.
async fn by_size(served: &Served, devices: &mut [Device]) {
    println!("\n| entries in the shop | 50 entries: median, p99, ms | one: median, p99, ms |\n|---|---|---|");
    let mut connection = Connection::open(&served.address).await.unwrap();
    for size in SIZES {
        let held: usize = devices.iter().map(|device| device.sent).sum();
        let mut missing = usize::try_from(size).unwrap().saturating_sub(held);
        let mut turn = 0;
        while missing > 0 {
            let at = turn % devices.len();
            let device = &mut devices[at];
            let more = missing.min(FILL);
            write(device, more);
            push(&mut connection, device, FILL).await;
            (missing, turn) = (missing - more, turn + 1);
        }
        let held: usize = devices.iter().map(|device| device.sent).sum();
        let (many, one) = measured(&mut connection, devices).await;
        println!(
            "| {held} | {:.2}, {:.2} | {:.2}, {:.2} |",
            many.median(),
            many.percentile(99),
            one.median(),
            one.percentile(99)
        );
    }
}

async fn measured(connection: &mut Connection, devices: &mut [Device]) -> (Series, Series) {
    let (mut many, mut one) = (Vec::new(), Vec::new());
    for turn in 0..MEASURED {
        let at = turn % devices.len();
        let device = &mut devices[at];
        write(device, BATCH);
        many.push(push(connection, device, BATCH).await);
        write(device, 1);
        one.push(push(connection, device, 1).await);
    }
    (Series::of(many), Series::of(one))
}

/// The cost of a push in the shop, alone and beside others: the same pushes before and after.
async fn by_shops(place: &str, devices: &mut [Device]) {
    println!("\n| shops | 50 entries: median, p99, ms | one: median, p99, ms |\n|---|---|---|");
    for shops in [1, SHOPS] {
        if shops > 1 {
            let shop = open(place, now).await;
            for number in 1..shops {
                shop.founder(&format!("{SHOP}-{number}")).await;
            }
        }
        let served = Served::start(place, &[]);
        let mut connection = Connection::open(&served.address).await.unwrap();
        let (many, one) = measured(&mut connection, devices).await;
        println!(
            "| {shops} | {:.2}, {:.2} | {:.2}, {:.2} |",
            many.median(),
            many.percentile(99),
            one.median(),
            one.percentile(99)
        );
    }
}
