//! The interface for devices: what is admitted, what is handed out, and to whom.
#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used, missing_docs)]

mod devices;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::channel;
use std::time::Duration;

use axum::body::Body;
use axum::http::StatusCode;
use devices::{Device, NOW, ORIGIN, Reply, SHOP, Shop, request};
use endpoint::store::{Memory, Pending, ReadWork, Sqlite, Store, Write, WriteWork, backup, restore};
use endpoint::{Limits, guard};
use futures_util::StreamExt;
use journal::{Press, SideVerdict};
use serde_json::{Value, json};
use sync::wire::{Code, Enrolled, Founded, Meta, Pushed, Reoffer, Reoffered};
use sync::{Checkpoint, LogHash};
use tempfile::TempDir;
use tokio::time::timeout;
use tower::ServiceExt;

fn memory() -> Arc<dyn Store> {
    Arc::new(Memory::default())
}

async fn end(shop: &Shop, device: &Device) -> u64 {
    device.heads(shop, "").await.head.lseq
}

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
async fn a_push_is_pulled_byte_for_byte_by_another_device() {
    let (shop, mut till) = Shop::founded(memory()).await;
    let mut other = shop.join("d2", "clerk").await;
    other.after = Checkpoint { lseq: 0, log_hash: LogHash::empty(SHOP) };
    till.credit("ana", "25.00", None);
    let pushed = till.push(&shop).await;
    assert_eq!((pushed.acked_through, pushed.refused.len(), pushed.head.lseq), (5, 0, 5));
    let (items, more) = other.pull(&shop, 100).await;
    let expected: Vec<_> =
        (1..).zip(&till.lines).map(|(lseq, line)| (lseq, line.clone(), "ok".into())).collect();
    assert_eq!((items, more), (expected, false));
    // The same again, whole or in part, changes nothing.
    for from in [0, 3, 4] {
        let again: Pushed = till.send(&shop, till.push_of(from, 5)).await.ok();
        assert_eq!((again.acked_through, again.head.lseq), (5, 5));
    }
    other.credit("ana", "1.00", None);
    assert_eq!(other.push(&shop).await.head.lseq, 7);
    assert_eq!(till.pull(&shop, 100).await.0.len(), 3);
}

#[tokio::test]
async fn a_gap_and_a_fork_are_told_with_what_is_due() {
    let (shop, mut till) = Shop::founded(memory()).await;
    till.credit("ana", "1.00", None);
    till.credit("ana", "2.00", None);
    let gap = till.send(&shop, till.push_of(5, 6)).await.problem();
    assert_eq!((gap.code, gap.chain, gap.due), (Code::Gap, Some(1), Some(5)));
    till.push(&shop).await;
    // A copy of the device that went on alone.
    let mut copy = Device::new("d1");
    (copy.lines, copy.token) = (till.lines[..5].to_vec(), till.token.clone());
    (copy.epoch, copy.after, copy.clock) = (till.epoch, till.after, till.clock);
    copy.credit("ana", "3.00", None);
    let fork = copy.send(&shop, copy.push_of(5, 6)).await.problem();
    assert_eq!((fork.code, fork.seq, fork.free_chain), (Code::Fork, Some(6), Some(2)));
    assert_eq!(end(&shop, &till).await, 6);
}

#[tokio::test]
async fn lines_that_are_not_signed_or_not_whole_are_refused() {
    let (shop, mut till) = Shop::founded(memory()).await;
    till.credit("ana", "1.00", Press::at(0, 2));
    till.credit("ana", "2.00", Press::at(1, 2));
    let split = till.send(&shop, till.push_of(4, 5)).await;
    assert_eq!(split.code(), Code::SplitPress);
    let unsigned = till.push_of(4, 6);
    let cut = unsigned.rfind(r#","signature""#).unwrap();
    let unsigned = format!("{}}}]}}", &unsigned[..cut]);
    assert_eq!(till.send(&shop, unsigned).await.code(), Code::Unsigned);
    let mut thief = Device::new("d7");
    (thief.id, thief.lines, thief.token) = ("d1".into(), till.lines.clone(), till.token.clone());
    (thief.epoch, thief.after) = (till.epoch, till.after);
    assert_eq!(thief.send(&shop, thief.push_of(4, 6)).await.code(), Code::WrongSignature);
    let foreign = shop.join("d2", "clerk").await;
    let reply = foreign.send(&shop, till.push_of(4, 6)).await;
    assert_eq!(reply.code(), Code::WrongPlace);
    assert_eq!(end(&shop, &till).await, 4);
    assert_eq!(till.push(&shop).await.acked_through, 6);
}

#[tokio::test]
async fn a_reader_reads_and_does_not_write() {
    let (shop, till) = Shop::founded(memory()).await;
    let mut reader = shop.join("d2", "reader").await;
    reader.open("X");
    let reply = reader.send(&shop, reader.push_of(0, 1)).await;
    assert_eq!(reply.code(), Code::ReadOnly);
    assert_eq!(reader.pull(&shop, 100).await.0.len(), till.lines.len());
}

/// The verdicts of the lines that a device pushes.
async fn verdicts(shop: &Shop, device: &mut Device) -> Vec<(u64, SideVerdict)> {
    let pushed = device.push(shop).await;
    assert_eq!(pushed.acked_through, device.lines.len() as u64, "a refused line never holds up its chain");
    pushed.refused.iter().map(|refused| (refused.seq, refused.code)).collect()
}

#[tokio::test]
async fn rights_are_judged_by_what_the_log_has() {
    let (shop, mut till) = Shop::founded(memory()).await;
    let mut second = shop.join("d2", "clerk").await;
    second.credit("bob", "25.00", None);
    assert_eq!(verdicts(&shop, &mut second).await, [(2, SideVerdict::RefusedRole)]);
    second.credit("nobody", "25.00", None);
    assert_eq!(verdicts(&shop, &mut second).await, [(3, SideVerdict::RefusedRole)]);
    second.credit("ana", "25.00", None);
    assert_eq!(verdicts(&shop, &mut second).await, []);

    till.of_shop("ana", "right.granted", json!({"member":"bob","kind":"credit.granted","up_to":"50.00"}));
    assert_eq!(verdicts(&shop, &mut till).await, []);
    second.credit("bob", "50.00", None);
    second.credit("bob", "50.01", None);
    assert_eq!(verdicts(&shop, &mut second).await, [(6, SideVerdict::RefusedLimit)]);

    // A clerk cannot make himself an admin.
    second.of_shop("bob", "staff.changed", json!({"member":"bob","role":"admin"}));
    second.credit("bob", "99.00", None);
    let refused = [(7, SideVerdict::RefusedRole), (8, SideVerdict::RefusedLimit)];
    assert_eq!(verdicts(&shop, &mut second).await, refused);

    till.of_shop("ana", "staff.changed", json!({"member":"bob","role":"admin"}));
    till.credit("bob", "99.00", None);
    assert_eq!(verdicts(&shop, &mut till).await, []);
    till.of_shop("ana", "staff.changed", json!({"member":"bob","left":true}));
    assert_eq!(verdicts(&shop, &mut till).await, []);
    second.write_as("bob", "otto", "customer.added", json!({"name":"Otto"}), Some("otto"), None);
    assert_eq!(verdicts(&shop, &mut second).await, [(9, SideVerdict::RefusedRole)]);
}

#[tokio::test]
async fn a_press_has_one_verdict() {
    let (shop, _) = Shop::founded(memory()).await;
    let mut second = shop.join("d2", "clerk").await;
    second.write_as("bob", "otto", "customer.added", json!({"name":"Otto"}), Some("otto"), Press::at(0, 2));
    second.credit("bob", "5.00", Press::at(1, 2));
    let both = [(2, SideVerdict::RefusedRole), (3, SideVerdict::RefusedRole)];
    assert_eq!(verdicts(&shop, &mut second).await, both);
}

#[tokio::test]
async fn a_revoked_device_sends_what_it_has_and_reads_nothing() {
    let (shop, mut till) = Shop::founded(memory()).await;
    let mut second = shop.join("d2", "clerk").await;
    verdicts(&shop, &mut second).await;
    assert!(shop.endpoint.revoke(SHOP, "d2").await.unwrap());
    assert!(!shop.endpoint.revoke(SHOP, "d9").await.unwrap());
    second.credit("ana", "5.00", None);
    assert_eq!(verdicts(&shop, &mut second).await, [(2, SideVerdict::RefusedRevoked)]);
    assert_eq!(second.pull_reply(&shop, 10).await.code(), Code::Revoked);
    let heads = shop.get(&format!("/v1/shops/{SHOP}/heads"), &second.token).await;
    assert_eq!(heads.code(), Code::Revoked);
    assert!(second.sign_in(&shop).await.revoked);
    let (items, _) = till.pull(&shop, 10).await;
    assert_eq!(items.last().unwrap().2, "refused-revoked");
}

#[tokio::test]
async fn a_kind_of_a_newer_version_is_kept_and_a_broken_body_is_refused() {
    let (shop, mut till) = Shop::founded(memory()).await;
    till.of_shop("ana", "moon.landed", json!({"any": ["thing", 1.5]}));
    assert_eq!(verdicts(&shop, &mut till).await, []);
    assert!(till.pull(&shop, 10).await.0[0].1.contains(r#""any":["thing",1.5]"#));
    till.write_as("ana", "x", "credit.granted", json!({"amount":1.5,"reason":"x"}), Some("mira"), None);
    let problem = till.send(&shop, till.push_of(5, 6)).await.problem();
    assert_eq!((problem.code, problem.item), (Code::WrongEntry, Some(0)));
}

#[tokio::test]
async fn clocks_far_ahead_are_clamped_and_never_refused() {
    let (shop, mut till) = Shop::founded(memory()).await;
    till.clock = journal::Clock(NOW + 86_400_000, 0);
    till.credit("ana", "1.00", None);
    till.credit("ana", "2.00", None);
    till.push(&shop).await;
    let reply = till.pull_reply(&shop, 10).await;
    let page: sync::wire::Page<'_> = serde_json::from_str(&reply.text).unwrap();
    let orders: Vec<_> = page.items.iter().map(|item| item.order).collect();
    assert_eq!(orders, [journal::Clock(NOW + 300_000, 0); 2]);
}

#[tokio::test]
async fn pages_have_whole_presses_and_follow_each_other() {
    let (shop, mut till) = Shop::founded(memory()).await;
    for at in 0..3 {
        till.credit("ana", "1.00", Press::at(at, 3));
    }
    till.credit("ana", "2.00", None);
    till.push(&shop).await;
    till.after = Checkpoint { lseq: 0, log_hash: LogHash::empty(SHOP) };
    let mut pages = Vec::new();
    loop {
        let (items, more) = till.pull(&shop, 2).await;
        pages.push(items.iter().map(|(lseq, ..)| *lseq).collect::<Vec<_>>());
        if !more {
            break;
        }
    }
    assert_eq!(pages, [vec![1, 2], vec![3, 4], vec![5, 6, 7], vec![8]]);
    assert_eq!(till.pull(&shop, 2).await, (vec![], false));
    let heads = till.heads(&shop, "0,4,8,9").await;
    assert_eq!(heads.checkpoints.iter().map(|place| place.lseq).collect::<Vec<_>>(), [0, 4, 8]);
    assert_eq!(heads.head.checkpoint(), heads.checkpoints[2]);
    assert_eq!(heads.chains, [till.head()]);
}

#[tokio::test]
async fn a_cursor_of_another_log_is_told() {
    let (shop, mut till) = Shop::founded(memory()).await;
    till.credit("ana", "1.00", None);
    let good = till.after;
    for after in [Checkpoint { lseq: 99, ..good }, Checkpoint { log_hash: LogHash::empty("x"), ..good }] {
        till.after = after;
        assert_eq!(till.pull_reply(&shop, 10).await.code(), Code::LogFork);
        assert_eq!(till.send(&shop, till.push_of(4, 5)).await.code(), Code::LogFork);
    }
    till.after = good;
    let epoch = till.epoch.replace(sync::Epoch([9; 16]));
    let problem = till.pull_reply(&shop, 10).await.problem();
    assert_eq!((problem.code, problem.epoch), (Code::Epoch, epoch));
    assert_eq!(till.send(&shop, till.push_of(4, 5)).await.code(), Code::Epoch);
}

#[tokio::test]
async fn a_stream_tells_that_the_log_has_moved() {
    let (shop, mut till) = Shop::founded(memory()).await;
    let open = || {
        let path = format!("/v1/shops/{SHOP}/events");
        let request = request("GET", &path, &[("authorization", &till.token)]).body(Body::empty()).unwrap();
        shop.router.clone().oneshot(request)
    };
    let (first, second, third) = (open().await.unwrap(), open().await.unwrap(), open().await.unwrap());
    assert_eq!(first.headers()["content-type"], "application/x-ndjson");
    assert_eq!(first.headers()["x-accel-buffering"], "no");
    assert_eq!(third.status(), StatusCode::TOO_MANY_REQUESTS);
    drop(second);
    assert_eq!(open().await.unwrap().status(), StatusCode::OK);
    let mut lines = first.into_body().into_data_stream();
    let mut line = async || {
        let bytes = lines.next().await.unwrap().unwrap();
        serde_json::from_slice::<Value>(&bytes).unwrap()["lseq"].as_u64().unwrap()
    };
    assert_eq!(line().await, 4);
    till.credit("ana", "1.00", None);
    till.push(&shop).await;
    assert_eq!(line().await, 5);
    till.credit("ana", "1.00", None);
    till.push(&shop).await;
    till.credit("ana", "1.00", None);
    till.push(&shop).await;
    // Only the last news counts.
    assert_eq!(line().await, 7);
}

/// A store that counts the writing transactions that it was asked for.
#[derive(Default)]
struct Counted {
    store: Memory,
    writes: AtomicUsize,
}

impl Store for Counted {
    fn write(&self, shop: &str, work: WriteWork) -> Pending {
        self.writes.fetch_add(1, Ordering::SeqCst);
        self.store.write(shop, work)
    }

    fn read(&self, work: ReadWork) -> Pending {
        self.store.read(work)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_push_is_committed_and_told_when_its_connection_is_gone() {
    let store = Arc::new(Counted::default());
    let (shop, mut till) = Shop::founded(store.clone()).await;
    till.credit("ana", "1.00", None);
    let path = format!("/v1/shops/{SHOP}/events");
    let events = request("GET", &path, &[("authorization", &till.token)]).body(Body::empty()).unwrap();
    let mut events = shop.router.clone().oneshot(events).await.unwrap().into_body().into_data_stream();
    events.next().await.unwrap().unwrap();
    // Another writer has the shop, so the push cannot be done before its connection is gone.
    let ((began, has_began), (go, gone)) = (channel(), channel());
    let slow = move |_: &mut dyn Write| {
        began.send(()).unwrap();
        gone.recv().unwrap();
        Ok(())
    };
    let slow = store.write(SHOP, Box::new(slow));
    tokio::task::spawn_blocking(move || has_began.recv().unwrap()).await.unwrap();
    let before = store.writes.load(Ordering::SeqCst);
    let mut push = Box::pin(shop.send(till.push_request(till.push_of(4, 5))));
    while store.writes.load(Ordering::SeqCst) == before {
        assert!(timeout(Duration::from_millis(5), &mut push).await.is_err());
    }
    drop(push);
    go.send(()).unwrap();
    slow.await.unwrap();
    let told = timeout(Duration::from_secs(10), events.next()).await.unwrap().unwrap().unwrap();
    assert!(String::from_utf8_lossy(&told).contains(r#""lseq":5"#));
    assert_eq!(end(&shop, &till).await, 5);
}

/// Bodies that are no requests: B09 to B13.
#[tokio::test]
async fn bad_bodies_have_codes_and_write_nothing() {
    let (shop, mut till) = Shop::founded(memory()).await;
    till.credit("ana", "1.00", None);
    let good = till.push_of(4, 5);
    let with = |from: &str, to: &str| {
        let changed = good.replacen(from, to, 1);
        assert_ne!(changed, good);
        changed
    };
    let many = format!(
        "{}{}]}}",
        &good[..good.find(r#""items":["#).unwrap() + 9],
        vec![r#"{"entry":{}}"#; 257].join(",")
    );
    let cases: Vec<(&str, Vec<u8>, Code)> = vec![
        ("unknown field", with(r#""from_seq""#, r#""role":"admin","from_seq""#).into(), Code::UnknownField),
        (
            "unknown field of an item",
            with(r#"{"entry""#, r#"{"verdict":"ok","entry""#).into(),
            Code::UnknownField,
        ),
        (
            "doubled field",
            with(r#""from_seq":5"#, r#""from_seq":5,"from_seq":6"#).into(),
            Code::DuplicateField,
        ),
        ("doubled field of an entry", with(r#""v":1"#, r#""v":1,"v":1"#).into(), Code::WrongEntry),
        ("missing field", with(r#""from_seq":5,"#, "").into(), Code::MissingField),
        ("wrong type", with(r#""from_seq":5"#, r#""from_seq":"5""#).into(), Code::WrongField),
        ("float", with(r#""from_seq":5"#, r#""from_seq":5.0"#).into(), Code::WrongField),
        ("negative", with(r#""from_seq":5"#, r#""from_seq":-5"#).into(), Code::WrongField),
        (
            "too large a number",
            with(r#""from_seq":5"#, r#""from_seq":9007199254740992"#).into(),
            Code::WrongField,
        ),
        (
            "no items",
            br#"{"epoch":null,"after":{"lseq":0,"log_hash":""},"from_seq":1,"items":[]}"#.to_vec(),
            Code::WrongField,
        ),
        ("not JSON", b"<html>".to_vec(), Code::NotJson),
        ("nothing", Vec::new(), Code::NotJson),
        ("cut", good[..good.len() / 2].into(), Code::NotJson),
        ("not UTF-8", [good.as_bytes(), b"\xff"].concat(), Code::NotJson),
        ("more after the end", format!("{good}{{}}").into(), Code::NotJson),
        ("deep", "[".repeat(100_000).into(), Code::WrongField),
        (
            "deep inside an entry",
            with(r#""body":{"#, &format!(r#""body":{{"x":{}"#, "[".repeat(100_000))).into(),
            Code::NotJson,
        ),
        ("too many entries", many.into(), Code::TooManyEntries),
        ("too large", vec![b' '; 5 << 20], Code::TooLarge),
        ("NUL", with("goodwill", r"good\u0000will").into(), Code::WrongSignature),
    ];
    for (what, body, code) in cases {
        let reply = shop.send(push_of(&till, "application/json", body)).await;
        assert_eq!(reply.code(), code, "{what}: {}", reply.text);
        no_echo(&reply);
    }
    for kind in ["text/plain", "application/x-www-form-urlencoded", "", "application/jsonx", "text/json"] {
        let reply = shop.send(push_of(&till, kind, good.clone().into_bytes())).await;
        assert_eq!(reply.code(), Code::WrongMediaType, "{kind}");
    }
    assert_eq!(end(&shop, &till).await, 4);
    let reply = shop.send(push_of(&till, "Application/JSON; charset=utf-8", good.into_bytes())).await;
    assert_eq!(reply.status, StatusCode::OK);
}

fn push_of(till: &Device, kind: &str, body: Vec<u8>) -> axum::http::Request<Body> {
    let path = format!("/v1/shops/{SHOP}/entries");
    let builder =
        axum::http::Request::post(path).header("authorization", &till.token).header("content-type", kind);
    builder.body(Body::from(body)).unwrap()
}

fn no_echo(reply: &Reply) {
    for text in ["admin", "verdict\":\"ok", "html", "goodwill", "[["] {
        assert!(!reply.text.contains(text), "{}", reply.text);
    }
}

#[tokio::test]
async fn bad_queries_and_addresses_have_codes() {
    let (shop, till) = Shop::founded(memory()).await;
    let h = till.after.log_hash;
    for query in [
        String::new(),
        format!("after=0&h={h}"),
        format!("after=0&h={h}&limit=0"),
        format!("after=0&h={h}&limit=1001"),
        format!("after=-1&h={h}&limit=1"),
        format!("after=0&h={h}&limit=1&limit=2"),
        format!("after=0&h={h}&limit=1&x=1"),
        "after=0&h=zz&limit=1".into(),
    ] {
        let reply = shop.get(&format!("/v1/shops/{SHOP}/entries?{query}"), &till.token).await;
        assert_eq!(reply.code(), Code::WrongField, "{query}");
    }
    for at in ["x", "1,", "-1", &vec!["1"; 65].join(",")] {
        let reply = shop.get(&format!("/v1/shops/{SHOP}/heads?at={at}"), &till.token).await;
        assert_eq!(reply.code(), Code::WrongField, "{at}");
    }
    for (method, path, code) in [
        ("GET", "/v1/", Code::UnknownRoute),
        ("GET", "/v1/nothing", Code::UnknownRoute),
        ("GET", "/v1/shops/shop-1", Code::UnknownRoute),
        ("GET", "/v1/shops/shop-1/nothing", Code::UnknownRoute),
        ("DELETE", "/v1/meta", Code::WrongMethod),
        ("PUT", "/v1/shops/shop-1/entries", Code::WrongMethod),
        ("GET", "/v1/shops", Code::WrongMethod),
    ] {
        let reply = shop.send(request(method, path, &[]).body(Body::empty()).unwrap()).await;
        assert_eq!(reply.code(), code, "{method} {path}");
    }
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
async fn what_a_backup_lacks_is_handed_back_verbatim() {
    let folder = TempDir::new().unwrap();
    let (old, copy, new) = (folder.path().join("old"), folder.path().join("copy"), folder.path().join("new"));
    let store: Arc<dyn Store> = Arc::new(Sqlite::open(&old).unwrap());
    let (shop, mut till) = Shop::founded(store).await;
    backup(&old, &copy).unwrap();
    for amount in ["1.00", "2.00"] {
        till.credit("ana", amount, None);
    }
    till.push(&shop).await;
    let (base, reply) = (till.after, till.pull_reply(&shop, 10).await);
    till.pull(&shop, 10).await;
    drop(shop);

    restore(&copy, &new, || [9; 16]).unwrap();
    let shop = Shop::empty(Arc::new(Sqlite::open(&new).unwrap())).await;
    let session = till.sign_in(&shop).await;
    assert_eq!((session.epoch, session.chains[0].seq), (sync::Epoch([9; 16]), 4));
    let problem = till.pull_reply(&shop, 10).await.problem();
    assert_eq!((problem.code, problem.epoch), (Code::Epoch, Some(session.epoch)));
    let page: sync::wire::Page<'_> = serde_json::from_str(&reply.text).unwrap();
    let Checkpoint { lseq: after, log_hash: h } = base;
    let hand_back = Reoffer { epoch: session.epoch, after, h, items: page.items, head: Some(page.head) };
    let body = Body::from(serde_json::to_string(&hand_back).unwrap());
    let path = format!("/v1/shops/{SHOP}/reoffer");
    let reoffered: Reoffered =
        shop.send(request("POST", &path, &[("authorization", &till.token)]).body(body).unwrap()).await.ok();
    assert!(reoffered.verbatim);
    assert_eq!(reoffered.head.checkpoint(), till.after);
    till.epoch = Some(reoffered.epoch);
    assert_eq!(till.pull(&shop, 10).await, (vec![], false));
}

#[tokio::test]
async fn the_app_and_the_interface_are_served_together() {
    let shop = Shop::empty(memory()).await;
    let folder = TempDir::new().unwrap();
    std::fs::write(folder.path().join("index.html"), "the page").unwrap();
    let site = endpoint::site(folder.path(), "/").merge(endpoint::api(shop.endpoint.clone()));
    let both = Shop { router: guard(site, Limits::default()), endpoint: shop.endpoint.clone() };
    let page = request("GET", "/counter", &[("accept", "text/html")]).body(Body::empty()).unwrap();
    let page = both.send(page).await;
    assert_eq!((page.status, page.text.as_str()), (StatusCode::OK, "the page"));
    let meta = both.get("/v1/meta", "").await;
    assert_eq!(meta.ok::<Meta>().service, "counterfoil");
    for path in ["/v1/nothing", "/v1/", "/v1/shops/x"] {
        let asked = request("GET", path, &[("accept", "text/html")]).body(Body::empty()).unwrap();
        let problem = both.send(asked).await;
        assert_eq!(problem.code(), Code::UnknownRoute, "{path}");
        assert_eq!(problem.header("x-content-type-options"), "nosniff");
        assert!(problem.header("content-security-policy").contains("frame-ancestors 'none'"));
    }
}
