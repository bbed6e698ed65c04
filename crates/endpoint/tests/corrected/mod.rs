//! Mails that correct others: a customer was told of a refund, and the money has come back.

use super::*;
use endpoint::store::Mail;
use serde_json::Value;
use sync::wire::{MailState, Mails};

clocks! { corrected unwanted untold }

const MAILS: &str = "/v1/shops/shop-1/mails";

impl World {
    /// A shop whose endpoint sends mails.
    async fn with_mail(now: fn() -> u64) -> Self {
        let mut world = Self::on(devices::memory(), now).await;
        world.sends_mails().await;
        world
    }

    /// The confirmation of a refund is sent to an address, and has got there.
    async fn confirm(&mut self, refund: &str, to: &str) {
        self.as_if_read().await;
        let asked = json!({"customer":"mira","document":refund,"nth":0,"to":to,"from_name":"Shop","subject":"Refund",
            "text":"Refunded","html":""});
        self.till.post(&self.shop, MAILS, asked).await.ok::<Mails>();
        let (refund, to) = (refund.to_owned(), to.to_owned());
        let sent = move |tx: &mut dyn endpoint::store::Write| {
            let mut mails = tx.mails("shop-1", Some("mira"))?.into_iter();
            let mail = mails.find(|mail| mail.document == refund && mail.to == to).unwrap();
            tx.put_mail(&Mail { state: MailState::Sent, due: None, ..mail })
        };
        self.store.writing("shop-1", sent).await.unwrap();
    }

    /// The documents and addresses of the mails that the endpoint has written by itself.
    async fn corrections(&self) -> Vec<(String, String)> {
        let mut of_endpoint = self.mails().await;
        of_endpoint.retain(|(document, _)| document.ends_with("-back"));
        of_endpoint.sort();
        of_endpoint
    }

    /// The bank sends back the refund that was made last, and the endpoint hears of it.
    async fn sent_back(&self) {
        let (id, ..) = self.double.refunds().await.pop().unwrap();
        self.double.settles(&id, "failed").await;
        for _ in 0..2 {
            self.refunds().look_at_all().await.unwrap();
            self.round().await;
        }
    }
}

/// B36.
#[tokio::test(flavor = "multi_thread")]
async fn a_mail_about_a_refund_that_is_sent_back_is_corrected_once() {
    let mut world = World::with_mail(corrected::now).await;
    world.refund("r-1", "30.00").await;
    world.round().await;
    world.confirm("r-1", "mira@example.net").await;
    world.confirm("r-1", "Office@example.net").await;
    assert_eq!(world.corrections().await, []);
    world.sent_back().await;
    assert_eq!(world.told().await.last(), Some(&said("r-1", "failed")));
    let to = |address: &str| ("r-1-back".to_owned(), address.to_owned());
    assert_eq!(world.corrections().await, [to("mira@example.net"), to("office@example.net")]);
    let ids = world.store.reading(|tx| tx.due_mails(10)).await.unwrap();
    let mut texts = Vec::new();
    for (_, shop, id) in ids {
        let mail = world.store.reading(move |tx| tx.mail(&shop, &id)).await.unwrap().unwrap();
        texts.push(serde_json::from_slice::<Value>(&mail.content).unwrap()["subject"].clone());
    }
    assert_eq!(
        texts,
        ["Corner Shop: Berichtigung zur Rückzahlung", "Corner Shop: Berichtigung zur Rückzahlung"]
    );
    // Neither time nor another endpoint over the store repeats it.
    corrected::pass(DAY);
    Refunds::new(opened(&world.store, corrected::now).await, world.double.gateway(), None)
        .round()
        .await
        .unwrap();
    assert_eq!(world.corrections().await.len(), 2);
}

/// B36.
#[tokio::test(flavor = "multi_thread")]
async fn a_customer_who_wants_no_mail_gets_no_correction() {
    let mut world = World::with_mail(unwanted::now).await;
    world.refund("r-1", "30.00").await;
    world.round().await;
    world.confirm("r-1", "mira@example.net").await;
    world.customer("mira-3", json!({"customer":"mira","no_mail":true})).await;
    world.sent_back().await;
    assert_eq!(world.told().await.last(), Some(&said("r-1", "failed")));
    assert_eq!(world.corrections().await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_customer_who_was_told_nothing_gets_no_correction() {
    let mut world = World::with_mail(untold::now).await;
    world.refund("r-1", "30.00").await;
    world.refund("r-2", "10.00").await;
    world.round().await;
    // The other refund is not the one that comes back.
    world.confirm("r-2", "mira@example.net").await;
    let (id, ..) = world.double.refunds().await[0].clone();
    world.double.settles(&id, "failed").await;
    world.refunds().look_at_all().await.unwrap();
    world.round().await;
    assert_eq!(world.told().await.last(), Some(&said("r-1", "failed")));
    assert_eq!(world.corrections().await, []);
}
