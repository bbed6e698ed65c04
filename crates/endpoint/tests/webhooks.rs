//! Webhooks of the card processor, from its signature to the journal: a hint makes one question, and nothing else does anything.
#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used, missing_docs)]

mod devices;
mod double;
mod refunding;
mod stores;

use axum::body::Body;
use devices::request;
use refunding::hooked::PATH;
use refunding::{DAY, MINUTE, World, clocks, said};
use serde_json::json;
use sync::wire::Code;

// Each test has a clock of its own.
clocks! { known forged late twice many }

#[tokio::test(flavor = "multi_thread")]
async fn what_happens_at_the_processor_is_known_at_once() {
    let mut world = World::hooked(known::now).await;
    world.double.does(json!({"do":"next","status":"pending"})).await;
    world.refund("r-1", "30.00").await;
    world.round().await;
    world.receive_all("normal").await;
    known::pass(1);
    world.round().await;
    assert_eq!(world.told().await, [said("r-1", "bank")]);
    let (id, ..) = world.double.refunds().await[0].clone();
    for (status, outcomes) in [("succeeded", &["succeeded"][..]), ("failed", &["returned", "failed"])] {
        world.double.settles(&id, status).await;
        let (before, looks) = (world.told().await.len(), world.looks().await);
        assert_eq!(world.receive_all("normal").await, 1);
        world.round().await;
        assert_eq!(world.looks().await, looks + 1, "one question");
        let told = world.told().await;
        let expected: Vec<_> = outcomes.iter().map(|outcome| said("r-1", outcome)).collect();
        assert_eq!(told[before..], expected, "{status}");
    }
    // After that nothing more can happen to it.
    world.double.settles(&id, "failed").await;
    let looks = world.looks().await;
    world.receive_all("normal").await;
    world.round().await;
    assert_eq!(world.looks().await, looks);
}

/// B35.
#[tokio::test(flavor = "multi_thread")]
async fn what_the_processor_has_not_signed_now_does_nothing() {
    let mut world = World::hooked(forged::now).await;
    world.double.does(json!({"do":"next","status":"pending"})).await;
    world.refund("r-1", "30.00").await;
    world.round().await;
    world.news("normal").await;
    let (id, ..) = world.double.refunds().await[0].clone();
    let (asked, told) = (world.looks().await, world.told().await);
    for how in ["unsigned", "old", "ahead", "tampered", "wrong-key"] {
        world.double.settles(&id, "succeeded").await;
        let news = world.news(how).await;
        assert_eq!(news.len(), 1);
        assert_eq!(world.receive(&news[0]).await.code(), Code::WrongWebhook, "{how}");
        world.round().await;
        assert_eq!((world.looks().await, world.told().await), (asked, told.clone()), "{how}");
    }
    world.double.settles(&id, "succeeded").await;
    let (body, signature) = world.news("normal").await[0].clone();
    assert_eq!(world.receive(&(body.clone(), None)).await.code(), Code::WrongWebhook);
    // Replayed when it is too old.
    forged::pass(301_000);
    assert_eq!(world.receive(&(body.clone(), signature.clone())).await.code(), Code::WrongWebhook);
    // Two headers are not one.
    let sent =
        request("POST", PATH, &[("stripe-signature", "t=1"), ("stripe-signature", &signature.unwrap())]);
    assert_eq!(world.shop.send(sent.body(Body::from(body)).unwrap()).await.code(), Code::WrongWebhook);
    let counts = world.shop.get("/metrics", "").await.text;
    assert!(counts.contains("counterfoil_webhooks_refused_total 8\n"), "{counts}");
    assert!(counts.contains("counterfoil_webhooks_total 0\n"), "{counts}");
}

#[tokio::test(flavor = "multi_thread")]
async fn neither_sequence_nor_repetition_matters() {
    let mut world = World::hooked(twice::now).await;
    world.double.does(json!({"do":"next","status":"pending"})).await;
    world.refund("r-1", "30.00").await;
    world.round().await;
    let (id, ..) = world.double.refunds().await[0].clone();
    world.double.settles(&id, "succeeded").await;
    world.double.settles(&id, "failed").await;
    twice::pass(2_000);
    let looks = world.looks().await;
    // Made, succeeded, failed, and the last one first.
    assert_eq!(world.receive_all("reordered").await, 3);
    world.round().await;
    assert_eq!(world.looks().await, looks + 1);
    assert_eq!(world.told().await, [said("r-1", "bank"), said("r-1", "returned"), said("r-1", "failed")]);
    world.refund("r-2", "20.00").await;
    world.round().await;
    let (id, ..) = world.double.refunds().await[1].clone();
    world.double.settles(&id, "succeeded").await;
    assert_eq!(world.receive_all("doubled").await, 4);
    world.round().await;
    assert_eq!(world.told().await[3..], [said("r-2", "bank"), said("r-2", "succeeded")]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hint_is_followed_also_when_nothing_more_was_expected() {
    let mut world = World::hooked(late::now).await;
    world.refund("r-1", "30.00").await;
    for _ in 0..40 {
        world.round().await;
        late::pass(DAY);
    }
    let looks = world.looks().await;
    late::pass(DAY);
    world.round().await;
    assert_eq!(world.looks().await, looks, "it is no longer looked at");
    world.double.does(json!({"do":"clock","seconds":41 * 24 * 3_600})).await;
    world.news("normal").await;
    let (id, ..) = world.double.refunds().await[0].clone();
    world.double.settles(&id, "failed").await;
    world.receive_all("two-keys").await;
    world.round().await;
    assert_eq!(world.told().await.last(), Some(&said("r-1", "failed")));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_known_here_is_taken_and_forgotten() {
    let world = World::hooked(many::now).await;
    // A refund of a payment that is not here, one of another shop, and one of a refund that is not here.
    world.double.does(json!({"do":"pay","payment":"pi_2","amount":1_000})).await;
    world.double.does(json!({"do":"refund","payment":"pi_2","amount":1_000})).await;
    let key = ("authorization", "Bearer rk_test_abcdefgh12345678");
    for (shop, refund) in [("shop-9", "r-1"), ("shop-1", "r-9")] {
        let form = format!(
            "payment_intent=pi_1&amount=10&metadata[counterfoil_shop]={shop}&metadata[counterfoil_refund]={refund}"
        );
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let sent =
            client.post(format!("{}/v1/refunds", world.double.address)).header(key.0, key.1).body(form);
        assert_eq!(sent.send().await.unwrap().status(), 200);
    }
    assert_eq!(world.receive_all("normal").await, 3);
    many::pass(MINUTE);
    assert_eq!(world.round().await.due, 0);
    let end = stores::end(&*world.store, "shop-1").await.unwrap().lseq;
    assert_eq!(end, 4, "nothing is written");

    // Its size and its rate are limited.
    let long = ("x".repeat(300 << 10), Some("t=1,v1=00".to_owned()));
    assert_eq!(world.receive(&long).await.code(), Code::TooLarge);
    let mut answers = Vec::new();
    for _ in 0..200 {
        answers.push(world.receive(&("{}".into(), None)).await.code());
    }
    assert!(answers.contains(&Code::WrongWebhook) && answers.last() == Some(&Code::SlowDown), "{answers:?}");
    many::pass(10_000);
    assert_eq!(world.receive(&("{}".into(), None)).await.code(), Code::WrongWebhook);
}

#[tokio::test]
async fn without_a_secret_there_is_no_such_route() {
    let shop = devices::Shop::empty(devices::memory()).await;
    assert_eq!(shop.post(PATH, &json!({})).await.code(), Code::UnknownRoute);
}
