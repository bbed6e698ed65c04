//! Payments that customers' banks take back: each news of the processor is in the journal once, from the list and after a webhook.
#![allow(clippy::indexing_slicing, clippy::unwrap_used, missing_docs)]

mod cluster;
mod devices;
mod double;
mod refunding;
mod stores;

use std::sync::Arc;

use endpoint::gateway::{Gateway, Refunds};
use endpoint::store::Store;
use refunding::{DAY, MINUTE, World, clocks, opened};
use serde_json::{Value, json};
use stores::records;

// Each test has a clock of its own.
clocks! { told hinted questions elsewhere failing stale shared }

impl World {
    async fn dispute(&self, payment: &str, amount: u64, status: &str) -> String {
        let made =
            self.double.does(json!({"do":"dispute","payment":payment,"amount":amount,"status":status})).await;
        made["id"].as_str().unwrap().to_owned()
    }

    async fn judge(&self, dispute: &str, status: &str, fee: bool) {
        self.double.does(json!({"do":"judge","dispute":dispute,"status":status,"fee":fee})).await;
    }

    /// What the journal says of disputes.
    async fn disputes(&self) -> Vec<Value> {
        let lines = records(&*self.store, "shop-1", 0).await.into_iter().filter_map(|record| {
            let line: Value = serde_json::from_slice(&record.entry).unwrap();
            (line["kind"] == "payment.disputed").then(|| line["body"].clone())
        });
        lines.collect()
    }

    async fn begun(mut self) -> Self {
        self.till.push(&self.shop).await;
        self.round().await;
        self
    }
}

fn stages(said: &[Value]) -> Vec<&str> {
    said.iter().map(|body| body["stage"].as_str().unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_list_shows_is_told_once_from_open_to_won() {
    let mut world = World::on(devices::memory(), told::now).await.begun().await;
    let made = world.dispute("pi_1", 6_000, "needs_response").await;
    world.round().await;
    assert_eq!(world.disputes().await, [] as [Value; 0], "the list is read every hour");
    for _ in 0..3 {
        told::pass(61 * MINUTE);
        world.round().await;
    }
    let said = world.disputes().await;
    assert_eq!(said.len(), 1, "{said:?}");
    let body = &said[0];
    assert!(body["answer_by"].is_string(), "{body}");
    let expected = ("p-1", "open", "60.00", "15.00", made.as_str(), "fraudulent");
    let text = |name: &str| body[name].as_str().unwrap();
    assert_eq!(
        (text("payment"), text("stage"), text("amount"), text("fee"), text("reference"), text("reason")),
        expected
    );
    assert_eq!(text("dispute"), format!("dispute-{}", made.replace('_', "-")));
    world.judge(&made, "under_review", false).await;
    told::pass(61 * MINUTE);
    world.round().await;
    world.judge(&made, "won", true).await;
    told::pass(61 * MINUTE);
    world.round().await;
    let said = world.disputes().await;
    assert_eq!(stages(&said), ["open", "won"]);
    assert!(said[1].get("fee").is_none() && said[1].get("answer_by").is_none(), "{}", said[1]);
    // The counters take what was written.
    world.as_if_read().await;
    while world.till.pull(&world.shop, 1_000).await.1 {}
}

#[tokio::test(flavor = "multi_thread")]
async fn a_webhook_shows_it_at_once() {
    let world = World::hooked(hinted::now).await.begun().await;
    let made = world.dispute("pi_1", 10_000, "needs_response").await;
    assert_eq!(world.receive_all("doubled").await, 2);
    world.round().await;
    world.judge(&made, "lost", false).await;
    world.receive_all("normal").await;
    world.round().await;
    let said = world.disputes().await;
    assert_eq!(stages(&said), ["open", "lost"]);
    assert_eq!(said[1]["fee"], "15.00");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_of_a_bank_is_told_only_once_it_takes_the_money() {
    let world = World::on(devices::memory(), questions::now).await.begun().await;
    let made = world.dispute("pi_1", 10_000, "warning_needs_response").await;
    questions::pass(61 * MINUTE);
    world.round().await;
    assert_eq!(world.disputes().await, [] as [Value; 0]);
    world.judge(&made, "needs_response", false).await;
    questions::pass(61 * MINUTE);
    world.round().await;
    assert_eq!(stages(&world.disputes().await), ["open"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn payments_that_are_not_in_the_book_wait_until_they_are() {
    let mut world = World::on(devices::memory(), elsewhere::now).await.begun().await;
    world.double.does(json!({"do":"pay","payment":"pi_2","amount":5_000})).await;
    world.double.does(json!({"do":"pay","payment":"pi_3","amount":5_000,"currency":"eur"})).await;
    world.pay("p-3", "50.00", Some("pi_3"));
    world.till.push(&world.shop).await;
    world.dispute("pi_2", 5_000, "needs_response").await;
    world.dispute("pi_3", 5_000, "needs_response").await;
    elsewhere::pass(61 * MINUTE);
    world.round().await;
    assert_eq!(world.disputes().await, [] as [Value; 0]);
    // A counter that was away brings the payment.
    world.as_if_read().await;
    world.pay("p-2", "50.00", Some("pi_2"));
    world.till.push(&world.shop).await;
    elsewhere::pass(61 * MINUTE);
    world.round().await;
    let said = world.disputes().await;
    assert_eq!(said.iter().map(|body| &body["payment"]).collect::<Vec<_>>(), ["p-2"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_that_does_not_come_is_read_again_and_holds_up_no_refund() {
    let mut world = World::on(devices::memory(), failing::now).await.begun().await;
    world.dispute("pi_1", 1_000, "needs_response").await;
    for fault in ["lose-answer", "fail-after", "html", "cut"] {
        world.double.fails("GET /v1/disputes", fault).await;
        failing::pass(61 * MINUTE);
        world.round().await;
        assert_eq!(world.disputes().await, [] as [Value; 0], "{fault}");
    }
    failing::pass(11 * MINUTE);
    world.round().await;
    assert_eq!(stages(&world.disputes().await), ["open"]);
    // The processor refuses the refund of a payment that is disputed; the journal says so.
    world.refund("r-1", "5.00").await;
    world.round().await;
    failing::pass(MINUTE);
    world.round().await;
    assert_eq!(world.told().await.last().map(|(_, outcome)| outcome.clone()), Some("failed".into()));
}

#[tokio::test(flavor = "multi_thread")]
async fn disputes_of_many_pages_are_read() {
    let world = World::on(devices::memory(), stale::now).await.begun().await;
    for number in 0..100 {
        let payment = format!("pi_many{number}");
        world.double.does(json!({"do":"pay","payment":payment,"amount":5_000})).await;
        world.dispute(&payment, 100, "needs_response").await;
    }
    world.dispute("pi_1", 1_000, "lost").await;
    assert_eq!(world.double.gateway().disputes(0).await.unwrap().len(), 101);
    stale::pass(DAY);
    world.round().await;
    assert_eq!(stages(&world.disputes().await), ["lost"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn endpoints_over_one_database_tell_it_once() {
    let store: Arc<dyn Store> = Arc::new(cluster::new_store().await);
    let world = World::on(Arc::clone(&store), shared::now).await.begun().await;
    let made = world.dispute("pi_1", 10_000, "needs_response").await;
    let gateway: Arc<dyn Gateway> = world.double.gateway();
    let others = [opened(&store, shared::now).await, opened(&store, shared::now).await];
    let others = others.map(|endpoint| Refunds::new(endpoint, Arc::clone(&gateway), None));
    for round in 0..4 {
        if round == 2 {
            world.judge(&made, "won", false).await;
        }
        shared::pass(61 * MINUTE);
        let (first, second) = tokio::join!(others[0].round(), others[1].round());
        first.unwrap();
        second.unwrap();
    }
    assert_eq!(stages(&world.disputes().await), ["open", "won"]);
}
