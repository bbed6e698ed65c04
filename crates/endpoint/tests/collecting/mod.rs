//! Instalments that the endpoint collects by itself, from the entry of a counter to the gateway and back into the journal as payments.

use super::*;
use serde_json::Value;

clocks! { collected declined_plan two_at_once ahead off_for_months other_way put_back told_before }

pub const HOUR: u64 = 60 * MINUTE;

impl World {
    /// A shop in which mira owes 100.00 on `o-2` in two instalments, and has agreed that they are collected. It is 9:00 on 2 March 2026 in
    /// London, where the first one is due on 5 March.
    pub async fn with_plan(now: fn() -> u64) -> Self {
        Self::with_instalments(now, ["2026-03-05", "2026-04-05"].map(str::to_owned)).await
    }

    /// The same, with instalments of 40.00 and 60.00 on these days.
    pub async fn with_instalments(now: fn() -> u64, [first, second]: [String; 2]) -> Self {
        let mut world = Self::hooked(now).await;
        world.double.does(json!({"do":"save","customer":"cus_1","method":"pm_1"})).await;
        world.as_if_read().await;
        let lines = json!([{"text":"Table","qty":1,"unit":"100.00","gross":"100.00","rate":"0"}]);
        let order = json!({"lines":lines,"groups":[{"rate":"0","gross":"100.00","tax":"0.00"}]});
        world.till.write_as("ana", "o-2", "order.placed", order, Some("mira"), None);
        let parts = json!([{"due":first,"amount":"40.00"},{"due":second,"amount":"60.00"}]);
        let plan = json!({"order":"o-2","instalments":parts});
        world.till.write_as("ana", "plan-1", "order.planned", plan, Some("mira"), None);
        let saved = json!({"customer":"mira","card":card()});
        world.till.write_as("ana", "card-1", "card.saved", saved, Some("mira"), None);
        world.switch("l-1", true).await;
        world
    }

    pub async fn switch(&mut self, id: &str, on: bool) {
        self.as_if_read().await;
        let set = match on {
            true => json!({"order":"o-2","agreed":{"plan":"plan-1","card":card(),"notice":3}}),
            false => json!({"order":"o-2"}),
        };
        self.till.write_as("ana", id, "collection.set", set, Some("mira"), None);
        self.till.push(&self.shop).await;
    }

    pub async fn outcome(&self, outcome: &str) {
        self.double.does(json!({"do":"save","customer":"cus_1","method":"pm_1","outcome":outcome})).await;
    }

    pub async fn cash(&mut self, id: &str, amount: &str) {
        self.as_if_read().await;
        let cash = json!({"method":"cash","account":{"code":1000,"party":"A"},"amount":amount,
            "allocations":[{"order":"o-2","amount":amount}],"eligible":true});
        self.till.write_as("ana", id, "payment.recorded", cash, Some("mira"), None);
        self.till.push(&self.shop).await;
    }

    /// Time passes here and at the processor, and the endpoint works every few hours.
    async fn days(&self, pass: fn(u64), days: u64) {
        for _ in 0..days * 2 {
            self.time(pass, 12 * HOUR).await;
            for _ in 0..2 {
                self.round().await;
            }
        }
    }

    pub async fn time(&self, pass: fn(u64), millis: u64) {
        pass(millis);
        self.double.does(json!({"do":"clock","seconds":millis / 1_000})).await;
    }

    /// The charges at the processor that were made: their amounts.
    pub async fn made(&self) -> Vec<u64> {
        let seen = self.double.does(json!({"do":"look"})).await;
        let made = seen["charges"].as_array().unwrap().iter();
        made.filter(|charge| charge["status"] == "succeeded")
            .map(|charge| charge["amount"].as_u64().unwrap())
            .collect()
    }

    /// What endpoints have asked for: the ids of charges, their numbers and dates, and why collecting has stopped.
    pub async fn asked(&self) -> Vec<(String, String, String)> {
        let asked =
            records(&*self.store, "shop-1", 0).await.into_iter().filter(|record| record.device != "d1");
        let asked = asked.filter_map(|record| {
            let line: Value = serde_json::from_slice(&record.entry).unwrap();
            let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
            let on = text(&line["on"]);
            match line["kind"].as_str()? {
                "charge.asked" => Some((text(&line["id"]), text(&line["no"]), on)),
                "collection.set" => Some(("stopped".to_owned(), text(&line["body"]["stopped"]), on)),
                _ => None,
            }
        });
        asked.collect()
    }
}

fn card() -> Value {
    json!({"customer":"cus_1","method":"pm_1","shown":"Visa 4242"})
}

/// The letters with which the numbers of the endpoint begin differ by epoch.
fn days_of(asked: &[(String, String, String)]) -> Vec<(&str, &str)> {
    asked.iter().map(|(id, _, on)| (id.as_str(), on.as_str())).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn each_instalment_is_collected_once_on_its_day_in_the_zone_of_the_counter() {
    let mut world = World::with_plan(collected::now).await;
    // Until a minute before midnight nothing is asked for.
    for _ in 0..62 {
        world.time(collected::pass, HOUR).await;
        world.round().await;
    }
    world.time(collected::pass, 59 * MINUTE).await;
    world.round().await;
    assert_eq!((world.asked().await, world.made().await), (vec![], vec![]));
    world.time(collected::pass, MINUTE).await;
    world.time(collected::pass, HOUR).await;
    world.round().await;
    world.round().await;
    assert_eq!(world.made().await, [4_000]);
    world.days(collected::pass, 40).await;
    let asked = world.asked().await;
    let expected = [("collect-l-1-20260305-0", "2026-03-05"), ("collect-l-1-20260405-0", "2026-04-05")];
    assert_eq!((days_of(&asked), world.made().await), (expected.to_vec(), vec![4_000, 6_000]));
    // Each has a number of its own, and its payment has it too.
    assert!(asked[0].1.ends_with("P-0001") && asked[1].1.ends_with("P-0002"), "{asked:?}");
    let said = world.said().await;
    assert_eq!((said[0].0.as_str(), said[0].1.as_str()), ("collect-l-1-20260305-0p", "40.00"));
    assert_eq!((said.len(), said[1].0.as_str()), (2, "collect-l-1-20260405-0p"));
    assert_eq!(world.double.calls("POST /v1/payment_intents").await, 2);
    // What is found on the processor's page gets a number of another series, from 1.
    world.double.does(json!({"do":"refund","payment":"pi_1","amount":1_000,"count":1})).await;
    world.refund("r-1", "1.00").await;
    world.days(collected::pass, 1).await;
    let lines = records(&*world.store, "shop-1", 0).await;
    let found = lines.iter().map(|record| serde_json::from_slice::<Value>(&record.entry).unwrap());
    let mut found = found.filter(|line| line["kind"] == "refund.requested");
    assert!(found.next().unwrap()["no"].as_str().unwrap().ends_with("R-0001"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_decline_is_tried_again_three_times_and_then_it_stops() {
    let mut world = World::with_plan(declined_plan::now).await;
    world.outcome("insufficient_funds").await;
    world.days(declined_plan::pass, 60).await;
    let asked = world.asked().await;
    let expected = [
        ("collect-l-1-20260305-0", "2026-03-05"),
        ("collect-l-1-20260305-1", "2026-03-06"),
        ("collect-l-1-20260305-2", "2026-03-08"),
        ("collect-l-1-20260305-3", "2026-03-12"),
        ("stopped", "2026-03-12"),
    ];
    assert_eq!(days_of(&asked), expected);
    assert_eq!((asked[4].1.as_str(), world.made().await), ("declined", vec![]));
    // A person has dealt with it: the rest is collected.
    let mut fresh = World::with_plan(other_way::now).await;
    fresh.outcome("insufficient_funds").await;
    fresh.days(other_way::pass, 4).await;
    fresh.cash("p-9", "40.00").await;
    fresh.outcome("succeeded").await;
    fresh.days(other_way::pass, 25).await;
    assert_eq!(fresh.made().await, [] as [u64; 0]);
    // Switched off before its day.
    fresh.switch("l-1-off", false).await;
    fresh.days(other_way::pass, 20).await;
    assert_eq!((fresh.asked().await.len(), fresh.made().await), (2, vec![]));
    world.switch("l-2", true).await;
    world.outcome("succeeded").await;
    world.days(declined_plan::pass, 5).await;
    // Both are weeks late by then: it stops again, and nothing is charged.
    let asked = world.asked().await;
    assert_eq!((asked.len(), asked[5].1.as_str(), world.made().await), (6, "missed", vec![]));
}

#[tokio::test(flavor = "multi_thread")]
async fn endpoints_over_one_store_ask_once() {
    let world = World::with_plan(two_at_once::now).await;
    let gateway = world.double.gateway();
    let others = [opened(&world.store, two_at_once::now).await, opened(&world.store, two_at_once::now).await];
    let others = others.map(|endpoint| Refunds::new(endpoint, Arc::clone(&gateway), None));
    for _ in 0..24 {
        world.time(two_at_once::pass, 4 * HOUR).await;
        let (first, second) = tokio::join!(others[0].round(), others[1].round());
        first.unwrap();
        second.unwrap();
    }
    assert_eq!((world.asked().await.len(), world.made().await), (1, vec![4_000]));
    assert_eq!(world.double.calls("POST /v1/payment_intents").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_is_ahead_collects_nothing_before_its_day() {
    let world = World::with_plan(ahead::now).await;
    // The clock of the endpoint jumps to the day, and then by a year; that of the processor does not.
    for jump in [3 * DAY, 365 * DAY] {
        ahead::pass(jump);
        for _ in 0..30 {
            world.time(ahead::pass, 20 * MINUTE).await;
            world.round().await;
        }
        assert_eq!((world.asked().await, world.made().await), (vec![], vec![]), "{jump}");
    }
    // The processor gives no answer: nothing is asked for, and it is tried again.
    world.double.does(json!({"do":"clock","seconds":3 * DAY / 1_000})).await;
    world.double.fails("GET /v1/payment_intents", "cut").await;
    world.time(ahead::pass, 61 * MINUTE).await;
    world.round().await;
    assert_eq!(world.asked().await, []);
    world.time(ahead::pass, 11 * MINUTE).await;
    world.round().await;
    world.round().await;
    assert_eq!(world.made().await, [4_000]);
    assert_eq!(world.asked().await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_missed_for_long_is_not_collected_all_at_once() {
    let world = World::with_plan(off_for_months::now).await;
    // No endpoint runs for three months.
    world.time(off_for_months::pass, 90 * DAY).await;
    world.days(off_for_months::pass, 3).await;
    let asked = world.asked().await;
    assert_eq!((asked.len(), asked[0].1.as_str(), world.made().await), (1, "missed", vec![]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_that_was_put_back_does_not_collect_again() {
    let first = World::with_plan(put_back::now).await;
    first.days(put_back::pass, 4).await;
    assert_eq!(first.made().await, [4_000]);
    let World { double, .. } = first;
    // The log is that of before the day, and the processor is the same.
    let second = World { double, ..World::with_plan(put_back::now).await };
    second.round().await;
    second.days(put_back::pass, 2).await;
    assert_eq!(second.asked().await.len(), 1);
    assert_eq!((second.made().await, second.said().await.len()), (vec![4_000], 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_customer_is_told_before_and_not_twice() {
    let mut world = World::with_plan(told_before::now).await;
    world.sends_mails().await;
    let first = ("collect-l-1-20260305-0".to_owned(), "mira@example.net".to_owned());
    for _ in 0..3 {
        world.round().await;
        world.time(told_before::pass, 5 * HOUR).await;
    }
    assert_eq!(world.mails().await, vec![first.clone()]);
    // Who wants no mail gets none.
    world.customer("mira-3", json!({"customer":"mira","no_mail":true})).await;
    world.days(told_before::pass, 40).await;
    assert_eq!((world.mails().await, world.made().await), (vec![first], vec![4_000, 6_000]));
}
