//! A shop whose endpoint sends mails, to a mail server that does not answer: what is in the outbox stays there.

use endpoint::{MailServer, MailSettings};
use serde_json::{Value, json};

use super::World;

/// A port that no program listens at.
const CLOSED: u16 = 9;

impl World {
    /// The endpoint sends mails from now on, and the customer is written to in German.
    pub async fn sends_mails(&mut self) {
        let settings = MailSettings {
            server: "127.0.0.1".into(),
            port: Some(CLOSED),
            from: "shop@example.org".into(),
            ..MailSettings::default()
        };
        self.shop.endpoint.send_mails(MailServer::new(&settings).unwrap());
        self.customer("mira-2", json!({"customer":"mira","email":"mira@example.net","language":"de"})).await;
    }

    /// An entry changes what is known of the customer.
    pub async fn customer(&mut self, id: &str, changed: Value) {
        self.as_if_read().await;
        self.till.write_version("ana", id, ("customer.changed", 3), changed, Some("mira"));
        self.till.push(&self.shop).await;
    }

    /// The documents and addresses of the customer's mails.
    pub async fn mails(&self) -> Vec<(String, String)> {
        let mails = self.store.reading(|tx| tx.mails("shop-1", Some("mira"))).await.unwrap();
        mails.into_iter().map(|mail| (mail.document, mail.to)).collect()
    }
}
