//! An endpoint that is killed while it sends refunds, at each place between the entry of a counter and the one that tells of the outcome:
//! each refund is made once, and the journal says so.
#![cfg(unix)]
#![allow(clippy::indexing_slicing, clippy::unwrap_used, missing_docs)]

mod apart;
mod cluster;
mod devices;
mod double;
mod sending;
mod stores;

use std::collections::BTreeSet;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use apart::{Served, open, store};
use devices::{Device, NOW};
use double::Double;
use journal::Clock;
use serde_json::{Value, json};
use stores::records;
use tempfile::TempDir;

/// The test below that is the server.
const SERVER: &str = "sends_refunds_until_it_is_killed";

/// A clock on which ten minutes pass in a second, so that waiting is short. It goes on when the program starts again.
fn fast() -> u64 {
    let real = u64::try_from(SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_millis()).unwrap();
    NOW + (real % 1_000_000_000) * 600
}

/// Where the server is when it is killed: what goes wrong, and the call that the double has then seen.
const PLACES: [(Option<(&str, &str)>, &str); 8] = [
    // Before anything was asked.
    (None, ""),
    (Some(("GET /v1/payment_intents/{id}", "delay")), "GET /v1/payment_intents/{id}"),
    (Some(("GET /v1/refunds", "delay")), "GET /v1/refunds"),
    // The request is lost, or on its way.
    (Some(("POST /v1/refunds", "lose-request")), "POST /v1/refunds"),
    (Some(("POST /v1/refunds", "delay")), "POST /v1/refunds"),
    // It is done, and the answer is lost, late, or not yet stored.
    (Some(("POST /v1/refunds", "late-answer")), "POST /v1/refunds"),
    (Some(("POST /v1/refunds", "fail-after")), "POST /v1/refunds"),
    (None, "POST /v1/refunds"),
];

#[tokio::test(flavor = "multi_thread")]
async fn an_endpoint_over_sqlite_that_is_killed_sends_each_refund_once() {
    let folder = TempDir::new().unwrap();
    is_killed(folder.path().to_str().unwrap()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_endpoint_over_postgresql_that_is_killed_sends_each_refund_once() {
    is_killed(&cluster::shared().database()).await;
}

async fn is_killed(place: &str) {
    let double = Double::start().await;
    let mut till = paid(place).await;
    for (number, (fault, seen)) in PLACES.into_iter().enumerate() {
        let shop = open(place, fast).await;
        till.clock = till.clock.max(Clock(fast(), 0));
        till.sign_in(&shop).await;
        let refund = json!({"order":"o-1","method":"online","account":{"code":1020},
            "parts":[{"from":format!("p-{number}"),"amount":"1.00"}],"after":"reopens","credit":"0.00",
            "clawback":{},"reason":"returned goods"});
        till.write_as("ana", &format!("r-{number}"), "refund.issued", refund, Some("mira"), None);
        till.push(&shop).await;
        drop(shop);
        let before = double.calls(seen).await;
        if let Some((on, fault)) = fault {
            double.does(json!({"do":"fault","on":on,"fault":fault,"seconds":2})).await;
        }
        let mut served = started(place, &double);
        while !seen.is_empty() && double.calls(seen).await == before {
            tokio::task::yield_now().await;
        }
        served.kill();
    }
    finish(place, &double).await;
}

/// A shop in the folder whose customer has paid for each place.
async fn paid(place: &str) -> Device {
    let shop = open(place, fast).await;
    let mut till = shop.first_device().await;
    let lines = json!([{"text":"Chair","qty":1,"unit":"80.00","gross":"80.00","rate":"0"}]);
    let order = json!({"lines":lines,"groups":[{"rate":"0","gross":"80.00","tax":"0.00"}]});
    till.write_as("ana", "o-1", "order.placed", order, Some("mira"), None);
    for number in 0..PLACES.len() {
        let paid = json!({"method":"online","account":{"code":1020},"amount":"10.00",
            "allocations":[{"order":"o-1","amount":"10.00"}],"eligible":true,"reference":"pi_1"});
        till.write_as("ana", &format!("p-{number}"), "payment.recorded", paid, Some("mira"), None);
    }
    till.push(&shop).await;
    till
}

fn started(place: &str, double: &Double) -> Served {
    sending::started(place, SERVER, double, &[])
}

/// Lets the server run until the journal has all outcomes.
async fn finish(place: &str, double: &Double) {
    let mut served = started(place, double);
    let all = PLACES.len();
    while double.refunds().await.len() < all {
        tokio::task::yield_now().await;
    }
    // The outcome of the last one is stored after its answer.
    let mut told = BTreeSet::new();
    while told.len() < all {
        served.kill();
        let store = store(place).await;
        for record in records(&*store, "shop-1", 0).await {
            let line: Value = serde_json::from_slice(&record.entry).unwrap();
            if line["kind"] == "refund.settled" {
                assert_eq!(line["body"]["outcome"], "succeeded");
                told.insert(line["body"]["refund"].as_str().unwrap().to_owned());
            }
        }
        drop(store);
        served = started(place, double);
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
    let seen = double.does(json!({"do":"look"})).await;
    let of = |refund: &Value| refund["metadata"]["counterfoil_refund"].as_str().unwrap().to_owned();
    let made: Vec<String> = seen["refunds"].as_array().unwrap().iter().map(of).collect();
    assert_eq!((made.len(), made.iter().collect::<BTreeSet<_>>().len()), (all, all), "{made:?}");
}

/// The server of these tests, in a process of its own.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "started by the other test"]
async fn sends_refunds_until_it_is_killed() {
    sending::for_ever(fast).await;
}
