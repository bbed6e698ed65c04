//! Mails that wait on a device until the endpoint has them.

use super::*;
use crate::engine::tests::acts::{customer, shop};
use crate::replica::{NotConnected, deliver_mails, mails, queue_mail, sends_mails, waiting_mails};
use endpoint::{MailServer, MailSettings};
use std::collections::BTreeSet;
use sync::wire::{AskMail, Code};

fn engine() -> Engine<Memory> {
    let (_, engine) = shop();
    record(&engine, &[customer("mira")]);
    engine
}

/// A mail server that is not there: mails stay queued at the endpoint.
fn send_mails(shop: &Shop) {
    let settings = MailSettings {
        server: "127.0.0.1".into(),
        port: Some(9),
        from: "shop@example.org".into(),
        ..MailSettings::default()
    };
    shop.endpoint.send_mails(MailServer::new(&settings).unwrap());
}

fn ask(nth: u32, to: &str) -> AskMail {
    AskMail {
        customer: "mira".into(),
        document: "p-1".into(),
        nth,
        to: to.into(),
        from_name: "Corner Shop".into(),
        subject: "Receipt".into(),
        text: "Paid".into(),
        html: String::new(),
    }
}

async fn deliver(counter: &Counter) -> Result<usize, NotConnected> {
    deliver_mails(&counter.engine, &counter.link, at(), async || ()).await
}

fn at() -> (ledger::date::Date, u64) {
    (today(), NOW)
}

async fn waiting(counter: &Counter) -> Vec<(u32, Option<Code>)> {
    let waiting = waiting_mails(&counter.engine).await.unwrap();
    waiting.into_iter().map(|mail| (mail.ask.nth, mail.refused)).collect()
}

#[test]
fn a_mail_waits_without_a_connection_and_is_asked_for_once_by_two_counters() {
    exchange(async || {
        let (shop, till) = Shop::founded_by(engine()).await;
        send_mails(&shop);
        let workshop = shop.join("tablet").await;
        till.set(Net::Down);
        for to in ["mira@example.net", "Mira@Example.net"] {
            queue_mail(&till.engine, ask(0, to), at()).await.unwrap();
        }
        assert_eq!(deliver(&till).await, Err(NotConnected::NotAnswering));
        till.set(Net::LoginPage);
        assert_eq!(deliver(&till).await, Err(NotConnected::NotAnswering));
        assert_eq!(waiting(&till).await, [(0, None)]);

        till.set(Net::Up);
        queue_mail(&workshop.engine, ask(0, "mira@example.net"), at()).await.unwrap();
        for counter in [&till, &workshop] {
            assert_eq!(deliver(counter).await, Ok(1));
            assert_eq!(waiting(counter).await, []);
            assert_eq!(deliver(counter).await, Ok(0));
        }
        queue_mail(&till.engine, ask(1, "mira@example.net"), at()).await.unwrap();
        assert_eq!(deliver(&till).await, Ok(1));
        let told = mails(&workshop.engine, &workshop.link, "mira").await.unwrap();
        // Both were asked for in the same millisecond.
        let told: BTreeSet<u32> = told.mails.iter().map(|mail| mail.nth).collect();
        assert_eq!(told, BTreeSet::from([0, 1]));
    });
}

#[test]
fn what_the_endpoint_refuses_is_told_and_does_not_hold_up_the_others() {
    exchange(async || {
        let (shop, till) = Shop::founded_by(engine()).await;
        send_mails(&shop);
        queue_mail(&till.engine, ask(100, "mira@example.net"), at()).await.unwrap();
        queue_mail(&till.engine, ask(0, "mira@example.net"), at()).await.unwrap();
        assert_eq!(deliver(&till).await, Ok(1));
        assert_eq!(waiting(&till).await, [(100, Some(Code::WrongField))]);
        // It is tried again only when it is asked for again.
        assert_eq!(deliver(&till).await, Ok(0));
        queue_mail(&till.engine, ask(100, "mira@example.net"), at()).await.unwrap();
        assert_eq!(waiting(&till).await, [(100, None)]);
    });
}

#[test]
fn an_endpoint_without_a_mail_server_takes_none_and_they_wait() {
    exchange(async || {
        let (shop, till) = Shop::founded_by(engine()).await;
        assert_eq!(sends_mails(&till.link).await, Ok(false));
        queue_mail(&till.engine, ask(0, "mira@example.net"), at()).await.unwrap();
        assert_eq!(deliver(&till).await, Err(NotConnected::Refused(Code::NoMail)));
        assert_eq!(waiting(&till).await, [(0, None)]);
        send_mails(&shop);
        assert_eq!(sends_mails(&till.link).await, Ok(true));
        assert_eq!(deliver(&till).await, Ok(1));
    });
}
