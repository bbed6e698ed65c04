//! Two endpoints over one database: a device may ask either of them at any time.
#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used, missing_docs)]

mod cluster;
mod devices;

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::http::StatusCode;
use cluster::{address, name_of, shared};
use devices::{Device, SHOP, Shop, end, request};
use endpoint::store::{Postgres, Store};
use futures_util::StreamExt;
use serde_json::{Value, json};
use sync::statement;
use sync::wire::{Challenged, Code, Founded, Session};
use tokio::time::timeout;
use tower::ServiceExt;

const LONG: Duration = Duration::from_secs(10);

async fn endpoint(url: &str) -> Shop {
    Shop::empty(Arc::new(Postgres::open(&address(url)).await.unwrap())).await
}

/// Two endpoints over a new database.
async fn two() -> (Shop, Shop, String) {
    let url = shared().database();
    // At once: one of them makes the tables and the key.
    let (one, two) = tokio::join!(endpoint(&url), endpoint(&url));
    (one, two, url)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_may_change_the_endpoint_between_any_two_requests() {
    let (one, two, _) = two().await;
    let mut till = one.first_device().await;
    // The session of one is good at the other, and so are its signed heads and its epoch.
    till.credit("ana", "1.00", None);
    assert_eq!(till.push(&two).await.head.lseq, 5);
    assert_eq!(till.pull(&one, 10).await.0.len(), 1);
    let mut tablet = Device::new("d2");
    let invite = one.endpoint.invite(SHOP, "clerk").await.unwrap();
    assert_eq!(two.post("/v1/enrol", &tablet.enrolment(invite)).await.status, StatusCode::OK);
    assert_eq!(one.post("/v1/enrol", &Device::new("d3").enrolment(invite)).await.code(), Code::WrongCode);
    // A challenge of one is answered at the other.
    let ask = json!({"protocol": 1, "shop": SHOP, "device": "d2"});
    let Challenged { challenge } = one.post("/v1/session", &ask).await.ok();
    let signature = tablet.sign(&statement::session(devices::ORIGIN, SHOP, "d2", challenge));
    let answer = json!({"protocol": 1, "shop": SHOP, "device": "d2", "bearer": true, "challenge": challenge,
        "signature": signature});
    let session: Session = two.post("/v1/session", &answer).await.ok();
    tablet.token = format!("Bearer {}", session.token.unwrap());
    tablet.open("B");
    tablet.credit("ana", "2.00", None);
    assert_eq!(tablet.push(&one).await.head.lseq, 7);
    // Revoked at one, it reads nothing at the other.
    assert!(one.endpoint.revoke(SHOP, "d2").await.unwrap());
    assert_eq!(tablet.pull_reply(&two, 10).await.code(), Code::Revoked);
}

#[tokio::test(flavor = "multi_thread")]
async fn rights_that_one_endpoint_admits_hold_at_the_other() {
    let (one, two, _) = two().await;
    let mut till = one.first_device().await;
    till.credit("bob", "5.00", None);
    assert_eq!(till.push(&two).await.refused.len(), 1);
    till.of_shop("ana", "right.granted", json!({"member":"bob","kind":"credit.granted","up_to":"50.00"}));
    assert_eq!(till.push(&one).await.refused.len(), 0);
    till.credit("bob", "5.00", None);
    assert_eq!(till.push(&two).await.refused.len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_another_endpoint_has_changed_is_known_at_the_next_push() {
    let (one, two, url) = two().await;
    let _till = one.first_device().await;
    let mut tablet = one.join("d2", "admin").await;
    // One of them knows the device and its chain; then the chain goes on at the other.
    for (shop, lseq) in [(&one, 6), (&two, 7), (&one, 8), (&one, 9)] {
        tablet.credit("ana", "1.00", None);
        assert_eq!(tablet.push(shop).await.head.lseq, lseq);
    }
    assert!(two.endpoint.revoke(SHOP, "d2").await.unwrap());
    tablet.credit("ana", "1.00", None);
    assert_eq!(tablet.push(&one).await.refused.len(), 1);
    // Changes by hand are noticed too.
    shared().sql(name_of(&url), "UPDATE counterfoil.device SET revoked = NULL");
    tablet.credit("ana", "1.00", None);
    assert_eq!(tablet.push(&one).await.refused.len(), 0);
    shared().sql(name_of(&url), "UPDATE counterfoil.device SET role = 'reader' WHERE id = 'd2'");
    tablet.credit("ana", "1.00", None);
    let reply = tablet.send(&one, tablet.push_of(tablet.sent, tablet.lines.len())).await;
    assert_eq!(reply.code(), Code::ReadOnly);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_set_up_code_is_the_same_everywhere_and_good_once() {
    let (one, two, _) = two().await;
    let code = one.endpoint.new_shared_setup_code().await.unwrap();
    assert_eq!(two.endpoint.new_shared_setup_code().await.unwrap(), code);
    let mut device = Device::new("d1");
    device.open("A");
    let body = device.founding(&code);
    // The same request at both, as when an answer was late. One founds, and the other finds that out, now or when asked again.
    let (first, second) = tokio::join!(one.found(body.clone()), two.found(body.clone()));
    let founded: Vec<Founded> = [first, second]
        .iter()
        .filter(|reply| reply.status == StatusCode::OK)
        .map(devices::Reply::ok)
        .collect();
    assert!(!founded.is_empty());
    let again: Founded = two.found(body).await.ok();
    assert_eq!(again.head, founded[0].head);
    let mut other = Device::new("d9");
    other.open("Z");
    let other = other.founding(&code).replace(SHOP, "shop-2");
    assert_ne!(two.found(other).await.status, StatusCode::OK);
    assert_ne!(one.endpoint.new_shared_setup_code().await.unwrap(), code);
}

/// The numbers that a stream of events tells.
struct Told(axum::body::BodyDataStream);

impl Told {
    async fn by(shop: &Shop, device: &Device) -> Self {
        let path = format!("/v1/shops/{SHOP}/events");
        let request = request("GET", &path, &[("authorization", &device.token)]).body(Body::empty()).unwrap();
        Self(shop.router.clone().oneshot(request).await.unwrap().into_body().into_data_stream())
    }

    async fn next(&mut self) -> u64 {
        let line = timeout(LONG, self.0.next()).await.unwrap().unwrap().unwrap();
        serde_json::from_slice::<Value>(&line).unwrap()["lseq"].as_u64().unwrap()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_one_endpoint_admits_is_told_by_the_other() {
    let (one, two, _) = two().await;
    let mut till = one.first_device().await;
    let mut told = Told::by(&two, &till).await;
    assert_eq!(told.next().await, 4);
    for lseq in 5..8 {
        till.credit("ana", "1.00", None);
        till.push(&one).await;
        // What was told before may be told again: the news of it may come late.
        let mut number = told.next().await;
        while number < lseq {
            number = told.next().await;
        }
        assert_eq!(number, lseq);
    }
    assert_eq!(end(&two, &till).await, 7);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_moved_without_a_word_is_found_out_by_asking() {
    let (one, _, url) = two().await;
    let till = one.first_device().await;
    let mut told = Told::by(&one, &till).await;
    assert_eq!(told.next().await, 4);
    // As by an endpoint behind a pooler, whose announcements are lost.
    shared().sql(name_of(&url), "UPDATE counterfoil.shop SET lseq = 5");
    assert_eq!(told.next().await, 5);
}

#[tokio::test(flavor = "multi_thread")]
async fn records_are_never_changed_even_by_hand() {
    let (one, _, url) = two().await;
    let _till = one.first_device().await;
    let name = name_of(&url);
    for sql in [
        "UPDATE counterfoil.record SET seq = 9",
        "DELETE FROM counterfoil.record",
        "UPDATE counterfoil.run SET seq = 9",
        "DELETE FROM counterfoil.run",
        "TRUNCATE counterfoil.run",
        "TRUNCATE counterfoil.record_by_row",
    ] {
        let guarded = format!("DO $$ BEGIN {sql}; EXCEPTION WHEN raise_exception THEN RETURN; END $$");
        shared().sql(name, &guarded);
        assert_eq!(shared().sql(name, "SELECT count(*) FROM counterfoil.record WHERE seq < 5"), "4", "{sql}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn tables_of_another_version_are_moved_or_refused_and_servers_that_forget_are_refused() {
    let (_one, _two, url) = two().await;
    let refused = async || format!("{:#}", Postgres::open(&address(&url)).await.err().unwrap());
    shared().sql(name_of(&url), "UPDATE counterfoil.version SET version = 99");
    assert!(refused().await.contains("newer version"));
    // The tables of version 1 are moved to this version.
    let first = "UPDATE counterfoil.version SET version = 1; DROP TABLE counterfoil.mail, counterfoil.operation; \
                 DROP VIEW counterfoil.record; DROP TABLE counterfoil.run; \
                 DROP FUNCTION counterfoil.number_of, counterfoil.keep_record_by_row, counterfoil.lock_shop, counterfoil.append, counterfoil.append_after; \
                 ALTER TABLE counterfoil.record_by_row RENAME TO record; ALTER TABLE counterfoil.record \
                 ADD CONSTRAINT record_shop_chain_fkey FOREIGN KEY (shop, chain) REFERENCES counterfoil.chain (shop, number)";
    shared().sql(name_of(&url), first);
    Postgres::open(&address(&url)).await.unwrap();
    let constraints = "SELECT count(*) FROM pg_constraint WHERE conname = 'record_shop_chain_fkey'";
    assert_eq!(shared().sql(name_of(&url), constraints), "0");
    assert_eq!(shared().sql(name_of(&url), "SELECT version FROM counterfoil.version"), "7");
    let set = format!("ALTER DATABASE {} SET synchronous_commit = off", name_of(&url));
    shared().sql(name_of(&url), &set);
    assert!(refused().await.contains("synchronous_commit"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_log_that_was_put_back_is_not_judged_by_what_it_has_lost() {
    let (one, two, url) = two().await;
    let mut till = one.first_device().await;
    till.of_shop("ana", "right.granted", json!({"member":"bob","kind":"credit.granted","up_to":"50.00"}));
    till.push(&one).await;
    till.credit("bob", "5.00", None);
    assert_eq!(till.push(&one).await.refused.len(), 0);
    // A primary that lost the last two records, and a device that has recorded something else since.
    let sql = "ALTER TABLE counterfoil.run DISABLE TRIGGER ALL; DELETE FROM counterfoil.run WHERE lseq > 4; \
               UPDATE counterfoil.shop SET lseq = 4, log_hash = (SELECT log_hash FROM counterfoil.record WHERE lseq = 4); \
               UPDATE counterfoil.chain SET seq = 4, hash = (SELECT hash FROM counterfoil.record WHERE lseq = 4)";
    shared().sql(name_of(&url), sql);
    let mut copy = Device::new("d1");
    (copy.lines, copy.token, copy.clock) = (till.lines[..4].to_vec(), till.token.clone(), till.clock);
    let head = till.heads(&one, "4").await;
    (copy.epoch, copy.after, copy.sent) = (Some(head.epoch), head.checkpoints[0], 4);
    copy.customer("otto");
    copy.credit("bob", "5.00", None);
    assert_eq!(copy.push(&one).await.refused.len(), 1);
    let store: Arc<dyn Store> = Arc::new(Postgres::open(&address(&url)).await.unwrap());
    assert_eq!(store.reading(|tx| tx.end(SHOP)).await.unwrap().unwrap().lseq, 6);
    drop(two);
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_restore_the_statements_of_the_documentation_begin_a_new_epoch() {
    let (one, two, url) = two().await;
    let mut till = one.first_device().await;
    let text = include_str!("../../../docs/hosting.md");
    let (statements, _) = text.split_once("```sql\n").unwrap().1.split_once("```").unwrap();
    shared().sql(name_of(&url), statements);
    let problem = till.pull_reply(&two, 10).await.problem();
    assert_eq!(problem.code, Code::Epoch);
    assert!(problem.epoch.is_some() && problem.epoch != till.epoch);
    till.epoch = problem.epoch;
    till.credit("ana", "1.00", None);
    assert_eq!(till.push(&one).await.head.lseq, 5);
    assert_eq!(shared().sql(name_of(&url), "SELECT count(*) FROM counterfoil.epoch"), "2");
}
