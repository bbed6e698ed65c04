//! An endpoint that is killed after a refund was sent, and runs again hours and days later: what the processor has is found, and what cannot be
//! known is left to a person. No refund is made twice. (G6 and G8 of the places where an endpoint can die.)
#![cfg(unix)]
#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used, missing_docs)]

mod apart;
mod cluster;
mod devices;
mod double;
mod sending;
mod stores;

use std::env;
use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};

use apart::{open, store};
use devices::{Device, NOW};
use double::Double;
use journal::Clock;
use serde_json::{Value, json};
use stores::records;
use tempfile::TempDir;

/// The test below that is the server.
const SERVER: &str = "sends_refunds_by_the_clock_of_a_file";
const CLOCK: &str = "COUNTERFOIL_TEST_CLOCK";
const SEND: &str = "POST /v1/refunds";
const LIST: &str = "GET /v1/refunds";

const HOUR: u64 = 60 * 60_000;

/// The clock of the test itself; the server in its own process reads it from a file.
static TIME: AtomicU64 = AtomicU64::new(NOW);

fn time() -> u64 {
    let file = env::var(CLOCK).ok().and_then(|file| fs::read_to_string(file).ok());
    file.and_then(|text| text.parse().ok()).unwrap_or_else(|| TIME.load(Ordering::SeqCst))
}

/// A shop, a processor, and a clock that both have.
struct World<'a> {
    place: &'a str,
    double: Double,
    till: Device,
    clock: PathBuf,
    _folder: TempDir,
}

impl<'a> World<'a> {
    async fn new(place: &'a str) -> Self {
        let (folder, double) = (TempDir::new().unwrap(), Double::start().await);
        let theirs = double.does(json!({"do":"look"})).await["now"].as_i64().unwrap();
        let ahead = i64::try_from(time() / 1_000).unwrap() - theirs;
        double.does(json!({"do":"clock","seconds":ahead})).await;
        let shop = open(place, time).await;
        let mut till = shop.first_device().await;
        let lines = json!([{"text":"Chair","qty":1,"unit":"80.00","gross":"80.00","rate":"0"}]);
        let order = json!({"lines":lines,"groups":[{"rate":"0","gross":"80.00","tax":"0.00"}]});
        till.write_as("ana", "o-1", "order.placed", order, Some("mira"), None);
        for number in 0..3 {
            let paid = json!({"method":"online","account":{"code":1020},"amount":"10.00",
                "allocations":[{"order":"o-1","amount":"10.00"}],"eligible":true,"reference":"pi_1"});
            till.write_as("ana", &format!("p-{number}"), "payment.recorded", paid, Some("mira"), None);
        }
        till.push(&shop).await;
        let clock = folder.path().join("clock");
        fs::write(&clock, time().to_string()).unwrap();
        Self { place, double, till, clock, _folder: folder }
    }

    async fn pass(&self, millis: u64) {
        let now = TIME.fetch_add(millis, Ordering::SeqCst) + millis;
        let fresh = self.clock.with_extension("new");
        fs::write(&fresh, now.to_string()).unwrap();
        fs::rename(&fresh, &self.clock).unwrap();
        self.double.does(json!({"do":"clock","seconds":millis / 1_000})).await;
    }

    /// A counter issues a refund of the payment with this number.
    async fn refund(&mut self, number: u32) {
        let shop = open(self.place, time).await;
        self.till.clock = self.till.clock.max(Clock(time(), 0));
        self.till.sign_in(&shop).await;
        let refund = json!({"order":"o-1","method":"online","account":{"code":1020},
            "parts":[{"from":format!("p-{number}"),"amount":"1.00"}],"after":"reopens","credit":"0.00",
            "clawback":{},"reason":"returned goods"});
        self.till.write_as("ana", &format!("r-{number}"), "refund.issued", refund, Some("mira"), None);
        self.till.push(&shop).await;
    }

    /// Lets a server run until the processor has seen a call, and kills it then.
    async fn runs_until(&self, call: &str) {
        let before = self.double.calls(call).await;
        let clock = [(CLOCK, self.clock.to_str().unwrap())];
        let mut served = sending::started(self.place, SERVER, &self.double, &clock);
        while self.double.calls(call).await == before {
            tokio::task::yield_now().await;
        }
        served.kill();
    }

    /// What the journal says last of a refund.
    async fn said(&self, refund: &str) -> Option<String> {
        let store = store(self.place).await;
        let mut said = records(&*store, "shop-1", 0).await.into_iter().filter_map(|record| {
            let line: Value = serde_json::from_slice(&record.entry).unwrap();
            let is_its = line["body"]["refund"] == refund;
            let word = match line["kind"].as_str()? {
                "refund.progressed" => &line["body"]["stage"],
                "refund.settled" => &line["body"]["outcome"],
                _ => return None,
            };
            is_its.then(|| word.as_str().unwrap().to_owned())
        });
        said.next_back()
    }

    /// Lets hours pass, each with a server that is killed, until the journal says something of a refund.
    async fn until_said(&self, refund: &str, word: &str) -> u32 {
        for hours in 0..40 {
            if self.said(refund).await.as_deref() == Some(word) {
                return hours;
            }
            self.pass(HOUR + 60_000).await;
            self.runs_until(LIST).await;
        }
        panic!("{refund} is not {word}, but {:?}", self.said(refund).await)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refund_that_was_sent_before_is_found_or_left_to_a_person() {
    let folder = TempDir::new().unwrap();
    is_killed(folder.path().to_str().unwrap()).await;
    is_killed(&cluster::shared().database()).await;
}

async fn is_killed(place: &str) {
    let mut world = World::new(place).await;
    // G6: the processor fails before it does anything, and answers the same whenever the key comes again.
    world.double.fails(SEND, "fail-before").await;
    world.refund(0).await;
    world.runs_until(SEND).await;
    let hours = world.until_said("r-0", "person").await;
    assert!((22..=30).contains(&hours), "{place}: {hours}");
    let sent = world.double.calls(SEND).await;
    assert!(sent > 3 && world.double.refunds().await.is_empty(), "{place}: {sent}");
    // G8: the endpoint runs again after three days. What was done is found...
    world.double.fails(SEND, "lose-answer").await;
    world.refund(1).await;
    world.runs_until(SEND).await;
    world.pass(72 * HOUR).await;
    let sent = world.double.calls(SEND).await;
    world.until_said("r-1", "succeeded").await;
    assert_eq!((world.double.calls(SEND).await, world.double.refunds().await.len()), (sent, 1), "{place}");
    // ... and what never arrived is not sent again without a person.
    world.double.fails(SEND, "lose-request").await;
    world.refund(2).await;
    world.runs_until(SEND).await;
    world.pass(72 * HOUR).await;
    let sent = world.double.calls(SEND).await;
    world.until_said("r-2", "person").await;
    assert_eq!((world.double.calls(SEND).await, world.double.refunds().await.len()), (sent, 1), "{place}");
}

/// The server of this test, in a process of its own.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "started by the other test"]
async fn sends_refunds_by_the_clock_of_a_file() {
    sending::for_ever(time).await;
}
