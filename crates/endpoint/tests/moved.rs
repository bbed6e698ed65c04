//! Shops that are moved from one store to another and back: devices go on as if nothing had happened.
#![allow(clippy::indexing_slicing, clippy::unwrap_used, missing_docs)]

mod cluster;
mod devices;
mod stores;

use std::sync::Arc;

use devices::{Device, ORIGIN, Shop, end, now};
use endpoint::store::{Sqlite, Store, move_all};
use endpoint::{Endpoint, Settings, api};
use stores::records;
use tempfile::TempDir;

async fn open(store: Arc<dyn Store>) -> Shop {
    let settings = Settings { origins: vec![ORIGIN.into()] };
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
