//! The devices of a shop: listed, and invited and revoked by entries.
#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used, missing_docs)]

mod devices;

use devices::{Device, NOW, ORIGIN, SHOP, Shop, memory};
use endpoint::store::{Sqlite, Store};
use journal::SideVerdict;
use serde_json::json;
use std::sync::Arc;
use sync::wire::limits::INVITE_MILLIS;
use sync::wire::{Code, Devices, Enrolled};

const LIST: &str = "/v1/shops/shop-1/devices";

async fn list(shop: &Shop, device: &Device) -> Devices {
    shop.get(LIST, &device.token).await.ok()
}

#[tokio::test]
async fn every_member_sees_the_devices() {
    let (shop, till) = Shop::founded(memory()).await;
    let clerk = shop.join("d2", "clerk").await;
    let reader = shop.join("d3", "reader").await;
    let seen = list(&shop, &till).await;
    assert_eq!(seen.time, NOW);
    let told: Vec<_> = seen.devices.iter().map(|one| (one.device.as_str(), one.role.as_str())).collect();
    assert_eq!(told, [("d1", "admin"), ("d2", "clerk"), ("d3", "reader")]);
    let letters: Vec<_> = seen.devices.iter().map(|one| one.letter.as_deref()).collect();
    assert_eq!(letters, [Some("A"), Some("B"), None]);
    assert!(seen.devices.iter().all(|one| one.seen == NOW && one.revoked.is_none()), "{seen:?}");
    for member in [&clerk, &reader] {
        assert_eq!(list(&shop, member).await, seen);
    }
    assert_eq!(shop.get(LIST, "").await.code(), Code::NoSession);
}

/// The verdicts on what a device sends now.
async fn refused(shop: &Shop, device: &mut Device) -> Vec<SideVerdict> {
    device.push(shop).await.refused.iter().map(|line| line.code).collect()
}

#[tokio::test]
async fn a_device_that_an_entry_revokes_reads_no_more_and_what_it_sends_is_adopted_or_does_not_count() {
    let (shop, mut till) = Shop::founded(memory()).await;
    let mut stolen = shop.join("d2", "clerk").await;
    stolen.push(&shop).await;
    let revoke = |device: &str| json!({"device": device});
    // A clerk revokes no device, and no device revokes itself.
    stolen.of_shop("bob", "device.revoked", revoke("d1"));
    assert_eq!(refused(&shop, &mut stolen).await, [SideVerdict::RefusedRole]);
    till.of_shop("ana", "device.revoked", revoke("d1"));
    assert_eq!(refused(&shop, &mut till).await, [SideVerdict::RefusedRole]);
    assert!(list(&shop, &till).await.devices.iter().all(|one| one.revoked.is_none()));
    // A device that is not here changes nothing, and what is revoked again stays so.
    for device in ["d9", "d2", "d2"] {
        till.of_shop("ana", "device.revoked", revoke(device));
    }
    assert_eq!(refused(&shop, &mut till).await, []);
    let told: Vec<_> = list(&shop, &till).await.devices.iter().map(|one| one.revoked).collect();
    assert_eq!(told, [None, Some(NOW)]);

    stolen.credit("ana", "5.00", None);
    assert_eq!(stolen.pull_reply(&shop, 10).await.code(), Code::Revoked);
    assert_eq!(shop.get(LIST, &stolen.token).await.code(), Code::Revoked);
    assert!(stolen.sign_in(&shop).await.revoked);
    assert_eq!(refused(&shop, &mut stolen).await, [SideVerdict::RefusedRevoked]);
    // The owner sees it, and lets it count.
    let (items, _) = till.pull(&shop, 20).await;
    assert_eq!(items.last().unwrap().2, "refused-revoked");
    let adopted = json!({"hash": "", "device": "d2", "chain": 1, "seq": 3});
    till.write_as("ana", "adopt-1", "entry.adopted", adopted, Some("mira"), None);
    assert_eq!(refused(&shop, &mut till).await, []);
}

#[tokio::test]
async fn a_device_that_was_revoked_revokes_and_invites_no_more_until_an_admin_adopts_it() {
    let (shop, mut till) = Shop::founded(memory()).await;
    let mut stolen = shop.join("d2", "clerk").await;
    shop.join("d3", "clerk").await;
    stolen.push(&shop).await;
    till.of_shop("ana", "device.revoked", json!({"device": "d2"}));
    assert_eq!(refused(&shop, &mut till).await, []);
    let code = stolen.invite("ana", false);
    stolen.of_shop("ana", "device.revoked", json!({"device": "d3"}));
    assert_eq!(refused(&shop, &mut stolen).await, [SideVerdict::RefusedRevoked; 2]);
    assert_eq!(shop.post("/v1/enrol", &Device::new("d4").enrolment(code)).await.code(), Code::WrongCode);
    let revoked =
        async || Vec::from_iter(list(&shop, &till).await.devices.into_iter().map(|one| one.revoked));
    assert_eq!(revoked().await, [None, Some(NOW), None]);
    // Adopted, a revocation is carried out; an invite is not, because its time is over.
    for (at, seq) in [(1, 2), (2, 3)] {
        let adopted = json!({"hash": "", "device": "d2", "chain": 1, "seq": seq});
        till.write_as("ana", &format!("adopt-{at}"), "entry.adopted", adopted, None, None);
    }
    assert_eq!(refused(&shop, &mut till).await, []);
    let told = Vec::from_iter(list(&shop, &till).await.devices.into_iter().map(|one| one.revoked));
    assert_eq!(told, [None, Some(NOW), Some(NOW)]);
    assert_eq!(shop.post("/v1/enrol", &Device::new("d4").enrolment(code)).await.code(), Code::WrongCode);
}

/// A database of an endpoint of an earlier version has revoked devices without an entry.
#[tokio::test]
async fn devices_that_were_revoked_before_there_were_entries_stay_revoked() {
    let store = memory();
    let (shop, _) = Shop::founded(Arc::clone(&store)).await;
    let mut stolen = shop.join("d2", "clerk").await;
    let revoke = store.writing(SHOP, |tx| {
        let known = tx.device(SHOP, "d2")?.unwrap();
        tx.put_device(&endpoint::store::Device { revoked: Some(7), ..known })
    });
    revoke.await.unwrap();
    let shop = Shop::empty(store).await;
    assert!(stolen.sign_in(&shop).await.revoked);
    assert_eq!(refused(&shop, &mut stolen).await, [SideVerdict::RefusedRevoked]);
    assert_eq!(stolen.pull_reply(&shop, 10).await.code(), Code::Revoked);
}

#[tokio::test]
async fn an_invite_is_an_entry_of_an_admin_at_any_counter_and_is_good_from_when_it_came() {
    let store = memory();
    let (shop, mut till) = Shop::founded(Arc::clone(&store)).await;
    let mut second = shop.join("d2", "clerk").await;
    let by_clerk = second.invite("bob", false);
    let by_admin = second.invite("ana", false);
    let pushed = refused(&shop, &mut second).await;
    assert_eq!(pushed, [SideVerdict::RefusedRole]);
    let new = Device::new("d3");
    assert_eq!(shop.post("/v1/enrol", &new.enrolment(by_clerk)).await.code(), Code::WrongCode);
    let enrolled: Enrolled = shop.post("/v1/enrol", &new.enrolment(by_admin)).await.ok();
    assert_eq!((enrolled.role.as_str(), enrolled.letter.as_deref()), ("clerk", Some("C")));
    // A second entry with the same code, by any person, lets no second device in.
    till.of_shop("ana", "device.invited", json!({"code": by_admin.hash()}));
    let reading = till.invite("ana", true);
    assert_eq!(refused(&shop, &mut till).await, []);
    let other = Device::new("d4");
    assert_eq!(shop.post("/v1/enrol", &other.enrolment(by_admin)).await.code(), Code::WrongCode);
    // The till wrote it long before; its time begins when the endpoint has it.
    let code = *journal::Hash::parse(&reading.hash()).unwrap().bytes();
    let (_, invite) = store.reading(move |tx| tx.invite(&code)).await.unwrap().unwrap();
    assert_eq!((invite.until, invite.role.as_str()), (NOW + INVITE_MILLIS, "reader"));
    let enrolled: Enrolled = shop.post("/v1/enrol", &other.enrolment(reading)).await.ok();
    assert_eq!((enrolled.role.as_str(), enrolled.letter), ("reader", None));
}

#[tokio::test]
async fn an_invite_that_was_withdrawn_lets_no_device_in() {
    let (shop, mut till) = Shop::founded(memory()).await;
    let mut second = shop.join("d2", "clerk").await;
    let (code, used) = (till.invite("ana", false), till.invite("ana", false));
    assert_eq!(refused(&shop, &mut till).await, []);
    second.of_shop("bob", "invite.withdrawn", json!({"code": used.hash()}));
    assert_eq!(refused(&shop, &mut second).await, [SideVerdict::RefusedRole]);
    let (new, other) = (Device::new("d3"), Device::new("d4"));
    shop.post("/v1/enrol", &new.enrolment(used)).await.ok::<Enrolled>();
    for code in [code.hash(), used.hash(), "00".repeat(32)] {
        till.of_shop("ana", "invite.withdrawn", json!({"code": code}));
    }
    assert_eq!(refused(&shop, &mut till).await, []);
    assert_eq!(shop.post("/v1/enrol", &other.enrolment(code)).await.code(), Code::WrongCode);
    // Of one that was used, the device stays.
    shop.post("/v1/enrol", &new.enrolment(used)).await.ok::<Enrolled>();
    assert_eq!(list(&shop, &till).await.devices.len(), 3);
    // A hash that is none is no entry.
    till.of_shop("ana", "device.invited", json!({"code": "00"}));
    let wrong = till.send(&shop, till.push_of(till.sent, till.lines.len())).await;
    assert_eq!(wrong.code(), Code::WrongEntry);
}

#[tokio::test]
async fn of_two_devices_with_one_invite_at_once_one_joins() {
    let folder = tempfile::TempDir::new().unwrap();
    let stores: [Arc<dyn Store>; 2] = [memory(), Arc::new(Sqlite::open(folder.path()).unwrap())];
    for store in stores {
        let (shop, mut till) = Shop::founded(store).await;
        let code = till.invite("ana", false);
        till.push(&shop).await;
        let devices = [Device::new("d2"), Device::new("d3")];
        let [first, second] = devices.map(|device| device.enrolment(code));
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

#[tokio::test]
async fn each_copy_of_a_device_writes_with_its_own_key_in_its_own_chain() {
    let (shop, mut till) = Shop::founded(memory()).await;
    let mut copy = Device::new("d1");
    (copy.chain, copy.token, copy.epoch, copy.after) = (2, till.token.clone(), till.epoch, till.after);
    copy.key = ed25519_dalek::SigningKey::from_bytes(&[9; 32]);
    copy.open("KXQ");
    copy.credit("ana", "1.00", None);
    assert_eq!(refused(&shop, &mut copy).await, []);
    // The other one goes on as before, also with another session.
    till.sign_in(&shop).await;
    till.credit("ana", "2.00", None);
    assert_eq!(refused(&shop, &mut till).await, []);
    // Neither writes in the chain of the other.
    std::mem::swap(&mut till.key, &mut copy.key);
    for device in [&mut till, &mut copy] {
        device.credit("ana", "3.00", None);
        let pushed = device.send(&shop, device.push_of(device.sent, device.lines.len())).await;
        assert_eq!(pushed.code(), Code::WrongSignature);
    }
    // The key that the device enrolled with opens sessions, for either.
    copy.sign_in(&shop).await;
    assert_eq!(till.answer(&shop, ORIGIN).await.code(), Code::WrongProof);
}
