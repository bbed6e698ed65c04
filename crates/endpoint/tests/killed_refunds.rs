//! An endpoint that is killed while it sends refunds, at each place between the entry of a counter and the one that tells of the outcome:
//! each refund is made once, and the journal says so.
#![cfg(unix)]
#![allow(clippy::indexing_slicing, clippy::unwrap_used, missing_docs)]

mod apart;
mod cluster;
mod devices;
mod double;
mod stores;

use std::collections::BTreeSet;
use std::env;
use std::process::Stdio;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use apart::{Served, open, store};
use devices::{Device, NOW};
use double::Double;
use endpoint::gateway::{Refunds, Secret, Stripe};
use journal::Clock;
use serde_json::{Value, json};
use stores::records;
use tempfile::TempDir;

const AS_SERVER: [&str; 4] = ["--exact", "sends_refunds_until_it_is_killed", "--ignored", "--nocapture"];
const GATEWAY: &str = "COUNTERFOIL_TEST_GATEWAY";

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
        issue(&mut till, place, number).await;
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

/// The counter issues a refund of a payment of its own.
async fn issue(till: &mut Device, place: &str, number: usize) {
    let shop = open(place, fast).await;
    till.clock = till.clock.max(Clock(fast(), 0));
    till.sign_in(&shop).await;
    let refund = json!({"order":"o-1","method":"online","account":{"code":1020},
        "parts":[{"from":format!("p-{number}"),"amount":"1.00"}],"after":"reopens","credit":"0.00",
        "clawback":{},"reason":"returned goods"});
    till.write_as("ana", &format!("r-{number}"), "refund.issued", refund, Some("mira"), None);
    till.push(&shop).await;
}

/// What goes wrong with a request after which no endpoint runs for three days, how often it is sent before, and what the journal says in the end.
const AWAY: [(&str, u64, &str); 3] =
    [("lose-answer", 1, "succeeded"), ("lose-request", 1, "person"), ("fail-before", 2, "person")];

#[tokio::test(flavor = "multi_thread")]
async fn an_endpoint_over_sqlite_that_is_away_for_days_sends_nothing_twice() {
    let folder = TempDir::new().unwrap();
    is_away(folder.path().to_str().unwrap()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_endpoint_over_postgresql_that_is_away_for_days_sends_nothing_twice() {
    is_away(&cluster::shared().database()).await;
}

async fn is_away(place: &str) {
    const SEND: &str = "POST /v1/refunds";
    let double = Double::start().await;
    let mut till = paid(place).await;
    for (number, (fault, times, _)) in AWAY.into_iter().enumerate() {
        issue(&mut till, place, number).await;
        let before = double.calls(SEND).await;
        double.fails(SEND, fault).await;
        let mut served = started(place, &double);
        // The processor answers a key that failed with the same failure, for a day.
        while double.calls(SEND).await < before + times {
            tokio::task::yield_now().await;
        }
        served.kill();
        double.does(json!({"do":"clock","seconds":3 * 86_400})).await;
    }
    let sent = double.calls(SEND).await;
    let all = AWAY.into_iter().enumerate();
    let expected: BTreeSet<_> = all.map(|(n, (.., said))| (format!("r-{n}"), said.to_owned())).collect();
    loop {
        let mut served = started(place, &double);
        tokio::time::sleep(Duration::from_millis(500)).await;
        served.kill();
        let store = store(place).await;
        let lines = records(&*store, "shop-1", 0).await.into_iter();
        let said = lines.filter_map(|record| {
            let line: Value = serde_json::from_slice(&record.entry).unwrap();
            let text = |name: &str| line["body"][name].as_str().unwrap_or_default().to_owned();
            match line["kind"].as_str()? {
                "refund.settled" => Some((text("refund"), text("outcome"))),
                "refund.progressed" if text("stage") == "person" => Some((text("refund"), text("stage"))),
                _ => None,
            }
        });
        let said: BTreeSet<_> = said.collect();
        assert!(said.is_subset(&expected), "{said:?}");
        if said == expected {
            break;
        }
    }
    assert_eq!(double.refunds().await.len(), 1, "one was made");
    assert_eq!(double.calls(SEND).await, sent, "nothing was sent again after three days");
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
    // It is this program's own child, which reads the address when it starts.
    Served::start_with(place, &AS_SERVER, &[(GATEWAY, &double.address)], Stdio::inherit())
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
    let (Ok(place), Ok(gateway)) = (env::var(apart::STORE), env::var(GATEWAY)) else { return };
    let shop = open(&place, fast).await;
    let gateway = Stripe::at(&gateway, Secret::new(double::KEY).unwrap()).unwrap();
    println!("address none");
    let refunds = Refunds::new(shop.endpoint, Arc::new(gateway), None);
    loop {
        refunds.round().await.unwrap();
        tokio::task::yield_now().await;
    }
}
