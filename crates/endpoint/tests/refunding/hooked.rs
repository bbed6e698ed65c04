//! Webhooks of the double, as it signs and delivers them.

use axum::body::Body;
use endpoint::gateway::WebhookSecrets;
use serde_json::json;

use super::World;
use crate::devices::{self, Reply, request};

/// The address of webhooks.
pub const PATH: &str = "/v1/webhooks/stripe";

const SECRET: &str = "whsec_double_0123456789abcdef";

/// A webhook that the double delivers: its body, and its signature.
pub type Webhook = (String, Option<String>);

impl World {
    /// A shop whose endpoint receives webhooks, and whose processor has the same time.
    pub async fn hooked(now: fn() -> u64) -> Self {
        let world = Self::on(devices::memory(), now).await;
        world.shop.endpoint.receive_webhooks(WebhookSecrets::new(SECRET).unwrap());
        let theirs = world.double.does(json!({"do":"look"})).await["now"].as_i64().unwrap();
        let ahead = i64::try_from(now() / 1_000).unwrap() - theirs;
        world.double.does(json!({"do":"clock","seconds":ahead})).await;
        world
    }

    /// What the processor has to tell since it was last asked, delivered in a way.
    pub async fn news(&self, how: &str) -> Vec<Webhook> {
        self.double.does(json!({"do":"delivery","how":how})).await;
        let events = self.double.does(json!({"do":"events"})).await;
        let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
        let events = events.as_array().unwrap().iter();
        events.map(|event| (text(&event["payload"]), Some(text(&event["signature"])))).collect()
    }

    pub async fn receive(&self, (body, signature): &Webhook) -> Reply {
        let mut sent = request("POST", PATH, &[]);
        if let Some(signature) = signature {
            sent = sent.header("stripe-signature", signature);
        }
        self.shop.send(sent.body(Body::from(body.clone())).unwrap()).await
    }

    /// Gives the endpoint everything that the processor has to tell.
    pub async fn receive_all(&self, how: &str) -> usize {
        let news = self.news(how).await;
        for webhook in &news {
            assert_eq!(self.receive(webhook).await.status, 200);
        }
        news.len()
    }

    pub async fn looks(&self) -> u64 {
        self.double.calls("GET /v1/refunds/{id}").await
    }
}
