//! An endpoint that has just started: the devices of a shop come together, with sessions from before.
#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used, missing_docs)]

mod devices;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::http::StatusCode;
use devices::{Device, SHOP, Shop};
use endpoint::store::{Memory, Pending, ReadWork, Store, WriteWork};
use sync::wire::Code;
use tokio::sync::Semaphore;

const DEVICES: usize = 20;

/// A store that counts what is read, and lets nothing be read until it may be.
struct Held {
    store: Arc<Memory>,
    may_read: Arc<Semaphore>,
    reads: AtomicUsize,
}

impl Store for Held {
    fn write(&self, shop: &str, work: WriteWork) -> Pending {
        self.store.write(shop, work)
    }

    fn read(&self, work: ReadWork) -> Pending {
        self.reads.fetch_add(1, Ordering::SeqCst);
        let (store, may_read) = (Arc::clone(&self.store), Arc::clone(&self.may_read));
        Box::pin(async move {
            drop(may_read.acquire().await);
            store.read(work).await
        })
    }
}

/// An endpoint that has just started over a store, in which nothing is read until then.
async fn started(store: &Arc<Memory>) -> (Shop, Arc<Held>) {
    let may_read = Arc::new(Semaphore::new(Semaphore::MAX_PERMITS));
    let held = Arc::new(Held { store: Arc::clone(store), may_read, reads: AtomicUsize::new(0) });
    let shop = Shop::empty(held.clone()).await;
    held.may_read.forget_permits(Semaphore::MAX_PERMITS);
    held.reads.store(0, Ordering::SeqCst);
    (shop, held)
}

/// A shop whose devices have each sent their first lines to an endpoint that is gone.
async fn devices_of(store: &Arc<Memory>) -> Vec<Device> {
    let (before, first) = Shop::founded(store.clone()).await;
    let mut devices = vec![first];
    for number in 1..DEVICES {
        let mut device = before.join(&format!("c{number}"), "admin").await;
        device.push(&before).await;
        devices.push(device);
    }
    devices
}

#[tokio::test(flavor = "multi_thread")]
async fn devices_that_come_together_share_what_is_read() {
    let store = Arc::new(Memory::default());
    let mut devices = devices_of(&store).await;
    let (shop, held) = started(&store).await;
    devices.iter_mut().for_each(|device| device.credit("ana", "1.00", None));
    let pushes =
        devices.iter().map(|device| device.send(&shop, device.push_of(device.sent, device.sent + 1)));
    let all = futures_util::future::join_all(pushes);
    let (replies, ()) = tokio::join!(all, async { held.may_read.add_permits(DEVICES) });
    assert!(replies.iter().all(|reply| reply.status == StatusCode::OK));
    assert_eq!(held.reads.load(Ordering::SeqCst), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_read_at_once_vouches_for_its_own_chain_alone() {
    let store = Arc::new(Memory::default());
    let mut devices = devices_of(&store).await;
    let (shop, held) = started(&store).await;
    held.may_read.add_permits(DEVICES * DEVICES);
    devices.iter_mut().for_each(|device| device.credit("ana", "1.00", None));
    let [one, two] = [1, 2].map(|at| devices[at].key.clone());
    devices[1].key = two;
    let forged = devices[1].send(&shop, devices[1].push_of(devices[1].sent, devices[1].sent + 1)).await;
    assert_eq!(forged.code(), Code::WrongSignature);
    devices[1].key = one;
    let true_one = devices[1].send(&shop, devices[1].push_of(devices[1].sent, devices[1].sent + 1)).await;
    assert_eq!(true_one.status, StatusCode::OK);
    // A device that joins later is read for itself.
    let mut late = shop.join_to(SHOP, "late", "admin").await;
    late.push(&shop).await;
    late.credit("ana", "1.00", None);
    assert_eq!(late.push(&shop).await.refused.len(), 0);
}
