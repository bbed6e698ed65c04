//! Refunds of a shop, from the entry of a counter to the gateway and back into the journal, with everything that can fail between.
#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used, missing_docs)]

mod cluster;
mod devices;
mod double;
mod refunding;
mod stores;

use std::sync::Arc;

use endpoint::gateway::{Refunds, Round};
use endpoint::store::{Memory, Sqlite, Store};
use refunding::{DAY, MINUTE, World, clocks, opened, said};
use serde_json::json;
use stores::records;
use tempfile::TempDir;

mod charges;
mod collecting;
mod corrected;
mod links;

// Each test has a clock of its own.
clocks! { plain late lost person canceled shared sqlite_clock withdrawn kept_back bank odd currency }

#[tokio::test(flavor = "multi_thread")]
async fn a_refund_is_sent_once_and_its_outcome_is_written() {
    let mut world = World::on(devices::memory(), plain::now).await;
    world.refund("r-1", "30.00").await;
    assert_eq!(world.round().await, Round { found: 1, due: 1 });
    assert_eq!(world.told().await, [said("r-1", "bank"), said("r-1", "succeeded")]);
    for _ in 0..3 {
        plain::pass(DAY);
        world.round().await;
    }
    assert_eq!(world.amounts().await, [3_000]);
    // The same amount of the same payment again is another refund.
    world.refund("r-2", "30.00").await;
    world.round().await;
    assert_eq!(world.amounts().await, [3_000, 3_000]);
    assert_eq!(world.told().await.last(), Some(&said("r-2", "succeeded")));
    // The counters read it as entries of a device, with its chain and its signature.
    while world.till.pull(&world.shop, 1_000).await.1 {}
    let lines = records(&*world.store, "shop-1", 0).await;
    let ours: Vec<_> = lines.iter().filter(|record| record.device != "d1").collect();
    assert_eq!(
        ours.iter().map(|record| (record.chain, record.seq)).collect::<Vec<_>>(),
        (1..=5).map(|seq| (1, seq)).collect::<Vec<_>>()
    );
    assert!(ours.iter().all(|record| record.signature.is_some() && record.device == ours[0].device));
}

/// B36.
#[tokio::test(flavor = "multi_thread")]
async fn a_refund_under_way_is_settled_later_and_can_be_sent_back() {
    let mut world = World::on(devices::memory(), late::now).await;
    world.double.does(json!({"do":"next","status":"pending"})).await;
    world.refund("r-1", "30.00").await;
    world.round().await;
    assert_eq!(world.told().await, [said("r-1", "bank")]);
    let (id, ..) = world.double.refunds().await[0].clone();
    world.double.settles(&id, "succeeded").await;
    world.round().await;
    assert_eq!(world.told().await, [said("r-1", "bank")], "it is not asked all the time");
    late::pass(2 * MINUTE);
    world.round().await;
    assert_eq!(world.told().await, [said("r-1", "bank"), said("r-1", "succeeded")]);
    // A program that starts looks at all that is under way.
    world.double.settles(&id, "failed").await;
    world.refunds().look_at_all().await.unwrap();
    world.round().await;
    assert_eq!(world.told().await[2..], [said("r-1", "returned"), said("r-1", "failed")]);
    late::pass(DAY);
    assert_eq!(world.round().await, Round { found: 0, due: 0 });
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_lost_on_the_way_it_is_one_refund() {
    let mut world = World::on(devices::memory(), lost::now).await;
    let faults =
        ["lose-request", "lose-answer", "fail-after", "slow-down", "cut", "html", "wrong-type", "redirect"];
    for (number, fault) in faults.iter().enumerate() {
        world.double.fails("POST /v1/refunds", fault).await;
        world.double.fails("GET /v1/refunds", "cut").await;
        let id = format!("r-{number}");
        world.refund(&id, "1.00").await;
        for _ in 0..4 {
            world.round().await;
            lost::pass(5 * MINUTE);
        }
        assert_eq!(world.amounts().await.len(), number + 1, "{fault}");
        assert_eq!(world.told().await.last(), Some(&said(&id, "succeeded")), "{fault}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_known_is_left_to_a_person() {
    let mut world = World::on(devices::memory(), person::now).await;
    // A failure that is kept with the key, before anything was done.
    world.double.fails("POST /v1/refunds", "fail-before").await;
    world.refund("r-1", "30.00").await;
    for _ in 0..30 {
        world.round().await;
        person::pass(60 * MINUTE);
        world.double.does(json!({"do":"clock","seconds":3_600})).await;
    }
    assert_eq!((world.amounts().await, world.told().await), (vec![], vec![said("r-1", "person")]));
    let sent = world.double.calls("POST /v1/refunds").await;
    assert!(sent > 5, "{sent}");
    // It is never sent again by itself.
    for _ in 0..5 {
        person::pass(DAY);
        world.round().await;
    }
    assert_eq!(world.double.calls("POST /v1/refunds").await, sent);
}

/// B37.
#[tokio::test]
async fn an_answer_in_another_currency_is_for_a_person() {
    let mut world = World::on(devices::memory(), currency::now).await;
    world.double.fails("POST /v1/refunds", "wrong-currency").await;
    world.refund("r-1", "10.00").await;
    for _ in 0..3 {
        world.round().await;
        currency::pass(DAY);
    }
    assert_eq!(world.told().await, [said("r-1", "person")]);
    assert_eq!(world.double.calls("POST /v1/refunds").await, 1);
}

/// B37.
#[tokio::test(flavor = "multi_thread")]
async fn answers_that_differ_or_are_not_known_never_make_it_done() {
    let mut world = World::on(devices::memory(), odd::now).await;
    // The answer has another amount: a person compares them, and nothing is sent anew.
    world.double.fails("POST /v1/refunds", "wrong-amount").await;
    world.refund("r-1", "10.00").await;
    world.round().await;
    assert_eq!(world.told().await, [said("r-1", "person")]);
    world.till.write_as(
        "ana",
        "r-1-settled",
        "refund.settled",
        json!({"refund":"r-1","outcome":"succeeded"}),
        Some("mira"),
        None,
    );
    // A status of a later version is not final.
    world.double.does(json!({"do":"next","status":"under_review"})).await;
    world.refund("r-2", "20.00").await;
    world.round().await;
    for _ in 0..3 {
        odd::pass(DAY);
        world.round().await;
    }
    assert_eq!(world.told().await[2..], [said("r-2", "bank")]);
    let (there, ..) = world.double.refunds().await[1].clone();
    world.double.settles(&there, "succeeded").await;
    odd::pass(DAY);
    world.round().await;
    assert_eq!(world.told().await[3..], [said("r-2", "succeeded")]);
    assert_eq!(world.double.calls("POST /v1/refunds").await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_what_the_account_has_pending_is_sent() {
    let mut world = World::on(devices::memory(), canceled::now).await;
    // A clerk without the right, more than was paid, and a second refund while one is under way.
    world.double.does(json!({"do":"next","status":"pending"})).await;
    world.refund_as("bob", "r-1", "10.00").await;
    world.refund("r-2", "100.01").await;
    world.refund("r-3", "20.00").await;
    world.refund("r-4", "20.00").await;
    world.round().await;
    assert_eq!(world.amounts().await, [2_000]);
    // An owner lets the first one count: its payment has one pending.
    let (id, ..) = world.double.refunds().await[0].clone();
    world.double.settles(&id, "succeeded").await;
    canceled::pass(2 * MINUTE);
    world.round().await;
    assert_eq!(world.told().await, [said("r-3", "bank"), said("r-3", "succeeded")]);
    // A payment without the gateway's number cannot be refunded there.
    let refund = json!({"order":"o-1","method":"online","account":{"code":1020},
        "parts":[{"from":"p-2","amount":"5.00"}],"after":"reopens","credit":"0.00","clawback":{},"reason":"x"});
    world.as_if_read().await;
    world.pay("p-2", "20.00", None);
    world.till.write_as("ana", "r-5", "refund.issued", refund, Some("mira"), None);
    world.till.push(&world.shop).await;
    assert_eq!(world.round().await, Round { found: 1, due: 0 });
    assert_eq!(world.amounts().await, [2_000]);
    assert_eq!(world.told().await.last(), Some(&said("r-5", "person")));
}

#[tokio::test(flavor = "multi_thread")]
async fn endpoints_over_one_database_share_the_work() {
    let store: Arc<dyn Store> = Arc::new(cluster::new_store().await);
    let mut world = World::on(Arc::clone(&store), shared::now).await;
    let gateway = world.double.gateway();
    let others = [opened(&store, shared::now).await, opened(&store, shared::now).await];
    let others = others.map(|endpoint| Refunds::new(endpoint, Arc::clone(&gateway), None));
    for number in 0..10 {
        world.refund(&format!("r-{number}"), "1.00").await;
        let (first, second) = tokio::join!(others[0].round(), others[1].round());
        first.unwrap();
        second.unwrap();
    }
    assert_eq!(world.amounts().await, [100; 10]);
    assert_eq!(world.double.calls("POST /v1/refunds").await, 10);
    assert_eq!(world.told().await.len(), 20);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_that_starts_again_goes_on() {
    let folder = TempDir::new().unwrap();
    let store: Arc<dyn Store> = Arc::new(Sqlite::open(folder.path()).unwrap());
    let mut world = World::on(store, sqlite_clock::now).await;
    world.double.fails("POST /v1/refunds", "lose-answer").await;
    world.refund("r-1", "30.00").await;
    world.round().await;
    let World { shop, double, store, till, .. } = world;
    drop((shop, store, till));
    let store: Arc<dyn Store> = Arc::new(Sqlite::open(folder.path()).unwrap());
    let endpoint = opened(&store, sqlite_clock::now).await;
    sqlite_clock::pass(5 * MINUTE);
    Refunds::new(endpoint, double.gateway(), None).round().await.unwrap();
    assert_eq!(double.refunds().await.len(), 1);
    assert_eq!(double.calls("POST /v1/refunds").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gateway_belongs_to_one_shop() {
    let world = World::on(Arc::new(Memory::default()), devices::now).await;
    assert_eq!(world.refunds().shop().await.unwrap().as_deref(), Some("shop-1"));
    let _other = world.shop.founder("shop-2").await;
    assert_eq!(world.refunds().shop().await.unwrap(), None);
    let named =
        |name: &str| Refunds::new(world.shop.endpoint.clone(), world.double.gateway(), Some(name.into()));
    assert_eq!(named("shop-2").shop().await.unwrap().as_deref(), Some("shop-2"));
    assert_eq!(named("shop-3").shop().await.unwrap(), None);
}

impl World {
    async fn take_back(&mut self, id: &str) {
        self.as_if_read().await;
        self.till.write_as(
            "ana",
            &format!("{id}-withdrawn"),
            "refund.withdrawn",
            json!({"refund":id}),
            Some("mira"),
            None,
        );
        self.till.push(&self.shop).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_not_sent_yet_is_never_sent_when_it_is_taken_back() {
    let mut world = World::on(devices::memory(), withdrawn::now).await;
    // Both entries come at once, as from a counter that was offline.
    world.refund("r-1", "30.00").await;
    world.take_back("r-1").await;
    world.round().await;
    // The processor does not answer, so nothing was sent when it is taken back.
    world.double.fails("GET /v1/refunds", "cut").await;
    world.refund("r-2", "20.00").await;
    world.round().await;
    world.take_back("r-2").await;
    withdrawn::pass(2 * MINUTE);
    world.round().await;
    assert_eq!(world.told().await, [said("r-1", "canceled"), said("r-2", "canceled")]);
    assert_eq!(world.double.calls("POST /v1/refunds").await, 0);
    // The payment is free again. Taking back what is done changes nothing.
    world.refund("r-3", "30.00").await;
    world.round().await;
    world.take_back("r-3").await;
    withdrawn::pass(DAY);
    world.round().await;
    assert_eq!(world.told().await[2..], [said("r-3", "bank"), said("r-3", "succeeded")]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_answer_of_the_processor_decides_whether_a_refund_is_canceled() {
    let mut world = World::on(devices::memory(), kept_back::now).await;
    const CANCEL: &str = "POST /v1/refunds/{id}/cancel";
    for (number, (fault, bank, outcome, asked)) in [
        (None, None, "canceled", 1),
        (Some("lose-answer"), None, "canceled", 1),
        (Some("lose-request"), None, "canceled", 2),
        (None, Some("succeeded"), "succeeded", 0),
        (Some("lose-request"), Some("succeeded"), "succeeded", 1),
    ]
    .into_iter()
    .enumerate()
    {
        let id = format!("r-{number}");
        world.double.does(json!({"do":"next","status":"requires_action"})).await;
        world.refund(&id, "10.00").await;
        world.round().await;
        let (there, ..) = world.double.refunds().await.last().unwrap().clone();
        let before = world.double.calls(CANCEL).await;
        if let Some(fault) = fault {
            world.double.fails(CANCEL, fault).await;
            world.take_back(&id).await;
            world.round().await;
        } else {
            world.take_back(&id).await;
        }
        if let Some(status) = bank {
            world.double.settles(&there, status).await;
        }
        for _ in 0..3 {
            kept_back::pass(2 * MINUTE);
            world.round().await;
        }
        assert_eq!(world.told().await.last(), Some(&said(&id, outcome)), "{number}");
        assert_eq!(world.double.calls(CANCEL).await - before, asked, "{number}");
        assert_eq!(world.double.refunds().await.last().unwrap().2, outcome, "{number}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_processor_does_not_cancel_is_left_to_the_bank() {
    let mut world = World::on(devices::memory(), bank::now).await;
    world.double.does(json!({"do":"next","status":"pending"})).await;
    world.refund("r-1", "10.00").await;
    world.round().await;
    let (there, ..) = world.double.refunds().await[0].clone();
    // It succeeds between the look and the request to cancel it.
    world
        .double
        .does(json!({"do":"fault","on":"POST /v1/refunds/{id}/cancel","fault":"delay","seconds":2}))
        .await;
    world.take_back("r-1").await;
    let (_, ()) = tokio::join!(world.round(), async {
        while world.double.calls("POST /v1/refunds/{id}/cancel").await == 0 {
            tokio::task::yield_now().await;
        }
        world.double.settles(&there, "succeeded").await;
    });
    assert_eq!(world.told().await, [said("r-1", "bank"), said("r-1", "succeeded")]);
}
