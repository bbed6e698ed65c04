//! News of a log, connections that end too early, and what a restored endpoint gets back.
#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used, missing_docs)]

mod devices;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::channel;
use std::time::Duration;

use axum::body::Body;
use axum::http::StatusCode;
use devices::{SHOP, Shop, end, memory, request};
use endpoint::store::{Memory, Pending, ReadWork, Sqlite, Store, Write, WriteWork, backup, restore};
use endpoint::{Limits, guard};
use futures_util::StreamExt;
use serde_json::{Value, json};
use sync::Checkpoint;
use sync::wire::{Code, Meta, Reoffer, Reoffered};
use tempfile::TempDir;
use tokio::time::timeout;
use tower::ServiceExt;

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

/// Without a signed head everything is judged anew, also by a revocation that is handed back with it.
#[tokio::test]
async fn what_a_revoked_device_sent_is_refused_again_when_it_is_handed_back() {
    let folder = TempDir::new().unwrap();
    let (old, copy, new) = (folder.path().join("old"), folder.path().join("copy"), folder.path().join("new"));
    let (shop, mut till) = Shop::founded(Arc::new(Sqlite::open(&old).unwrap())).await;
    let mut stolen = shop.join("d2", "clerk").await;
    stolen.push(&shop).await;
    till.pull(&shop, 20).await;
    backup(&old, &copy).unwrap();
    stolen.credit("ana", "1.00", None);
    stolen.push(&shop).await;
    till.of_shop("ana", "device.revoked", json!({"device": "d2"}));
    till.push(&shop).await;
    stolen.credit("ana", "2.00", None);
    stolen.push(&shop).await;
    let reply = till.pull_reply(&shop, 10).await;
    drop(shop);

    restore(&copy, &new, || [9; 16]).unwrap();
    let shop = Shop::empty(Arc::new(Sqlite::open(&new).unwrap())).await;
    let session = till.sign_in(&shop).await;
    let page: sync::wire::Page<'_> = serde_json::from_str(&reply.text).unwrap();
    let Checkpoint { lseq: after, log_hash: h } = till.after;
    let hand_back = Reoffer { epoch: session.epoch, after, h, items: page.items, head: None };
    let body = Body::from(serde_json::to_string(&hand_back).unwrap());
    let path = format!("/v1/shops/{SHOP}/reoffer");
    let reoffered: Reoffered =
        shop.send(request("POST", &path, &[("authorization", &till.token)]).body(body).unwrap()).await.ok();
    assert!(!reoffered.verbatim);
    till.epoch = Some(reoffered.epoch);
    let (items, _) = till.pull(&shop, 10).await;
    let verdicts: Vec<_> = items.iter().map(|(_, _, verdict)| verdict.as_str()).collect();
    assert_eq!(verdicts, ["ok", "ok", "refused-revoked"]);
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

#[tokio::test]
async fn a_device_that_sends_too_much_is_told_to_wait() {
    let (shop, till) = Shop::founded(memory()).await;
    let other = shop.join("d2", "clerk").await;
    // The same push again and again.
    let mut replies = Vec::new();
    for _ in 0..51 {
        replies.push(till.send(&shop, till.push_of(3, 4)).await);
    }
    let last = replies.pop().unwrap();
    assert!(replies.iter().all(|reply| reply.status == StatusCode::OK));
    assert_eq!((last.code(), last.header("retry-after")), (Code::SlowDown, "1"));
    assert_eq!(other.send(&shop, other.push_of(0, 1)).await.status, StatusCode::OK);
    assert_eq!(till.pull_reply(&shop, 1).await.status, StatusCode::OK);
}

#[tokio::test]
async fn metrics_count_and_tell_nothing_of_the_shop() {
    let (shop, mut till) = Shop::founded(memory()).await;
    till.credit("unknown-member", "1.00", None);
    till.push(&shop).await;
    till.pull(&shop, 10).await;
    shop.get("/v1/nothing/in/here", "").await;
    let text = shop.get("/metrics", "").await.text;
    for line in [
        r#"counterfoil_requests_total{method="POST",route="/v1/shops/{shop}/entries",status="200"} 1"#,
        r#"counterfoil_requests_total{method="GET",route="other",status="404"} 1"#,
        "counterfoil_entries_admitted_total 1",
        "counterfoil_entries_refused_total 1",
        "counterfoil_records_pulled_total 1",
        "counterfoil_streams 0",
    ] {
        assert!(text.lines().any(|found| found == line), "{line}\n{text}");
    }
    for secret in [SHOP, "d1", "in/here", "unknown-member"] {
        assert!(!text.contains(secret), "{secret}\n{text}");
    }
}
