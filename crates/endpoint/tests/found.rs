//! Refunds that a person has made on the processor's own page: each becomes one request in the journal, also where several endpoints find it, or one finds it again.
#![allow(clippy::indexing_slicing, clippy::unwrap_used, missing_docs)]

mod cluster;
mod devices;
mod double;
mod refunding;
mod stores;

use std::sync::Arc;

use endpoint::gateway::Refunds;
use endpoint::store::Store;
use refunding::{DAY, MINUTE, World, clocks, opened, said};
use serde_json::{Value, json};
use stores::records;

// Each test has a clock of its own.
clocks! { counted hinted listed pending returned known shared }

impl World {
    async fn make(&self, payment: &str, amount: u64) -> String {
        let made = self.double.does(json!({"do":"refund","payment":payment,"amount":amount})).await;
        made[0]["id"].as_str().unwrap().to_owned()
    }

    /// The requests that the endpoint has written: id, number of the document, and content.
    async fn requests(&self) -> Vec<(String, String, Value)> {
        let requests = records(&*self.store, "shop-1", 0).await.into_iter().filter_map(|record| {
            let line: Value = serde_json::from_slice(&record.entry).unwrap();
            let text = |name: &str| line[name].as_str().unwrap_or_default().to_owned();
            (text("kind") == "refund.requested").then(|| (text("id"), text("no"), line["body"].clone()))
        });
        requests.collect()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refund_that_a_webhook_tells_of_is_a_request_once() {
    let world = World::hooked(hinted::now).await;
    let mut world = world;
    world.till.push(&world.shop).await;
    world.round().await;
    let made = world.make("pi_1", 3_000).await;
    assert_eq!(world.receive_all("doubled").await, 2);
    for _ in 0..3 {
        world.round().await;
        hinted::pass(MINUTE);
    }
    let requests = world.requests().await;
    assert_eq!(requests.len(), 1);
    let (id, no, body) = &requests[0];
    assert_eq!(*id, format!("found-{}", made.replace('_', "-")));
    assert!(no.ends_with("R-0001"), "{no}");
    let expected = json!({"order":"o-1","method":"card","account":{"code":1020},
        "parts":[{"from":"p-1","amount":"30.00"}],"after":"stays","credit":"30.00","clawback":{},
        "reason":"refunded at the card processor","reference":made});
    assert_eq!(*body, expected);
    // The next one has the next number, and the counters take both.
    world.make("pi_1", 500).await;
    world.receive_all("normal").await;
    world.round().await;
    let numbers: Vec<_> = world.requests().await.into_iter().map(|(_, no, _)| no).collect();
    assert!(numbers[1].ends_with("R-0002") && numbers[0][..7] == numbers[1][..7], "{numbers:?}");
    while world.till.pull(&world.shop, 1_000).await.1 {}
    assert_eq!(world.double.calls("POST /v1/refunds").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refund_that_a_list_shows_is_a_request() {
    let mut world = World::on(devices::memory(), listed::now).await;
    let made = world.make("pi_1", 3_000).await;
    world.refund("r-1", "20.00").await;
    world.round().await;
    listed::pass(1_000);
    world.round().await;
    let requests = world.requests().await;
    assert_eq!(requests.iter().map(|(_, _, body)| &body["reference"]).collect::<Vec<_>>(), [&json!(made)]);
    assert_eq!(world.told().await, [said("r-1", "bank"), said("r-1", "succeeded")]);
    assert_eq!(world.amounts().await, [3_000, 2_000]);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_under_way_is_a_request_when_the_bank_has_paid_it() {
    let mut world = World::hooked(pending::now).await;
    world.till.push(&world.shop).await;
    world.round().await;
    let (first, second) = (world.make("pi_1", 3_000).await, world.make("pi_1", 2_000).await);
    for id in [&first, &second] {
        world.double.settles(id, "pending").await;
    }
    world.receive_all("normal").await;
    world.round().await;
    assert_eq!(world.requests().await, []);
    world.double.settles(&first, "failed").await;
    world.double.settles(&second, "succeeded").await;
    pending::pass(2 * MINUTE);
    world.round().await;
    let requests = world.requests().await;
    assert_eq!(requests.iter().map(|(_, _, body)| &body["reference"]).collect::<Vec<_>>(), [&json!(second)]);
    assert_eq!(world.told().await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn that_a_bank_sends_it_back_later_is_told() {
    let mut world = World::hooked(returned::now).await;
    world.till.push(&world.shop).await;
    world.round().await;
    let made = world.make("pi_1", 3_000).await;
    world.receive_all("normal").await;
    world.round().await;
    returned::pass(DAY + MINUTE);
    world.double.settles(&made, "failed").await;
    world.round().await;
    let id = format!("found-{}", made.replace('_', "-"));
    assert_eq!(world.told().await, [(id, "returned".to_owned())]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_book_has_already_is_not_asked_for() {
    let mut world = World::hooked(known::now).await;
    let made = world.make("pi_1", 3_000).await;
    let refund = json!({"order":"o-1","method":"card","account":{"code":1020},
        "parts":[{"from":"p-1","amount":"30.00"}],"after":"stays","credit":"30.00","clawback":{},
        "reason":"returned goods","reference":made});
    world.till.write_as("ana", "r-1", "refund.recorded", refund, Some("mira"), None);
    world.till.push(&world.shop).await;
    world.round().await;
    world.receive_all("normal").await;
    world.round().await;
    assert_eq!(world.requests().await, []);
    // In another currency it is none of this payment of the book.
    world.double.does(json!({"do":"pay","payment":"pi_2","amount":5_000,"currency":"eur"})).await;
    world.pay("p-2", "50.00", Some("pi_2"));
    world.as_if_read().await;
    world.till.push(&world.shop).await;
    world.make("pi_2", 1_000).await;
    world.receive_all("normal").await;
    world.round().await;
    assert_eq!(world.requests().await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn endpoints_over_one_database_find_it_once() {
    let store: Arc<dyn Store> = Arc::new(cluster::new_store().await);
    let mut world = World::on(Arc::clone(&store), shared::now).await;
    world.make("pi_1", 3_000).await;
    let gateway = world.double.gateway();
    let others = [opened(&store, shared::now).await, opened(&store, shared::now).await];
    let others = others.map(|endpoint| Refunds::new(endpoint, Arc::clone(&gateway), None));
    for number in 0..4 {
        world.refund(&format!("r-{number}"), "1.00").await;
        let (first, second) = tokio::join!(others[0].round(), others[1].round());
        first.unwrap();
        second.unwrap();
        shared::pass(1_000);
    }
    assert_eq!(world.requests().await.len(), 1);
}

/// A refund that is found costs what its account costs, not what the journal costs; and so does one of a counter.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_found_does_not_read_the_whole_journal() {
    let store = endpoint::store::Memory::default();
    let mut world = World::on(Arc::new(store.clone()), counted::now).await;
    for number in 0..600 {
        let added = json!({"name":"Otto"});
        let id = format!("c-{number}");
        world.till.write_as("ana", &id, "customer.added", added, Some(&id), None);
        if number % 100 == 99 {
            world.till.push(&world.shop).await;
        }
    }
    world.round().await;
    world.make("pi_1", 3_000).await;
    let before = store.records_read();
    // Its list shows the one that was made at the processor.
    world.refund("r-1", "20.00").await;
    world.round().await;
    let read = store.records_read() - before;
    assert_eq!(world.requests().await.len(), 0);
    assert!(read < 100, "{read} records were read for two refunds of one account");
    counted::pass(1_000);
    let before = store.records_read();
    world.round().await;
    let read = store.records_read() - before;
    assert_eq!(world.requests().await.len(), 1);
    assert!(read < 100, "{read} records were read to write one request");
}
