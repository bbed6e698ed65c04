//! Shops that are moved from one store to another and back: devices go on as if nothing had happened.
#![allow(clippy::indexing_slicing, clippy::unwrap_used, missing_docs)]

mod cluster;
mod devices;
mod stores;

use std::sync::Arc;

use devices::{Device, ORIGIN, Shop, end, now};
use endpoint::store::{Sqlite, Store, move_all};
use endpoint::{Endpoint, Settings, api, move_shop};
use journal::SideVerdict;
use serde_json::json;
use stores::records;
use sync::wire::{Code, Session};
use tempfile::TempDir;

async fn open(store: Arc<dyn Store>) -> Shop {
    open_at(store, ORIGIN).await
}

async fn open_at(store: Arc<dyn Store>, origin: &str) -> Shop {
    let settings = Settings { origins: vec![origin.into()] };
    let endpoint = Endpoint::open_at(store, settings, now).await.unwrap();
    Shop { router: api(endpoint.clone()), endpoint }
}

/// More than one page of records.
const MANY: usize = 1_100;

async fn record(device: &mut Device, shop: &Shop, count: usize) {
    for _ in 0..count {
        device.credit("ana", "1.00", None);
        if device.lines.len() - device.sent == 200 {
            device.push(shop).await;
        }
    }
    device.push(shop).await;
}

fn sqlite(folder: &TempDir, name: &str) -> Arc<dyn Store> {
    Arc::new(Sqlite::open(&folder.path().join(name)).unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn devices_go_on_after_a_move_to_a_database_and_back() {
    let folder = TempDir::new().unwrap();
    let first = sqlite(&folder, "first");
    let (shop, mut owner) = Shop::founded(Arc::clone(&first)).await;
    let mut till = shop.join("d2", "clerk").await;
    record(&mut owner, &shop, MANY).await;
    till.push(&shop).await;
    while owner.pull(&shop, 1_000).await.1 {}
    let other = shop.founder("shop-2").await;
    drop(shop);
    let before = records(&*first, "shop-1", 0).await;

    let database: Arc<dyn Store> = Arc::new(cluster::new_store().await);
    let moved = move_all(&*first, &*database, "the database").await.unwrap();
    assert_eq!((moved.shops, moved.records), (2, (before.len() + other.lines.len()) as u64));
    assert!(records(&*database, "shop-1", 0).await == before);
    let settings = Settings { origins: vec![ORIGIN.into()] };
    let refused = Endpoint::open_at(Arc::clone(&first), settings, now).await.err().unwrap().to_string();
    assert!(refused.contains("moved to the database"), "{refused}");

    // The same session, the same epoch, and the signature that the device knows.
    let shop = open(Arc::clone(&database)).await;
    record(&mut owner, &shop, 2).await;
    record(&mut till, &shop, 1).await;
    assert_eq!(owner.pull(&shop, 1_000).await.0.len(), 3);
    drop(shop);

    // Back into the store that has the first part already.
    let moved = move_all(&*database, &*first, "the directory").await.unwrap();
    assert_eq!(moved.shops, 2);
    let shop = open(first).await;
    record(&mut owner, &shop, 1).await;
    assert_eq!(end(&shop, &owner).await, (before.len() + 4) as u64);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_target_in_use_is_refused_and_nothing_changes() {
    let folder = TempDir::new().unwrap();
    let (from, to) = (sqlite(&folder, "from"), sqlite(&folder, "to"));
    let (shop, owner) = Shop::founded(Arc::clone(&from)).await;
    let (other, _) = Shop::founded(Arc::clone(&to)).await;
    drop((shop, other));
    let refused = move_all(&*from, &*to, "elsewhere").await.unwrap_err().to_string();
    assert!(refused.contains("an endpoint has used the target already"), "{refused}");
    let shop = open(from).await;
    assert_eq!(end(&shop, &owner).await, owner.lines.len() as u64);
}

/// What an interrupted move leaves: the shop, without all of its records, and no key.
#[tokio::test(flavor = "multi_thread")]
async fn an_interrupted_move_goes_on() {
    let folder = TempDir::new().unwrap();
    let (from, to) = (sqlite(&folder, "from"), sqlite(&folder, "to"));
    let (shop, mut owner) = Shop::founded(Arc::clone(&from)).await;
    record(&mut owner, &shop, 5).await;
    drop(shop);
    let all = records(&*from, "shop-1", 0).await;
    let end = stores::end(&*from, "shop-1").await.unwrap();
    let (empty, part) = (*sync::LogHash::empty("shop-1").bytes(), all[..3].to_vec());
    to.writing("shop-1", move |tx| tx.found(end.epoch, empty).and_then(|()| tx.append(&part))).await.unwrap();
    move_all(&*from, &*to, "elsewhere").await.unwrap();
    assert!(records(&*to, "shop-1", 0).await == all);

    // A target with other records is none of this shop.
    let other = sqlite(&folder, "other");
    let mut strange = all[..3].to_vec();
    strange[2].log_hash = [9; 32];
    other
        .writing("shop-1", move |tx| tx.found(end.epoch, empty).and_then(|()| tx.append(&strange)))
        .await
        .unwrap();
    let refused = move_all(&*from, &*other, "elsewhere").await.unwrap_err().to_string();
    assert!(refused.contains("other records"), "{refused}");
}

/// The address that the shop moves to.
const NEW: &str = "https://new.example";

/// The code of the refusal of what a device has to send.
async fn refused(device: &Device, shop: &Shop) -> Code {
    device.send(shop, device.push_of(device.sent, device.lines.len())).await.code()
}

async fn sign_in(device: &mut Device, shop: &Shop, origin: &str) {
    let session: Session = device.answer(shop, origin).await.ok();
    device.token = format!("Bearer {}", session.token.unwrap());
}

#[tokio::test(flavor = "multi_thread")]
async fn one_shop_moves_to_another_address_and_back_when_its_owner_says_so() {
    let folder = TempDir::new().unwrap();
    let from = sqlite(&folder, "from");
    let to: Arc<dyn Store> = Arc::new(cluster::new_store().await);
    // The other endpoint has another shop, and a key of its own.
    drop(Shop::empty(Arc::clone(&to)).await.founder("shop-2").await);
    let (shop, mut owner) = Shop::founded(Arc::clone(&from)).await;
    let mut till = shop.join("d2", "clerk").await;
    let wrong = move_shop(&*from, &*to, "shop-1").await.unwrap_err().to_string();
    assert!(wrong.contains("the owner has not moved the shop"), "{wrong}");
    let wrong = move_shop(&*from, &*to, "shop-9").await.unwrap_err().to_string();
    assert!(wrong.contains("there is no shop shop-9"), "{wrong}");

    // Not even an admin moves it.
    owner.write_as("ana", "cara", "staff.added", json!({"name":"Cara","role":"admin"}), None, None);
    owner.push(&shop).await;
    till.of_shop("cara", "shop.moved", json!({"address": "https://thief.example"}));
    assert_eq!(till.push(&shop).await.refused[0].code, SideVerdict::RefusedRole);
    // An address that was typed wrong is put right: by the owner alone.
    for address in ["https://nwe.example", NEW] {
        owner.of_shop("ana", "shop.moved", json!({"address": address}));
        owner.push(&shop).await;
        till.of_shop("cara", "shop.moved", json!({"address": ORIGIN}));
        assert_eq!(refused(&till, &shop).await, Code::Moved);
        till.lines.pop();
    }
    till.credit("ana", "1.00", None);
    assert_eq!(refused(&till, &shop).await, Code::Moved);
    let late = shop.endpoint.invite("shop-1", "clerk").await.unwrap();
    assert_eq!(shop.post("/v1/enrol", &Device::new("d3").enrolment(late)).await.code(), Code::Moved);
    // Reading goes on: the entry is the last one.
    let (items, _) = till.pull(&shop, 1_000).await;
    assert!(items.last().unwrap().1.contains(r#""kind":"shop.moved""#));

    let moved = move_shop(&*from, &*to, "shop-1").await.unwrap();
    assert_eq!(moved, items.len() as u64);
    assert!(records(&*to, "shop-1", 0).await == records(&*from, "shop-1", 0).await);
    let there = open_at(Arc::clone(&to), NEW).await;
    for device in [&mut owner, &mut till] {
        sign_in(device, &there, NEW).await;
        device.credit("ana", "1.00", None);
        device.push(&there).await;
    }
    assert_eq!(till.pull(&there, 1_000).await.0.len(), 3);

    owner.of_shop("ana", "shop.moved", json!({"address": ORIGIN}));
    owner.push(&there).await;
    till.credit("ana", "1.00", None);
    assert_eq!(refused(&till, &there).await, Code::Moved);
    move_shop(&*to, &*from, "shop-1").await.unwrap();
    for device in [&mut owner, &mut till] {
        sign_in(device, &shop, ORIGIN).await;
        device.credit("ana", "1.00", None);
        device.push(&shop).await;
    }
    assert_eq!(till.pull(&shop, 1_000).await.0.len(), 4);
}

#[tokio::test]
async fn a_shop_that_is_moved_to_no_endpoint_still_takes_what_comes_late() {
    let (shop, mut owner) = Shop::founded(devices::memory()).await;
    let mut till = shop.join("d2", "clerk").await;
    owner.of_shop("ana", "shop.moved", json!({}));
    owner.push(&shop).await;
    till.credit("ana", "1.00", None);
    assert_eq!(till.push(&shop).await.refused, []);
    owner.of_shop("ana", "shop.moved", json!({"address": "https://new.example/path"}));
    assert_eq!(refused(&owner, &shop).await, Code::WrongEntry);
}
