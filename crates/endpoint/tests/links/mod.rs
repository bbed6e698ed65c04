//! Payment links, from the entry of a counter to the page of the processor and back into the journal as a payment.

use super::charges::of;
use super::*;
use serde_json::Value;

clocks! { saved paid unpaid taken_back other_way lost_link late_link raced }

const MAKE: &str = "POST /v1/checkout/sessions";
const EXPIRE: &str = "POST /v1/checkout/sessions/{id}/expire";

impl World {
    /// A shop in which mira owes 50.00 on `o-2`, with a processor whose clock is that of the test.
    async fn with_link_order(now: fn() -> u64) -> Self {
        let mut world = Self::hooked(now).await;
        let lines = json!([{"text":"Table","qty":1,"unit":"50.00","gross":"50.00","rate":"0"}]);
        let order = json!({"lines":lines,"groups":[{"rate":"0","gross":"50.00","tax":"0.00"}]});
        world.as_if_read().await;
        world.till.write_as("ana", "o-2", "order.placed", order, Some("mira"), None);
        world.till.push(&world.shop).await;
        world
    }

    async fn ask_link(&mut self, id: &str, amount: &str) {
        self.write_link(id, amount).await;
        self.till.push(&self.shop).await;
    }

    async fn write_link(&mut self, id: &str, amount: &str) {
        self.as_if_read().await;
        let asked = json!({"payment":format!("paid-{id}"),"amount":amount,
            "allocations":[{"order":"o-2","amount":amount}],"eligible":true});
        self.till.write_version("ana", id, ("charge.asked", 2), asked, Some("mira"));
    }

    async fn withdraw_link(&mut self, id: &str) {
        self.as_if_read().await;
        let withdrawn = json!({"charge":id});
        self.till.write_as("ana", &format!("{id}-x"), "charge.withdrawn", withdrawn, Some("mira"), None);
        self.till.push(&self.shop).await;
    }

    async fn pay_cash(&mut self, id: &str, amount: &str) {
        self.as_if_read().await;
        let cash = json!({"method":"cash","account":{"code":1000,"party":"A"},"amount":amount,
            "allocations":[{"order":"o-2","amount":amount}],"eligible":true});
        self.till.write_as("ana", id, "payment.recorded", cash, Some("mira"), None);
        self.till.push(&self.shop).await;
    }

    /// The customer opens the last link and pays. Whether that was possible.
    async fn checkout(&self) -> bool {
        self.double.does(json!({"do":"checkout"})).await["paid"].as_bool().unwrap()
    }

    async fn links(&self) -> Vec<Value> {
        self.double.does(json!({"do":"look"})).await["links"].as_array().unwrap().clone()
    }

    async fn link_states(&self) -> Vec<String> {
        self.links().await.iter().map(|link| link["status"].as_str().unwrap().to_owned()).collect()
    }

    /// Time passes here and at the processor.
    async fn passes(&self, pass: fn(u64), millis: u64) {
        pass(millis);
        self.double.does(json!({"do":"clock","seconds":millis / 1_000})).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_is_made_once_and_paid_it_is_a_payment() {
    let mut world = World::with_link_order(paid::now).await;
    world.ask_link("k-1", "50.00").await;
    assert_eq!(world.round().await, Round { found: 1, due: 1 });
    assert_eq!(world.said().await, [of("k-1", "open", "")]);
    let links = world.links().await;
    let link = &links[0];
    assert_eq!((links.len(), link["amount_total"].as_u64()), (1, Some(5_000)));
    assert_eq!(link["success_url"], format!("{}/v1/paid", devices::ORIGIN));
    assert_eq!(link["metadata"]["counterfoil_charge"], "k-1");
    // The counters read where it is, and until when.
    let lines = records(&*world.store, "shop-1", 0).await;
    let line: Value = serde_json::from_slice(&lines.last().unwrap().entry).unwrap();
    assert_eq!(line["body"]["link"]["address"], link["url"]);
    assert_eq!(line["body"]["link"]["expires"].as_u64(), Some(link["expires_at"].as_u64().unwrap() * 1_000));
    // A customer at the counter is not kept waiting.
    assert!(world.checkout().await);
    paid::pass(10_000);
    world.round().await;
    let number = world.links().await[0]["payment_intent"].as_str().unwrap().to_owned();
    let written = [of("k-1", "open", ""), of("paid-k-1", "50.00", &number)];
    assert_eq!(world.said().await, written);
    for _ in 0..3 {
        world.passes(paid::pass, DAY).await;
        world.round().await;
    }
    assert_eq!((world.said().await, world.links().await.len()), (written.to_vec(), 1));
    // It can be refunded there, as every payment that was taken online.
    let refund = json!({"order":"o-2","method":"online","account":{"code":1020},
        "parts":[{"from":"paid-k-1","amount":"20.00"}],"after":"reopens","credit":"0.00","clawback":{},
        "reason":"returned goods"});
    world.as_if_read().await;
    world.till.write_as("ana", "r-1", "refund.issued", refund, Some("mira"), None);
    world.till.push(&world.shop).await;
    world.round().await;
    assert_eq!(world.amounts().await, [2_000]);
}

/// The cards that the journal has of mira: who wrote each, and what it says.
async fn cards(world: &World) -> Vec<Value> {
    let lines = records(&*world.store, "shop-1", 0).await.into_iter();
    let lines = lines.map(|record| serde_json::from_slice::<Value>(&record.entry).unwrap());
    lines.filter(|line| line["kind"] == "card.saved").map(|line| line["body"].clone()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_is_saved_with_the_payment_if_the_customer_agrees_and_can_then_be_charged() {
    let mut world = World::with_link_order(saved::now).await;
    world.as_if_read().await;
    let asked = json!({"payment":"paid-k-1","amount":"20.00","allocations":[{"order":"o-2","amount":"20.00"}],
        "eligible":true,"saves":true});
    world.till.write_version("ana", "k-1", ("charge.asked", 3), asked, Some("mira"));
    world.till.push(&world.shop).await;
    world.round().await;
    assert!(world.checkout().await);
    // The payment is not known for sure while the card is not: both are written together, once.
    world.double.fails("GET /v1/payment_intents/{id}", "cut").await;
    for _ in 0..6 {
        world.passes(saved::pass, MINUTE).await;
        world.round().await;
    }
    let number = world.links().await[0]["payment_intent"].as_str().unwrap().to_owned();
    let customer = world.links().await[0]["customer"].clone();
    assert_eq!(world.said().await, [of("k-1", "open", ""), of("paid-k-1", "20.00", &number)]);
    let saved = cards(&world).await;
    assert_eq!((saved.len(), &saved[0]["customer"]), (1, &json!("mira")));
    assert_eq!(
        (&saved[0]["card"]["customer"], &saved[0]["card"]["shown"]),
        (&customer, &json!("Visa •••• 4242, 9/31"))
    );
    // The rest of the order is charged to it, without an id to be copied.
    world.as_if_read().await;
    let card = saved[0]["card"].clone();
    let asked = json!({"payment":"paid-k-2","card":card,"amount":"30.00",
        "allocations":[{"order":"o-2","amount":"30.00"}],"eligible":true});
    world.till.write_version("ana", "k-2", ("charge.asked", 3), asked, Some("mira"));
    world.till.push(&world.shop).await;
    world.round().await;
    assert_eq!(world.said().await.last().map(|said| said.0.clone()), Some("paid-k-2".to_owned()));
    // A link without the tick saves nothing.
    let mut world = World::with_link_order(saved::now).await;
    world.ask_link("k-1", "50.00").await;
    world.round().await;
    assert!(world.checkout().await);
    world.passes(saved::pass, MINUTE).await;
    world.round().await;
    assert_eq!(world.said().await.last().map(|said| said.0.clone()), Some("paid-k-1".to_owned()));
    assert_eq!(cards(&world).await, Vec::<Value>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_happens_on_the_page_is_known_at_once_by_a_webhook() {
    let mut world = World::with_link_order(raced::now).await;
    world.ask_link("k-1", "50.00").await;
    world.round().await;
    assert!(world.checkout().await);
    world.receive_all("normal").await;
    raced::pass(1);
    world.round().await;
    assert_eq!(world.said().await.last().unwrap().0, "paid-k-1");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_paid_in_time_is_over_at_the_processor_and_here() {
    let mut world = World::with_link_order(unpaid::now).await;
    world.ask_link("k-1", "50.00").await;
    for _ in 0..30 {
        world.round().await;
        world.passes(unpaid::pass, 60 * MINUTE).await;
    }
    assert!(!world.checkout().await);
    assert_eq!(world.said().await, [of("k-1", "open", ""), of("k-1", "canceled", "expired")]);
    assert_eq!(world.round().await, Round { found: 0, due: 0 });
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_is_expired_at_the_processor_before_it_is_called_canceled() {
    let mut world = World::with_link_order(taken_back::now).await;
    for (number, fault) in ["lose-request", "lose-answer", "fail-after", "none"].iter().enumerate() {
        let id = format!("k-{number}");
        world.ask_link(&id, "10.00").await;
        world.round().await;
        if *fault != "none" {
            world.double.fails(EXPIRE, fault).await;
        }
        world.withdraw_link(&id).await;
        for _ in 0..3 {
            world.round().await;
            let said = world.said().await;
            let is_open = world.link_states().await.last().unwrap() == "open";
            assert!(!(is_open && *said.last().unwrap() == of(&id, "canceled", "")), "{fault}");
            world.passes(taken_back::pass, 2 * MINUTE).await;
        }
        assert_eq!(world.said().await.last(), Some(&of(&id, "canceled", "")), "{fault}");
        assert!(!world.checkout().await, "{fault}");
    }
    // Paid before the cancellation has come to the processor: it is a payment all the same.
    world.ask_link("k-9", "10.00").await;
    world.round().await;
    assert!(world.checkout().await);
    world.withdraw_link("k-9").await;
    world.round().await;
    assert_eq!(world.said().await.last().unwrap().0, "paid-k-9");
    // Taken back before anything was asked for.
    world.double.fails("GET /v1/checkout/sessions", "cut").await;
    world.ask_link("k-10", "10.00").await;
    world.round().await;
    world.withdraw_link("k-10").await;
    world.passes(taken_back::pass, 2 * MINUTE).await;
    world.round().await;
    assert_eq!(world.said().await.last(), Some(&of("k-10", "canceled", "")));
    assert_eq!(world.double.calls(MAKE).await, 5);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_paid_in_another_way_ends_the_link() {
    let mut world = World::with_link_order(other_way::now).await;
    world.ask_link("k-1", "50.00").await;
    world.round().await;
    // A part leaves the rest to be paid, but no longer by this link.
    world.pay_cash("p-2", "20.00").await;
    world.round().await;
    world.round().await;
    assert_eq!(world.said().await.last(), Some(&of("k-1", "canceled", "")));
    assert_eq!(world.link_states().await, ["expired"]);
    world.ask_link("k-2", "30.00").await;
    world.round().await;
    assert_eq!(world.link_states().await, ["expired", "open"]);
    // The customer pays at both places at once: what is too much is credit.
    assert!(world.checkout().await);
    world.pay_cash("p-3", "30.00").await;
    world.round().await;
    world.round().await;
    assert_eq!(world.said().await.last().unwrap().0, "paid-k-2");
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_lost_on_the_way_it_is_one_link() {
    let mut world = World::with_link_order(lost_link::now).await;
    let faults = ["lose-request", "lose-answer", "fail-after", "slow-down", "cut", "html", "wrong-type"];
    for (number, fault) in faults.iter().enumerate() {
        world.double.fails(MAKE, fault).await;
        world.double.fails("GET /v1/checkout/sessions", "cut").await;
        world.ask_link(&format!("k-{number}"), "1.00").await;
        for _ in 0..4 {
            world.round().await;
            world.passes(lost_link::pass, 5 * MINUTE).await;
        }
        assert_eq!(world.link_states().await.len(), number + 1, "{fault}");
        assert_eq!(world.said().await.len(), number + 1, "{fault}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_processor_never_made_is_over_when_it_would_have_expired() {
    let mut world = World::with_link_order(late_link::now).await;
    // A failure that is kept with the key, before anything was done.
    world.double.fails(MAKE, "fail-before").await;
    world.ask_link("k-1", "50.00").await;
    for _ in 0..30 {
        world.round().await;
        world.passes(late_link::pass, 60 * MINUTE).await;
    }
    // No person has to look: it cannot have been paid.
    assert_eq!(world.said().await, [of("k-1", "canceled", "expired")]);
    assert!(world.links().await.is_empty());
    // One that was asked for an hour ago is not made.
    let before = world.double.calls(MAKE).await;
    world.write_link("k-2", "50.00").await;
    world.passes(late_link::pass, 60 * MINUTE).await;
    world.till.sign_in(&world.shop).await;
    world.till.push(&world.shop).await;
    for _ in 0..4 {
        world.round().await;
        world.passes(late_link::pass, 16 * MINUTE).await;
    }
    assert_eq!(world.said().await.last(), Some(&of("k-2", "canceled", "")));
    assert_eq!(world.double.calls(MAKE).await, before);
}
