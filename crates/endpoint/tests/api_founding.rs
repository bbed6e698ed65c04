//! How a shop, its devices and their sessions come to an endpoint.
#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used, missing_docs)]

mod devices;

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use axum::body::Body;
use axum::http::StatusCode;
use devices::{Device, NOW, ORIGIN, SHOP, Shop, memory, request};
use endpoint::{Endpoint, Settings, api};
use serde_json::json;
use sync::wire::{Code, Enrolled, Founded, Meta};
use tokio::time::timeout;

#[tokio::test]
async fn a_shop_founds_itself_in_parts_and_once() {
    let shop = Shop::empty(memory()).await;
    let mut device = Device::new("d1");
    device.open("A");
    device.of_shop("ana", "shop.opened", json!({"name":"Corner Shop","currency":"GBP"}));
    device.customer("mira");
    let wrong = shop.found(device.founding("guess")).await;
    assert_eq!(wrong.code(), Code::WrongCode);
    let code = shop.endpoint.new_setup_code().unwrap();
    let unsigned = device.founding(&code).replacen(r#""count":3"#, r#""count":4"#, 1);
    assert_eq!(shop.found(unsigned).await.code(), Code::WrongSignature);

    let part = |from: u64, lines: &[usize]| device.founding_part(&code, from, lines);
    let gap = shop.found(part(2, &[1])).await.problem();
    assert_eq!((gap.code, gap.due), (Code::Gap, Some(1)));
    for (from, lines, taken) in [(1, &[0, 1][..], 2), (1, &[0, 1], 2), (2, &[1], 2)] {
        let founded: Founded = shop.found(part(from, lines)).await.ok();
        assert_eq!((founded.taken, founded.head), (taken, None));
    }
    assert_eq!(device.answer(&shop, ORIGIN).await.code(), Code::WrongProof);
    let founded: Founded = shop.found(part(2, &[1, 2])).await.ok();
    let head = founded.head.unwrap();
    assert_eq!((founded.taken, head.lseq), (3, 3));
    let statement = head.statement(SHOP);
    founded.endpoint_key.verify(&statement, &head.signature).unwrap();
    // Once more, as when the answer was lost; the code is used.
    let again: Founded = shop.found(part(3, &[2])).await.ok();
    assert_eq!(again.head.unwrap(), head);
    let mut other = Device::new("d9");
    other.open("Z");
    assert_eq!(shop.found(other.founding(&code)).await.code(), Code::ShopExists);

    device.sign_in(&shop).await;
    let (items, more) = device.pull(&shop, 100).await;
    let lines: Vec<_> = items.iter().map(|(_, line, _)| line).collect();
    assert_eq!((lines, more), (device.lines.iter().collect(), false));
}

#[tokio::test]
async fn a_founding_that_does_not_hold_together_is_refused() {
    let shop = Shop::empty(memory()).await;
    let mut device = Device::new("d1");
    device.open("A");
    device.customer("mira");
    device.customer("otto");
    let code = shop.endpoint.new_setup_code().unwrap();
    let founded: Founded = shop.found(device.founding_part(&code, 1, &[0, 2])).await.ok();
    assert_eq!((founded.taken, founded.head), (2, None));
    let twice = shop.found(device.founding_part(&code, 3, &[2])).await;
    assert_eq!(twice.code(), Code::BrokenChain);
    assert!(shop.endpoint.invite(SHOP, "clerk").await.is_err());
    // It begins anew.
    let founded: Founded = shop.found(device.founding(&code)).await.ok();
    assert_eq!(founded.head.unwrap().lseq, 3);
}

#[tokio::test]
async fn codes_cannot_be_guessed_quickly() {
    let (shop, device) = Shop::founded(memory()).await;
    let invite = shop.endpoint.invite(SHOP, "clerk").await.unwrap();
    let wrong = sync::wire::InviteCode([7; 16]);
    let new = Device::new("d2");
    for _ in 0..3 {
        assert_eq!(shop.post("/v1/enrol", &new.enrolment(wrong)).await.code(), Code::WrongCode);
    }
    let reply = shop.post("/v1/enrol", &new.enrolment(invite)).await;
    assert_eq!((reply.code(), reply.header("retry-after")), (Code::SlowDown, "60"));
    assert!(device.heads(&shop, "").await.chains.iter().all(|chain| chain.device == "d1"));
}

#[tokio::test]
async fn an_invite_is_for_one_device_and_a_while() {
    let (shop, _) = Shop::founded(memory()).await;
    let invite = shop.endpoint.invite(SHOP, "clerk").await.unwrap();
    let (new, other) = (Device::new("d2"), Device::new("d3"));
    let mut forged = new.enrolment(invite);
    forged["key"] = json!(other.public());
    assert_eq!(shop.post("/v1/enrol", &forged).await.code(), Code::WrongProof);
    let enrolled: Enrolled = shop.post("/v1/enrol", &new.enrolment(invite)).await.ok();
    assert_eq!((enrolled.shop.as_str(), enrolled.letter.as_deref()), (SHOP, Some("B")));
    // The same device again: the first answer may have been lost.
    let again: Enrolled = shop.post("/v1/enrol", &new.enrolment(invite)).await.ok();
    assert_eq!(again, enrolled);
    assert_eq!(shop.post("/v1/enrol", &other.enrolment(invite)).await.code(), Code::WrongCode);
    // A device that is here already cannot take another's place.
    let second = shop.endpoint.invite(SHOP, "clerk").await.unwrap();
    assert_eq!(shop.post("/v1/enrol", &Device::new("d1").enrolment(second)).await.code(), Code::WrongCode);
    let reader: Enrolled = shop
        .post("/v1/enrol", &other.enrolment(shop.endpoint.invite(SHOP, "reader").await.unwrap()))
        .await
        .ok();
    assert_eq!((reader.role.as_str(), reader.letter), ("reader", None));
}

/// The time of an endpoint that is moved by a test.
static TIME: AtomicU64 = AtomicU64::new(NOW);

#[tokio::test]
async fn an_invite_ends_after_fifteen_minutes() {
    let settings = Settings { origins: vec![ORIGIN.into()] };
    let endpoint = Endpoint::open_at(memory(), settings, || TIME.load(Ordering::SeqCst)).await.unwrap();
    let shop = Shop { router: api(endpoint.clone()), endpoint };
    let mut first = shop.first_device().await;
    let (asked, recorded) = (shop.endpoint.invite(SHOP, "clerk").await.unwrap(), first.invite("ana", false));
    first.push(&shop).await;
    let enrol = async |id: &str, invite| shop.post("/v1/enrol", &Device::new(id).enrolment(invite)).await;
    TIME.store(NOW + 15 * 60_000, Ordering::SeqCst);
    for (id, invite) in [("d2", asked), ("d3", recorded)] {
        assert_eq!(enrol(id, invite).await.code(), Code::WrongCode);
    }
    TIME.store(NOW + 15 * 60_000 - 1, Ordering::SeqCst);
    for (id, invite) in [("d2", asked), ("d3", recorded)] {
        assert_eq!(enrol(id, invite).await.status, StatusCode::OK, "{id}");
    }
}

/// Differences of a check of a signature would be seen, also on a busy machine: the median of many, by turns.
#[tokio::test]
async fn a_device_that_is_not_here_is_refused_in_the_same_time() {
    let (shop, _) = Shop::founded(memory()).await;
    let (mut thief, stranger) = (Device::new("d7"), Device::new("d8"));
    thief.id = "d1".into();
    let mut took = [Vec::new(), Vec::new()];
    for _ in 0..200 {
        for (device, took) in [&thief, &stranger].into_iter().zip(&mut took) {
            let began = Instant::now();
            assert_eq!(device.answer(&shop, ORIGIN).await.code(), Code::WrongProof);
            took.push(began.elapsed());
        }
    }
    let [known, unknown] = took.map(|mut took| {
        took.sort();
        took[took.len() / 2]
    });
    assert!(known < unknown * 3 / 2 && unknown < known * 3 / 2, "{known:?} and {unknown:?}");
}

#[tokio::test]
async fn a_session_is_for_the_device_that_signs_the_challenge_here() {
    let (shop, device) = Shop::founded(memory()).await;
    assert_eq!(device.answer(&shop, "https://elsewhere.example").await.code(), Code::WrongProof);
    let mut thief = Device::new("d7");
    thief.id = "d1".into();
    assert_eq!(thief.answer(&shop, ORIGIN).await.code(), Code::WrongProof);
    // A device that is not here gets a challenge, and the same answer.
    assert_eq!(Device::new("d8").answer(&shop, ORIGIN).await.code(), Code::WrongProof);
    let old = json!({"protocol": 99, "shop": SHOP, "device": "d1"});
    assert_eq!(shop.post("/v1/session", &old).await.code(), Code::PleaseUpdate);
}

#[tokio::test]
async fn a_challenge_is_answered_once() {
    let (shop, device) = Shop::founded(memory()).await;
    let ask = json!({"protocol": 1, "shop": SHOP, "device": "d1"});
    let challenge = shop.post("/v1/session", &ask).await.ok::<sync::wire::Challenged>().challenge;
    let signature = device.sign(&sync::statement::session(ORIGIN, SHOP, "d1", challenge));
    let answer =
        json!({"protocol": 1, "shop": SHOP, "device": "d1", "challenge": challenge, "signature": signature});
    let first = shop.post("/v1/session", &answer).await;
    let session: sync::wire::Session = first.ok();
    assert_eq!((session.token, session.chains), (None, vec![device.head()]));
    let cookie = first.header("set-cookie");
    for part in
        ["__Host-session=", "; Path=/", "; Secure", "; HttpOnly", "; SameSite=Strict", "; Max-Age=3600"]
    {
        assert!(cookie.contains(part), "{cookie}");
    }
    assert_eq!(shop.post("/v1/session", &answer).await.code(), Code::WrongProof);

    // The cookie is good for pages of this origin alone.
    let pair = cookie.split(';').next().unwrap().to_owned();
    let path = format!("/v1/shops/{SHOP}/heads");
    for (origin, expected) in [
        (None, None),
        (Some(ORIGIN), None),
        (Some("https://elsewhere.example"), Some(Code::WrongOrigin)),
        (Some("null"), Some(Code::WrongOrigin)),
    ] {
        let mut headers = vec![("cookie", pair.as_str()), ("host", "shop.example")];
        headers.extend(origin.map(|origin| ("origin", origin)));
        let reply = shop.send(request("GET", &path, &headers).body(Body::empty()).unwrap()).await;
        match expected {
            None => assert_eq!(reply.status, StatusCode::OK, "{origin:?}"),
            Some(code) => assert_eq!(reply.code(), code, "{origin:?}"),
        }
    }
}

#[tokio::test]
async fn nothing_of_a_shop_is_told_without_its_session() {
    let (shop, device) = Shop::founded(memory()).await;
    for path in ["entries?after=0&h=00&limit=1", "heads", "events"] {
        for (token, code) in [("", Code::NoSession), ("Bearer 00", Code::NoSession)] {
            let reply = shop.get(&format!("/v1/shops/{SHOP}/{path}"), token).await;
            assert_eq!(reply.code(), code, "{path}");
        }
        let other = shop.get(&format!("/v1/shops/shop-2/{path}"), &device.token).await;
        assert_eq!(other.code(), Code::UnknownShop, "{path}");
    }
    let reply = shop.post(&format!("/v1/shops/{SHOP}/entries"), &json!({})).await;
    assert_eq!(reply.code(), Code::NoSession);
}

#[tokio::test]
async fn meta_tells_what_the_endpoint_is() {
    let shop = Shop::empty(memory()).await;
    let meta: Meta = shop.get("/v1/meta", "").await.ok();
    assert_eq!((meta.service.as_str(), meta.time), ("counterfoil", NOW));
    let ready = shop.get("/readyz", "").await;
    assert_eq!((ready.status, ready.text.as_str()), (StatusCode::OK, "ready"));
}

#[tokio::test]
async fn four_parts_of_foundings_are_received_at_a_time() {
    let shop = Shop::empty(memory()).await;
    let stalled = || {
        let body = Body::from_stream(futures_util::stream::pending::<Result<Vec<u8>, std::io::Error>>());
        shop.send(request("POST", "/v1/shops", &[]).body(body).unwrap())
    };
    let mut four = [0; 4].map(|_| Box::pin(stalled()));
    for one in &mut four {
        assert!(timeout(Duration::from_millis(5), one).await.is_err());
    }
    let fifth = timeout(Duration::from_secs(10), stalled()).await.unwrap();
    assert_eq!((fifth.code(), fifth.header("retry-after")), (Code::SlowDown, "5"));
    drop(four);
    assert_eq!(shop.found("{}".into()).await.code(), Code::MissingField);
}
