//! What is admitted, with which verdict, and what is handed out.
#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used, missing_docs)]

mod devices;

use devices::{Device, NOW, SHOP, Shop, end, memory};
use journal::{Press, SideVerdict};
use serde_json::json;
use sync::wire::{Code, Pushed};
use sync::{Checkpoint, LogHash};

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
    second.credit("unknown-member", "25.00", None);
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
