//! The devices of a shop: listed, revoked, and invites that are withdrawn.
#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used, missing_docs)]

mod devices;

use devices::{Device, NOW, SHOP, Shop, memory};
use endpoint::store::{Sqlite, Store};
use journal::SideVerdict;
use serde_json::json;
use std::sync::Arc;
use sync::wire::{Code, Devices, Enrolled, Invitation};

const LIST: &str = "/v1/shops/shop-1/devices";
const REVOKE: &str = "/v1/shops/shop-1/revocations";
const WITHDRAW: &str = "/v1/shops/shop-1/withdrawals";

async fn list(shop: &Shop, device: &Device) -> Devices {
    shop.get(LIST, &device.token).await.ok()
}

#[tokio::test]
async fn every_member_sees_the_devices_and_the_founder_manages_them() {
    let (shop, till) = Shop::founded(memory()).await;
    let clerk = shop.join("d2", "clerk").await;
    let reader = shop.join("d3", "reader").await;
    let seen = list(&shop, &till).await;
    assert!(seen.manages && seen.time == NOW);
    let told: Vec<_> = seen.devices.iter().map(|one| (one.device.as_str(), one.role.as_str())).collect();
    assert_eq!(told, [("d1", "admin"), ("d2", "clerk"), ("d3", "reader")]);
    let letters: Vec<_> = seen.devices.iter().map(|one| one.letter.as_deref()).collect();
    assert_eq!(letters, [Some("A"), Some("B"), None]);
    assert!(seen.devices.iter().all(|one| one.seen == NOW && one.revoked.is_none()), "{seen:?}");
    for member in [&clerk, &reader] {
        assert_eq!(list(&shop, member).await, Devices { manages: false, ..seen.clone() });
    }
    assert_eq!(shop.get(LIST, "").await.code(), Code::NoSession);
}

#[tokio::test]
async fn a_revoked_device_reads_no_more_and_what_it_sends_is_adopted_or_does_not_count() {
    let (shop, mut till) = Shop::founded(memory()).await;
    let mut stolen = shop.join("d2", "clerk").await;
    stolen.push(&shop).await;
    stolen.credit("ana", "5.00", None);
    let revoke = json!({"device": "d2"});
    assert_eq!(stolen.post(&shop, REVOKE, json!({"device": "d1"})).await.code(), Code::NotAllowed);
    assert_eq!(till.post(&shop, REVOKE, json!({"device": "d1"})).await.code(), Code::NotAllowed, "itself");
    assert_eq!(till.post(&shop, REVOKE, json!({"device": "d9"})).await.code(), Code::NotAllowed, "unknown");
    let told: Devices = till.post(&shop, REVOKE, revoke.clone()).await.ok();
    assert_eq!(told.devices[1].revoked, Some(NOW));
    // Again changes nothing.
    assert_eq!(till.post(&shop, REVOKE, revoke).await.ok::<Devices>(), told);

    assert_eq!(stolen.pull_reply(&shop, 10).await.code(), Code::Revoked);
    assert_eq!(shop.get(LIST, &stolen.token).await.code(), Code::Revoked);
    assert!(stolen.sign_in(&shop).await.revoked);
    let pushed = stolen.push(&shop).await;
    let refused: Vec<_> = pushed.refused.iter().map(|line| (line.seq, line.code)).collect();
    assert_eq!(refused, [(2, SideVerdict::RefusedRevoked)]);
    // The owner sees it, and lets it count.
    let (items, _) = till.pull(&shop, 10).await;
    assert_eq!(items.last().unwrap().2, "refused-revoked");
    let adopted = json!({"hash": "", "device": "d2", "chain": 1, "seq": 2});
    till.write_as("ana", "adopt-1", "entry.adopted", adopted, Some("mira"), None);
    assert!(till.push(&shop).await.refused.is_empty());
}

#[tokio::test]
async fn an_invite_that_was_withdrawn_lets_nobody_in() {
    let (shop, till) = Shop::founded(memory()).await;
    let clerk = shop.join("d2", "clerk").await;
    let path = format!("/v1/shops/{SHOP}/invites");
    let made: Invitation = till.post(&shop, &path, json!({})).await.ok();
    let withdraw = json!({"code": made.code});
    assert_eq!(clerk.post(&shop, WITHDRAW, withdraw.clone()).await.code(), Code::NotAllowed);
    till.post(&shop, WITHDRAW, withdraw.clone()).await.ok::<Devices>();
    let new = Device::new("d3");
    assert_eq!(shop.post("/v1/enrol", &new.enrolment(made.code)).await.code(), Code::WrongCode);
    // Of one that was used, the device stays; withdrawing an unknown one tells nothing.
    let used: Invitation = till.post(&shop, &path, json!({})).await.ok();
    shop.post("/v1/enrol", &new.enrolment(used.code)).await.ok::<serde_json::Value>();
    till.post(&shop, WITHDRAW, json!({"code": used.code})).await.ok::<Devices>();
    till.post(&shop, WITHDRAW, json!({"code": "00".repeat(16)})).await.ok::<Devices>();
    shop.post("/v1/enrol", &new.enrolment(used.code)).await.ok::<serde_json::Value>();
    assert_eq!(list(&shop, &till).await.devices.len(), 3);
}

#[tokio::test]
async fn of_two_devices_with_one_invite_at_once_one_joins() {
    let folder = tempfile::TempDir::new().unwrap();
    let stores: [Arc<dyn Store>; 2] = [memory(), Arc::new(Sqlite::open(folder.path()).unwrap())];
    for store in stores {
        let (shop, till) = Shop::founded(store).await;
        let path = format!("/v1/shops/{SHOP}/invites");
        let made: Invitation = till.post(&shop, &path, json!({})).await.ok();
        let devices = [Device::new("d2"), Device::new("d3")];
        let [first, second] = devices.map(|device| device.enrolment(made.code));
        let replies = tokio::join!(shop.post("/v1/enrol", &first), shop.post("/v1/enrol", &second));
        let (joined, refused) = match replies.0.status.as_u16() {
            200 => replies,
            _ => (replies.1, replies.0),
        };
        let joined: Enrolled = joined.ok();
        assert_eq!((joined.letter.as_deref(), refused.code()), (Some("B"), Code::WrongCode));
        let listed = list(&shop, &till).await.devices;
        assert_eq!(listed.len(), 2, "{listed:?}");
    }
}
