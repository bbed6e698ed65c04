//! Mails through a real mail server: what it takes, puts off and refuses, and what it does not answer.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used, missing_docs)]

mod devices;
mod mailbox;

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use devices::{Device, NOW, ORIGIN, SHOP, Shop, memory};
use endpoint::{Endpoint, MailServer, MailSettings, Settings, api};
use mailbox::{Mailbox, ask, field, settings, until};
use rcgen::{CertifiedKey, generate_simple_self_signed};
use serde_json::{Value, json};
use sync::wire::{Code, MailState, Mailed, Mails};
use tempfile::TempDir;

const MAILS: &str = "/v1/shops/shop-1/mails";

async fn shop_at(now: fn() -> u64, server: Option<MailServer>) -> (Shop, Device) {
    let settings = Settings { origins: vec![ORIGIN.into()] };
    let endpoint = Endpoint::open_at(memory(), settings, now).await.unwrap();
    if let Some(server) = server {
        endpoint.send_mails(server);
    }
    let shop = Shop { router: api(endpoint.clone()), endpoint };
    let till = shop.first_device().await;
    (shop, till)
}

async fn shop(server: MailServer) -> (Shop, Device) {
    shop_at(devices::now, Some(server)).await
}

async fn told(shop: &Shop, till: &Device, document: &str) -> Option<Mailed> {
    let mails: Mails = shop.get(&format!("{MAILS}?customer=mira"), &till.token).await.ok();
    mails.mails.into_iter().find(|mail| mail.document == document)
}

/// Waits until the document's mail is in the state.
async fn in_state(shop: &Shop, till: &Device, document: &str, state: MailState) -> Mailed {
    until("the state", async || told(shop, till, document).await.filter(|mail| mail.state == state)).await
}

/// Waits until the mail server's answer about the document is known.
async fn answered(shop: &Shop, till: &Device, document: &str) -> Mailed {
    until("the answer", async || told(shop, till, document).await.filter(|mail| mail.reason.is_some())).await
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs aiosmtpd"]
async fn a_mail_is_sent_once_however_often_it_is_asked_for() {
    let mailbox = Mailbox::open();
    let (shop, till) = shop(mailbox.server()).await;
    let second = shop.join("d2", "clerk").await;
    let first: Mails = till.post(&shop, MAILS, ask("p-1", "mira")).await.ok();
    assert!(first.sends && first.mails.len() == 1);
    for device in [&till, &second] {
        let again: Mails = device.post(&shop, MAILS, ask("p-1", "mira")).await.ok();
        assert_eq!(again.mails.len(), 1);
    }
    let sent = in_state(&shop, &till, "p-1", MailState::Sent).await;
    assert_eq!((sent.nth, sent.to.as_str(), sent.reason), (0, "mira@example.net", None));
    // Every device of the shop is told.
    in_state(&shop, &second, "p-1", MailState::Sent).await;
    let mut next = ask("p-1", "mira");
    next["nth"] = json!(1);
    till.post(&shop, MAILS, next).await.ok::<Mails>();
    let mails = until("two mails", async || Some(mailbox.mails()).filter(|mails| mails.len() == 2)).await;
    assert_ne!(field(&mails[0], "Message-ID"), field(&mails[1], "Message-ID"));
    assert!(field(&mails[0], "Message-ID").ends_with("@example.org>"));
    for (name, value) in [
        ("From", "\"Corner Shop\" <shop@example.org>"),
        ("To", "mira@example.net"),
        ("Subject", "Receipt AP-0001"),
        ("Auto-Submitted", "auto-generated"),
    ] {
        assert_eq!(field(&mails[0], name), value);
    }
    assert!(mails[0].contains("text/plain") && mails[0].contains("text/html"), "{}", mails[0]);
    let metrics = shop.get("/metrics", "").await.text;
    assert!(metrics.contains("counterfoil_mails_asked_total 2\n"), "{metrics}");
    until("the count", async || {
        let metrics = shop.get("/metrics", "").await.text;
        metrics.contains("counterfoil_mails_sent_total 2\n").then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs aiosmtpd"]
async fn an_address_that_is_refused_is_told_with_the_answer_and_not_tried_again() {
    let mailbox = Mailbox::open();
    let (shop, till) = shop(mailbox.server()).await;
    till.post(&shop, MAILS, ask("p-1", "unknown")).await.ok::<Mails>();
    let refused = in_state(&shop, &till, "p-1", MailState::Refused).await;
    assert_eq!(refused.reason.as_deref(), Some("550 5.1.1 no such user here"));
    // Nothing is left to be attempted: what is asked for after it is sent, and the refused one stays as it is.
    till.post(&shop, MAILS, ask("p-2", "mira")).await.ok::<Mails>();
    in_state(&shop, &till, "p-2", MailState::Sent).await;
    assert_eq!(told(&shop, &till, "p-1").await.unwrap(), refused);
    assert_eq!(mailbox.mails().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs aiosmtpd"]
async fn a_mail_that_was_sent_can_come_back_and_no_other() {
    let mailbox = Mailbox::open();
    let (shop, till) = shop(mailbox.server()).await;
    let returns = format!("{MAILS}/returns");
    let back = |document: &str, name: &str| json!({"customer":"mira","document":document,"nth":0,"to":format!("{name}@example.net")});
    till.post(&shop, MAILS, ask("p-1", "mira")).await.ok::<Mails>();
    till.post(&shop, MAILS, ask("p-2", "unknown")).await.ok::<Mails>();
    in_state(&shop, &till, "p-1", MailState::Sent).await;
    let refused = in_state(&shop, &till, "p-2", MailState::Refused).await;
    // Of one that was refused, of another address and of another document nothing is noted.
    for wrong in [back("p-2", "unknown"), back("p-1", "ana"), back("p-3", "mira")] {
        till.post(&shop, &returns, wrong).await.ok::<Mails>();
    }
    assert_eq!(told(&shop, &till, "p-1").await.unwrap().state, MailState::Sent);
    for _ in 0..2 {
        let mails: Mails = till.post(&shop, &returns, back("p-1", "Mira")).await.ok();
        assert_eq!(
            mails.mails.iter().map(|mail| mail.state).collect::<Vec<_>>(),
            [MailState::CameBack, MailState::Refused]
        );
    }
    assert_eq!(told(&shop, &till, "p-2").await.unwrap(), refused);
    // It is not sent again by itself; a device that only reads notes nothing.
    till.post(&shop, MAILS, ask("p-1", "mira")).await.ok::<Mails>();
    assert_eq!(
        (told(&shop, &till, "p-1").await.unwrap().state, mailbox.mails().len()),
        (MailState::CameBack, 1)
    );
    let reader = shop.join("d3", "reader").await;
    assert_eq!(reader.post(&shop, &returns, back("p-1", "mira")).await.status, 403);
}

static CLOCK: AtomicU64 = AtomicU64::new(NOW);

fn clock() -> u64 {
    CLOCK.load(Ordering::SeqCst)
}

const MINUTE: u64 = 60_000;

/// Lets time pass, and wakes the worker, which has slept by the clock of the machine.
async fn pass(shop: &Shop, till: &mut Device, millis: u64) {
    CLOCK.fetch_add(millis, Ordering::SeqCst);
    till.sign_in(shop).await;
    till.post(shop, MAILS, ask("p-1", "later")).await.ok::<Mails>();
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs aiosmtpd"]
async fn a_mail_that_is_put_off_is_tried_again_for_a_day() {
    let mailbox = Mailbox::open();
    let (shop, mut till) = shop_at(clock, Some(mailbox.server())).await;
    till.post(&shop, MAILS, ask("p-1", "later")).await.ok::<Mails>();
    till.post(&shop, MAILS, ask("p-2", "later-once")).await.ok::<Mails>();
    let waits = answered(&shop, &till, "p-2").await;
    assert_eq!(
        (waits.state, waits.reason.as_deref()),
        (MailState::Queued, Some("451 4.3.0 try again later"))
    );
    pass(&shop, &mut till, MINUTE).await;
    let sent = in_state(&shop, &till, "p-2", MailState::Sent).await;
    assert_eq!(sent.reason, None);
    // The other one is still tried; after a day it is given up, with the last answer.
    answered(&shop, &till, "p-1").await;
    pass(&shop, &mut till, 24 * 60 * MINUTE).await;
    let given_up = in_state(&shop, &till, "p-1", MailState::GivenUp).await;
    assert_eq!(given_up.reason.as_deref(), Some("451 4.3.0 try again later"));
    assert_eq!(mailbox.mails().len(), 1);
}

static SECOND_CLOCK: AtomicU64 = AtomicU64::new(NOW);

fn second_clock() -> u64 {
    SECOND_CLOCK.load(Ordering::SeqCst)
}

/// A connection that ends after the text may have delivered it: it is sent again under the same `Message-ID`. A server that says nothing is
/// left after the deadline.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs aiosmtpd"]
async fn a_mail_without_an_answer_is_sent_again_as_the_same_mail() {
    let mailbox = Mailbox::open();
    let server = mailbox.server().with_deadline(Duration::from_millis(500));
    let (shop, till) = shop_at(second_clock, Some(server)).await;
    for name in ["drop", "stall"] {
        till.post(&shop, MAILS, ask(name, name)).await.ok::<Mails>();
        until("the attempt", async || {
            let metrics = shop.get("/metrics", "").await.text;
            let expected = if name == "drop" { 1 } else { 2 };
            metrics.contains(&format!("counterfoil_mails_delayed_total {expected}\n")).then_some(())
        })
        .await;
        assert_eq!(told(&shop, &till, name).await.unwrap().state, MailState::Queued);
    }
    SECOND_CLOCK.fetch_add(MINUTE, Ordering::SeqCst);
    till.post(&shop, MAILS, ask("drop", "drop")).await.ok::<Mails>();
    for name in ["drop", "stall"] {
        in_state(&shop, &till, name, MailState::Sent).await;
    }
    let mails = mailbox.mails();
    let to_drop: Vec<_> = mails.iter().filter(|mail| field(mail, "To") == "drop@example.net").collect();
    assert_eq!((mails.len(), to_drop.len()), (3, 2));
    assert_eq!(field(to_drop[0], "Message-ID"), field(to_drop[1], "Message-ID"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_server_that_is_not_there_delays_and_refuses_nothing() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let (shop, till) = shop(MailServer::new(&settings(port)).unwrap()).await;
    till.post(&shop, MAILS, ask("p-1", "mira")).await.ok::<Mails>();
    until("the attempt", async || {
        let metrics = shop.get("/metrics", "").await.text;
        metrics.contains("counterfoil_mails_delayed_total 1\n").then_some(())
    })
    .await;
    let mail = told(&shop, &till, "p-1").await.unwrap();
    assert_eq!((mail.state, mail.reason), (MailState::Queued, None));
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs aiosmtpd"]
async fn a_wrong_password_delays_mails_and_the_right_one_sends_them() {
    let variables = [("MAIL_USER", "shop"), ("MAIL_PASSWORD", "secret")];
    let mailbox = Mailbox::open_with(&[], &variables);
    let folder = TempDir::new().unwrap();
    for (password, state) in [("wrong", MailState::Queued), ("secret", MailState::Sent)] {
        let file = folder.path().join(password);
        private(&file, password);
        let with =
            MailSettings { user: Some("shop".into()), password_file: Some(file), ..mailbox.settings() };
        let (shop, till) = shop(MailServer::new(&with).unwrap()).await;
        till.post(&shop, MAILS, ask("p-1", "mira")).await.ok::<Mails>();
        if state == MailState::Queued {
            let answer = answered(&shop, &till, "p-1").await;
            assert!(answer.reason.unwrap().starts_with("535"));
        }
        in_state(&shop, &till, "p-1", state).await;
    }
    assert_eq!(mailbox.mails().len(), 1);
}

fn private(file: &std::path::Path, text: &str) {
    std::fs::write(file, text).unwrap();
    #[cfg(unix)]
    std::fs::set_permissions(file, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
}

/// A server elsewhere gets nothing before the connection is encrypted and its certificate is checked.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs aiosmtpd"]
async fn encryption_is_required_and_the_certificate_is_checked() {
    let folder = TempDir::new().unwrap();
    let CertifiedKey { cert, signing_key } = generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let (certificate, key) = (folder.path().join("cert.pem"), folder.path().join("key.pem"));
    std::fs::write(&certificate, cert.pem()).unwrap();
    std::fs::write(&key, signing_key.serialize_pem()).unwrap();
    let other = generate_simple_self_signed(["localhost".to_owned()]).unwrap().cert.pem();
    let wrong = folder.path().join("wrong.pem");
    std::fs::write(&wrong, other).unwrap();
    let (encrypted, plain) = (Mailbox::open_with(&[&certificate, &key], &[]), Mailbox::open());
    let to = |port: u16, authorities: &std::path::Path| MailSettings {
        server: "localhost".into(),
        authorities: Some(authorities.to_owned()),
        ..settings(port)
    };
    for (with, sent) in [
        (to(encrypted.port, &certificate), true),
        (to(encrypted.port, &wrong), false),
        (to(plain.port, &certificate), false),
    ] {
        let (shop, till) = shop(MailServer::new(&with).unwrap()).await;
        till.post(&shop, MAILS, ask("p-1", "mira")).await.ok::<Mails>();
        if sent {
            in_state(&shop, &till, "p-1", MailState::Sent).await;
        } else {
            until("the attempt", async || {
                let metrics = shop.get("/metrics", "").await.text;
                metrics.contains("counterfoil_mails_delayed_total 1\n").then_some(())
            })
            .await;
        }
    }
    assert_eq!((encrypted.mails().len(), plain.mails().len()), (1, 0));
}

#[tokio::test]
async fn what_would_change_the_head_or_the_receiver_is_refused_and_not_kept() {
    let (shop, till) = shop(MailServer::new(&settings(9)).unwrap()).await;
    let with = |field: &str, value: Value| {
        let mut body = ask("p-1", "mira");
        body[field] = value;
        body
    };
    for (field, value) in [
        ("to", json!("mira@example.net\r\nBcc: eve@example.net")),
        ("to", json!("mira@@example.net")),
        ("to", json!(format!("{}@example.net", "m".repeat(300)))),
        ("to", json!("javascript:alert(1)")),
        ("subject", json!("Receipt\r\nBcc: eve@example.net")),
        ("subject", json!("Receipt\n")),
        ("subject", json!("")),
        ("subject", json!("x".repeat(201))),
        ("from_name", json!("Shop\nBcc: eve@example.net")),
        ("nth", json!(100)),
        ("nth", json!(-1)),
        ("text", json!("")),
        ("text", json!("x".repeat((64 << 10) + 1))),
        ("html", json!("x".repeat((192 << 10) + 1))),
        ("document", json!("../p-1")),
    ] {
        let reply = till.post(&shop, MAILS, with(field, value.clone())).await;
        assert_eq!(reply.code(), Code::WrongField, "{field}: {value}");
    }
    assert_eq!(
        till.post(&shop, MAILS, with("bcc", json!("eve@example.net"))).await.code(),
        Code::UnknownField
    );
    let long = till.post(&shop, MAILS, with("html", json!("x".repeat(600 << 10)))).await;
    assert_eq!(long.code(), Code::TooLarge);
    let mails: Mails = shop.get(&format!("{MAILS}?customer=mira"), &till.token).await.ok();
    assert_eq!(mails.mails, []);
    assert_eq!(shop.get(&format!("{MAILS}?customer=.."), &till.token).await.code(), Code::WrongField);
}

#[tokio::test]
async fn only_devices_that_record_may_send_and_only_where_there_is_a_mail_server() {
    let (shop, till) = shop_at(devices::now, None).await;
    assert_eq!(till.post(&shop, MAILS, ask("p-1", "mira")).await.code(), Code::NoMail);
    let mails: Mails = shop.get(&format!("{MAILS}?customer=mira"), &till.token).await.ok();
    assert!(!mails.sends);
    assert_eq!(shop.get(&format!("{MAILS}?customer=mira"), "").await.code(), Code::NoSession);

    shop.endpoint.send_mails(MailServer::new(&settings(9)).unwrap());
    let reader = shop.join("d2", "reader").await;
    assert_eq!(reader.post(&shop, MAILS, ask("p-1", "mira")).await.code(), Code::ReadOnly);
    let clerk = shop.join("d3", "clerk").await;
    assert!(shop.endpoint.revoke(SHOP, "d3").await.unwrap());
    assert_eq!(clerk.post(&shop, MAILS, ask("p-1", "mira")).await.code(), Code::Revoked);
    assert_eq!(
        clerk.post(&shop, "/v1/shops/other/mails", ask("p-1", "mira")).await.code(),
        Code::UnknownShop
    );
    till.post(&shop, MAILS, ask("p-1", "mira")).await.ok::<Mails>();
    let told: Mails = shop.get(&format!("{MAILS}?customer=mira"), &reader.token).await.ok();
    assert_eq!(told.mails.len(), 1);
}
