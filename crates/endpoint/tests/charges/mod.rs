//! Charges of saved cards, from the entry of a counter to the gateway and back into the journal as a payment.

use super::*;
use serde_json::Value;

clocks! { charged declined lost_charge late_charge offered }

impl World {
    /// The double knows the card, and how the bank answers; the till asks for a charge.
    async fn charge(&mut self, id: &str, amount: &str, outcome: &str) {
        self.double.does(json!({"do":"save","customer":"cus_1","method":"pm_1","outcome":outcome})).await;
        self.ask_charge(id, amount).await;
        self.till.push(&self.shop).await;
    }

    async fn ask_charge(&mut self, id: &str, amount: &str) {
        self.as_if_read().await;
        let card = json!({"customer":"cus_1","method":"pm_1"});
        let asked = json!({"payment":format!("paid-{id}"),"card":card,"amount":amount,
            "allocations":[{"order":"o-2","amount":amount}],"eligible":true});
        self.till.write_as("ana", id, "charge.asked", asked, Some("mira"), None);
    }

    async fn order(&mut self, amount: &str) {
        let lines = json!([{"text":"Table","qty":1,"unit":amount,"gross":amount,"rate":"0"}]);
        let order = json!({"lines":lines,"groups":[{"rate":"0","gross":amount,"tax":"0.00"}]});
        self.as_if_read().await;
        self.till.write_as("ana", "o-2", "order.placed", order, Some("mira"), None);
    }

    async fn charges(&self) -> Vec<(u64, String)> {
        let seen = self.double.does(json!({"do":"look"})).await;
        let row = |charge: &Value| {
            (charge["amount"].as_u64().unwrap(), charge["status"].as_str().unwrap().to_owned())
        };
        seen["charges"].as_array().unwrap().iter().map(row).collect()
    }

    /// What the endpoint has written about charges and links: id, and stage or amount, and reason or number at the gateway.
    pub async fn said(&self) -> Vec<(String, String, String)> {
        let said = records(&*self.store, "shop-1", 0).await.into_iter().filter_map(|record| {
            let line: Value = serde_json::from_slice(&record.entry).unwrap();
            let text = |name: &str| line["body"][name].as_str().unwrap_or_default().to_owned();
            match line["kind"].as_str()? {
                "charge.progressed" => Some((text("charge"), text("stage"), text("reason"))),
                "payment.recorded" if record.device != "d1" => {
                    Some((line["id"].as_str()?.to_owned(), text("amount"), text("reference")))
                }
                _ => None,
            }
        });
        said.collect()
    }
}

pub fn of(id: &str, what: &str, why: &str) -> (String, String, String) {
    (id.to_owned(), what.to_owned(), why.to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_is_charged_once_and_the_charge_is_a_payment() {
    let mut world = World::on(devices::memory(), charged::now).await;
    world.order("50.00").await;
    world.charge("k-1", "50.00", "succeeded").await;
    assert_eq!(world.round().await, Round { found: 1, due: 1 });
    let written = world.said().await;
    let (id, amount, _) = &written[0];
    assert_eq!((written.len(), id.as_str(), amount.as_str()), (1, "paid-k-1", "50.00"));
    for _ in 0..3 {
        charged::pass(DAY);
        world.round().await;
    }
    assert_eq!(world.charges().await, [(5_000, "succeeded".to_owned())]);
    assert_eq!(world.said().await, written);
    // It can be refunded there, as every payment that was taken online.
    let refund = json!({"order":"o-2","method":"online","account":{"code":1020},
        "parts":[{"from":"paid-k-1","amount":"20.00"}],"after":"reopens","credit":"0.00","clawback":{},
        "reason":"returned goods"});
    world.as_if_read().await;
    world.till.write_as("ana", "r-1", "refund.issued", refund, Some("mira"), None);
    world.till.push(&world.shop).await;
    world.round().await;
    assert_eq!(world.amounts().await, [2_000]);
    assert_eq!(world.told().await.last(), Some(&said("r-1", "succeeded")));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_declined_is_canceled_at_the_gateway_before_it_is_said() {
    let mut world = World::on(devices::memory(), declined::now).await;
    world.order("50.00").await;
    world.charge("k-1", "50.00", "insufficient_funds").await;
    world.round().await;
    world.charge("k-2", "50.00", "approve").await;
    world.double.fails("POST /v1/payment_intents/{id}/cancel", "lose-request").await;
    world.round().await;
    assert_eq!(world.said().await.len(), 1, "it can still be paid at the gateway");
    declined::pass(5 * MINUTE);
    world.round().await;
    let reasons =
        [of("k-1", "declined", "insufficient_funds"), of("k-2", "approve", "authentication_required")];
    assert_eq!(world.said().await, reasons);
    assert_eq!(world.charges().await, vec![(5_000, "canceled".to_owned()); 2]);
    // A card that the gateway does not know, and one that is under way.
    world.charge("k-3", "50.00", "processing").await;
    world.round().await;
    assert_eq!(world.said().await.last(), Some(&of("k-3", "bank", "")));
    let seen = world.double.does(json!({"do":"look"})).await;
    let id = seen["charges"][2]["id"].as_str().unwrap().to_owned();
    world.double.does(json!({"do":"decide","charge":id,"status":"succeeded"})).await;
    declined::pass(5 * MINUTE);
    world.round().await;
    assert_eq!(world.said().await.last(), Some(&of("paid-k-3", "50.00", &id)));
    // Nothing is ever asked for again by itself.
    for _ in 0..5 {
        declined::pass(DAY);
        world.round().await;
    }
    assert_eq!(world.double.calls("POST /v1/payment_intents").await, 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_lost_on_the_way_it_is_one_charge() {
    let mut world = World::on(devices::memory(), lost_charge::now).await;
    let faults = ["lose-request", "lose-answer", "fail-after", "slow-down", "cut", "html", "wrong-type"];
    world.order("50.00").await;
    for (number, fault) in faults.iter().enumerate() {
        world.double.fails("POST /v1/payment_intents", fault).await;
        world.double.fails("GET /v1/payment_intents", "cut").await;
        world.charge(&format!("k-{number}"), "1.00", "succeeded").await;
        for _ in 0..4 {
            world.round().await;
            lost_charge::pass(5 * MINUTE);
        }
        assert_eq!(world.charges().await.len(), number + 1, "{fault}");
        assert_eq!(world.said().await.len(), number + 1, "{fault}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_late_or_paid_meanwhile_is_never_charged() {
    let mut world = World::on(devices::memory(), late_charge::now).await;
    world.double.does(json!({"do":"save","customer":"cus_1","method":"pm_1"})).await;
    world.order("50.00").await;
    // Asked for before the connection was lost, and sent an hour later.
    world.ask_charge("k-1", "50.00").await;
    late_charge::pass(60 * MINUTE);
    world.till.sign_in(&world.shop).await;
    world.till.push(&world.shop).await;
    // Paid in cash while it was on its way.
    world.ask_charge("k-2", "50.00").await;
    let cash = json!({"method":"cash","account":{"code":1000,"party":"A"},"amount":"50.00",
        "allocations":[{"order":"o-2","amount":"50.00"}],"eligible":true});
    world.till.write_as("ana", "p-2", "payment.recorded", cash, Some("mira"), None);
    world.till.push(&world.shop).await;
    for _ in 0..3 {
        world.round().await;
        late_charge::pass(16 * MINUTE);
        world.double.does(json!({"do":"clock","seconds":960})).await;
    }
    // Both are worked on at once, so either is written first.
    let mut said = world.said().await;
    said.sort();
    assert_eq!(said, [of("k-1", "canceled", ""), of("k-2", "canceled", "")]);
    assert!(world.charges().await.is_empty());
    assert_eq!(world.double.calls("POST /v1/payment_intents").await, 0);
}

/// The key of the gateway stays at the endpoint: a device is told what is shown of each card, and the ids.
#[tokio::test(flavor = "multi_thread")]
async fn the_cards_of_a_customer_are_told_to_devices_that_record() {
    let mut world = World::on(devices::memory(), offered::now).await;
    let path = |number: &str| format!("/v1/shops/shop-1/cards?number={number}");
    world.as_if_read().await;
    let asked = async |world: &World, number: &str| {
        world.shop.get(&path(number), &world.till.token).await.ok::<Value>()
    };
    assert_eq!(asked(&world, "cus_1").await, json!({"found":"no-processor","cards":[]}));
    world.round().await;
    assert_eq!(asked(&world, "cus_1").await, json!({"found":"no-customer","cards":[]}));
    for method in ["pm_1", "pm_2"] {
        world.double.does(json!({"do":"save","customer":"cus_1","method":method})).await;
    }
    let card = |method: &str| json!({"method":method,"brand":"visa","last4":"4242","month":9,"year":2031});
    let both = json!({"found":"listed","cards":[card("pm_1"), card("pm_2")]});
    assert_eq!(asked(&world, "cus_1").await, both);
    for fault in ["cut", "html", "wrong-type"] {
        world.double.fails("GET /v1/customers/{id}/payment_methods", fault).await;
        assert_eq!(asked(&world, "cus_1").await, json!({"found":"no-answer","cards":[]}), "{fault}");
    }
    assert_eq!(asked(&world, "cus_1").await, both);
    // What is no number is not passed on, and no answer is for those who may only read, or are not here.
    let before = world.double.calls("GET /v1/customers/{id}/payment_methods").await;
    assert_eq!(world.shop.get(&path("cus_1%2F..%2Fx"), &world.till.token).await.status, 422);
    let reader = world.shop.join("d8", "reader").await;
    assert_eq!(world.shop.get(&path("cus_1"), &reader.token).await.status, 403);
    assert_eq!(world.shop.get(&path("cus_1"), "").await.status, 401);
    assert_eq!(world.double.calls("GET /v1/customers/{id}/payment_methods").await, before);
}
