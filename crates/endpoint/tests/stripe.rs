//! The calls of a gateway against the double, with all that can happen to one.
#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used, missing_docs)]

mod double;

use std::time::Duration;

use double::{Double, KEY};
use endpoint::gateway::{Ask, CallError, CardKept, Deed, Gateway, LinkAsk, Wanted};
use serde_json::json;

const PATIENCE: Duration = Duration::from_secs(30);

fn ask(key: &str, amount: u64) -> Ask {
    let of = Wanted { shop: "shop-1".into(), refund: "r-1".into() };
    let (deed, currency) = (Deed::Refund, "gbp".into());
    Ask { of, deed, payment: "pi_1".into(), amount, currency, key: key.into() }
}

#[tokio::test]
async fn a_refund_is_asked_for_and_found_again() {
    let double = Double::start().await;
    let stripe = double.stripe(KEY, PATIENCE);
    assert_eq!(stripe.payment("pi_1").await.unwrap().currency, "gbp");
    assert_eq!(stripe.payment("ch_1").await.unwrap().currency, "gbp");
    let made = stripe.ask(&ask("k", 3_000)).await.unwrap();
    assert_eq!((made.amount, made.currency.as_str(), made.status.as_str()), (3_000, "gbp", "succeeded"));
    assert_eq!(made.of, Some(ask("k", 3_000).of));
    assert_eq!(made.payments, ["pi_1", "ch_1"]);
    assert_eq!(stripe.ask(&ask("k", 3_000)).await.unwrap(), made);
    assert_eq!(stripe.refund(&made.id).await.unwrap(), made);
    for payment in ["pi_1", "ch_1"] {
        assert_eq!(stripe.refunds(payment).await.unwrap().refunds, std::slice::from_ref(&made));
    }
    double.does(json!({"do":"refund","payment":"pi_1","amount":1_000})).await;
    let listed = stripe.refunds("pi_1").await.unwrap();
    assert_eq!(listed.refunds.iter().map(|refund| refund.of.is_some()).collect::<Vec<_>>(), [false, true]);
}

#[tokio::test]
async fn the_time_is_the_gateways() {
    let double = Double::start().await;
    let stripe = double.stripe(KEY, PATIENCE);
    let before = stripe.refunds("pi_1").await.unwrap().now;
    double.does(json!({"do":"clock","seconds":90_000})).await;
    assert_eq!(stripe.refunds("pi_1").await.unwrap().now - before, 90_000_000);
}

#[tokio::test]
async fn all_pages_of_a_list_are_read() {
    let double = Double::start().await;
    double.does(json!({"do":"refund","payment":"pi_1","amount":10,"count":205})).await;
    let stripe = double.stripe(KEY, PATIENCE);
    assert_eq!(stripe.refunds("pi_1").await.unwrap().refunds.len(), 205);
    double.fails("GET /v1/refunds", "cut").await;
    assert!(matches!(stripe.refunds("pi_1").await, Err(CallError::Unknown(_))));
}

#[tokio::test]
async fn what_is_not_a_good_answer_is_not_known_to_be_one() {
    let double = Double::start().await;
    let stripe = double.stripe(KEY, Duration::from_secs(5));
    let made = stripe.ask(&ask("first", 10)).await.unwrap();
    let faults = [
        "lose-request",
        "lose-answer",
        "fail-before",
        "fail-after",
        "slow-down",
        "cut",
        "html",
        "wrong-type",
        "redirect",
        "too-long",
    ];
    for fault in faults {
        for call in
            ["GET /v1/payment_intents/{id}", "GET /v1/refunds", "GET /v1/refunds/{id}", "POST /v1/refunds"]
        {
            double.fails(call, fault).await;
            let error = match call {
                "GET /v1/payment_intents/{id}" => stripe.payment("pi_1").await.err(),
                "GET /v1/refunds" => stripe.refunds("pi_1").await.err(),
                "GET /v1/refunds/{id}" => stripe.refund(&made.id).await.err(),
                _ => stripe.ask(&ask(fault, 10)).await.err(),
            };
            assert!(matches!(error, Some(CallError::Unknown(_))), "{call} with {fault}: {error:?}");
        }
    }
    // Each was sent once: nothing repeats a request by itself.
    assert_eq!(double.calls("POST /v1/refunds").await, 1 + faults.len() as u64);
    double.does(json!({"do":"fault","on":"POST /v1/refunds","fault":"delay","seconds":3})).await;
    let impatient = double.stripe(KEY, Duration::from_millis(300));
    assert!(matches!(impatient.ask(&ask("late", 10)).await, Err(CallError::Unknown(_))));
}

#[tokio::test]
async fn refusals_are_told_from_failures() {
    let double = Double::start().await;
    let stripe = double.stripe(KEY, PATIENCE);
    assert_eq!(stripe.payment("pi_9").await, Err(CallError::NotThere));
    assert_eq!(stripe.payment("12345").await, Err(CallError::NotThere));
    assert_eq!(stripe.refund("re_9").await, Err(CallError::NotThere));
    assert!(matches!(stripe.ask(&ask("k", 10_001)).await, Err(CallError::Refused(_))));
    stripe.ask(&ask("k", 10_000)).await.unwrap();
    let refused = Err(CallError::Refused("charge_already_refunded".into()));
    assert_eq!(stripe.ask(&ask("k2", 1)).await, refused);
    // Another request by the same key is a mistake of ours, and says nothing about the refund.
    assert!(matches!(stripe.ask(&ask("k", 9_999)).await, Err(CallError::Unknown(_))));
    let without = double.stripe("rk_test_noright12345678", PATIENCE);
    assert!(matches!(without.ask(&ask("k3", 1)).await, Err(CallError::Unknown(_))));
}

fn charge(key: &str, amount: u64) -> Ask {
    let of = Wanted { shop: "shop-1".into(), refund: "k-1".into() };
    let (deed, currency) = (Deed::Charge("pm_1".into()), "gbp".into());
    Ask { of, deed, payment: "cus_1".into(), amount, currency, key: key.into() }
}

#[tokio::test]
async fn a_saved_card_is_charged_and_found_again() {
    let double = Double::start().await;
    let stripe = double.stripe(KEY, PATIENCE);
    double.does(json!({"do":"save","customer":"cus_1","method":"pm_1"})).await;
    assert!(stripe.charges("cus_1").await.unwrap().refunds.is_empty());
    let made = stripe.ask(&charge("k", 3_000)).await.unwrap();
    assert_eq!((made.amount, made.currency.as_str(), made.status.as_str()), (3_000, "gbp", "succeeded"));
    assert_eq!((&made.of, made.payments.as_slice()), (&Some(charge("k", 1).of), &["cus_1".to_owned()][..]));
    assert_eq!(stripe.ask(&charge("k", 3_000)).await.unwrap(), made);
    assert_eq!(stripe.charge(&made.id).await.unwrap(), made);
    assert_eq!(stripe.charges("cus_1").await.unwrap().refunds, std::slice::from_ref(&made));
    // What is charged is a payment that can be refunded.
    let refund = Ask { payment: made.id.clone(), ..ask("r", 1_000) };
    assert_eq!(stripe.ask(&refund).await.unwrap().payments[0], made.id);
    assert!(matches!(stripe.cancel_charge(&made.id).await, Err(CallError::Refused(_))));
}

#[tokio::test]
async fn a_charge_that_is_declined_is_there_and_can_be_canceled() {
    let double = Double::start().await;
    let stripe = double.stripe(KEY, PATIENCE);
    for (outcome, reason) in
        [("insufficient_funds", "insufficient_funds"), ("approve", "authentication_required")]
    {
        double.does(json!({"do":"save","customer":"cus_1","method":"pm_1","outcome":outcome})).await;
        let declined = stripe.ask(&charge(outcome, 3_000)).await.unwrap();
        assert_eq!(declined.status, "requires_payment_method");
        assert_eq!(declined.reason.as_deref(), Some(reason));
        let canceled = stripe.cancel_charge(&declined.id).await.unwrap();
        assert_eq!((canceled.status.as_str(), canceled.reason.as_deref()), ("canceled", Some(reason)));
    }
}

#[tokio::test]
async fn who_or_what_is_not_there_is_not_charged() {
    let double = Double::start().await;
    let stripe = double.stripe(KEY, PATIENCE);
    for customer in ["cus_9", "4242424242424242", "cus_1&limit=1"] {
        assert_eq!(stripe.charges(customer).await, Err(CallError::NotThere), "{customer}");
    }
    double.does(json!({"do":"save","customer":"cus_1","method":"pm_1"})).await;
    let other = Ask { deed: Deed::Charge("pm_9".into()), ..charge("k", 3_000) };
    assert_eq!(stripe.ask(&other).await, Err(CallError::Refused("resource_missing".into())));
    let number = Ask { deed: Deed::Charge("4242424242424242".into()), ..charge("k", 3_000) };
    assert_eq!(stripe.ask(&number).await, Err(CallError::Refused("invalid_id".into())));
    for call in ["GET /v1/payment_intents", "GET /v1/payment_intents/{id}", "POST /v1/payment_intents"] {
        for fault in ["lose-answer", "fail-after", "cut", "html", "slow-down"] {
            double.fails(call, fault).await;
            let error = match call {
                "GET /v1/payment_intents" => stripe.charges("cus_1").await.err(),
                "POST /v1/payment_intents" => stripe.ask(&charge(fault, 100)).await.err(),
                _ => stripe.charge("pi_1").await.err(),
            };
            assert!(matches!(error, Some(CallError::Unknown(_))), "{call} with {fault}: {error:?}");
        }
    }
}

/// A link that can be paid for 22 hours from `now`, in milliseconds since 1970.
fn link(key: &str, amount: u64, now: u64) -> Ask {
    let of = Wanted { shop: "shop-1".into(), refund: "k-1".into() };
    let page = "https://shop.example/v1/paid".into();
    let deed = Deed::Link(LinkAsk {
        shown: "AI-1 & more".into(),
        page,
        asked: now,
        expires: Some(now + 22 * 3_600_000),
        saves: false,
    });
    Ask { of, deed, payment: "k-1".into(), amount, currency: "gbp".into(), key: key.into() }
}

#[tokio::test]
async fn a_link_is_made_found_again_and_ended() {
    let double = Double::start().await;
    let stripe = double.stripe(KEY, PATIENCE);
    let now = stripe.refunds("pi_1").await.unwrap().now;
    let made = stripe.ask(&link("k", 3_000, now)).await.unwrap();
    assert_eq!((made.amount, made.currency.as_str(), made.status.as_str()), (3_000, "gbp", "open"));
    assert_eq!((&made.of, made.payments.as_slice()), (&Some(link("k", 1, 0).of), &["k-1".to_owned()][..]));
    let at = made.link.clone().unwrap();
    assert_eq!((at.expires, at.paid_as), (now + 22 * 3_600_000, None));
    assert!(at.address.unwrap().starts_with("https://"));
    assert_eq!(stripe.ask(&link("k", 3_000, now)).await.unwrap(), made);
    assert_eq!(stripe.link(&made.id).await.unwrap(), made);
    assert_eq!(stripe.links(now).await.unwrap().refunds, std::slice::from_ref(&made));
    assert!(stripe.links(now + 1_000).await.unwrap().refunds.is_empty());
    // What is paid has the number of its payment, and can be refunded and not be ended.
    double.does(json!({"do":"checkout","link":made.id})).await;
    let paid = stripe.link(&made.id).await.unwrap();
    let number = paid.link.unwrap().paid_as.unwrap();
    assert_eq!(paid.status, "paid");
    let refund = Ask { payment: number.clone(), ..ask("r", 1_000) };
    assert_eq!(stripe.ask(&refund).await.unwrap().payments[0], number);
    assert!(matches!(stripe.expire_link(&made.id).await, Err(CallError::Refused(_))));
    let other = stripe.ask(&link("k2", 3_000, now)).await.unwrap();
    assert_eq!(stripe.expire_link(&other.id).await.unwrap().status, "expired");
    assert_eq!(stripe.expire_link("cs_9").await, Err(CallError::NotThere));
    // Another expiry with the same key is another request, and says nothing about the link.
    assert!(matches!(stripe.ask(&link("k2", 3_000, now + 60_000)).await, Err(CallError::Unknown(_))));
    assert!(matches!(stripe.ask(&link("k3", 3_000, now - 22 * 3_600_000)).await, Err(CallError::Refused(_))));
}

#[tokio::test]
async fn a_link_saves_the_card_only_if_that_is_asked_for() {
    let double = Double::start().await;
    let stripe = double.stripe(KEY, PATIENCE);
    let now = stripe.refunds("pi_1").await.unwrap().now;
    let mut saving = link("k", 3_000, now);
    if let Deed::Link(link) = &mut saving.deed {
        link.saves = true;
    }
    let made = stripe.ask(&saving).await.unwrap();
    assert_eq!(stripe.link(&made.id).await.unwrap().link.unwrap().kept, CardKept::Unknown);
    double.does(json!({"do":"checkout","link":made.id})).await;
    // A list does not say it; the link itself does.
    let listed = stripe.links(now).await.unwrap().refunds[0].clone();
    assert_eq!((listed.status.as_str(), listed.link.unwrap().kept), ("paid", CardKept::Unknown));
    double.fails("GET /v1/payment_intents/{id}", "cut").await;
    assert!(matches!(stripe.link(&made.id).await, Err(CallError::Unknown(_))));
    let CardKept::Card(card) = stripe.link(&made.id).await.unwrap().link.unwrap().kept else {
        panic!("no card")
    };
    assert_eq!(card.shown.as_deref(), Some("Visa •••• 4242, 9/31"));
    assert_eq!(stripe.cards(&card.customer).await.unwrap()[0].method, card.method);
    let made = stripe.ask(&link("k2", 3_000, now)).await.unwrap();
    double.does(json!({"do":"checkout","link":made.id})).await;
    assert_eq!(stripe.link(&made.id).await.unwrap().link.unwrap().kept, CardKept::No);
}

#[tokio::test]
async fn no_answer_about_a_link_is_no_news_of_it() {
    let double = Double::start().await;
    let stripe = double.stripe(KEY, PATIENCE);
    let now = stripe.refunds("pi_1").await.unwrap().now;
    let made = stripe.ask(&link("k", 3_000, now)).await.unwrap();
    let (list, one) = ("GET /v1/checkout/sessions", "GET /v1/checkout/sessions/{id}");
    let (make, end) = ("POST /v1/checkout/sessions", "POST /v1/checkout/sessions/{id}/expire");
    for call in [list, one, make, end] {
        for fault in ["lose-request", "fail-before", "cut", "html", "slow-down"] {
            double.fails(call, fault).await;
            let error = match call {
                call if call == list => stripe.links(now).await.err(),
                call if call == one => stripe.link(&made.id).await.err(),
                call if call == make => stripe.ask(&link(fault, 3_000, now)).await.err(),
                _ => stripe.expire_link(&made.id).await.err(),
            };
            assert!(matches!(error, Some(CallError::Unknown(_))), "{call} with {fault}: {error:?}");
        }
    }
}
