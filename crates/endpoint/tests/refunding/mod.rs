//! A shop with a customer who has paid online, at an endpoint with a card processor.
#![allow(dead_code, clippy::indexing_slicing, clippy::unwrap_used, missing_docs)]

pub mod hooked;
mod mailing;

use std::sync::Arc;

use endpoint::gateway::{Refunds, Round};
use endpoint::store::Store;
use endpoint::{Endpoint, Settings, api};
use journal::Clock;
use serde_json::{Value, json};

use crate::devices::{Device, ORIGIN, Shop};
use crate::double::Double;
use crate::stores::records;

pub const MINUTE: u64 = 60_000;
pub const DAY: u64 = 24 * 60 * MINUTE;

/// Clocks that tests move, one for each test.
macro_rules! clocks {
    ($($name:ident)*) => {
        $(mod $name {
            use std::sync::atomic::{AtomicU64, Ordering};

            static CLOCK: AtomicU64 = AtomicU64::new(crate::devices::NOW);

            pub fn now() -> u64 {
                CLOCK.load(Ordering::SeqCst)
            }

            #[allow(dead_code)]
            pub fn pass(time: u64) {
                CLOCK.fetch_add(time, Ordering::SeqCst);
            }
        })*
    };
}

pub(crate) use clocks;

/// A shop of which a customer has paid an order of 100.00 online.
pub struct World {
    pub shop: Shop,
    pub till: Device,
    pub double: Double,
    pub store: Arc<dyn Store>,
    pub now: fn() -> u64,
}

impl World {
    pub async fn on(store: Arc<dyn Store>, now: fn() -> u64) -> Self {
        let endpoint = opened(&store, now).await;
        let shop = Shop { router: api(endpoint.clone()), endpoint };
        let mut till = shop.first_device().await;
        let lines = json!([{"text":"Chair","qty":1,"unit":"100.00","gross":"100.00","rate":"0"}]);
        let order = json!({"lines":lines,"groups":[{"rate":"0","gross":"100.00","tax":"0.00"}]});
        till.write_as("ana", "o-1", "order.placed", order, Some("mira"), None);
        let mut world = Self { shop, till, double: Double::start().await, store, now };
        world.pay("p-1", "100.00", Some("pi_1"));
        world
    }

    pub fn pay(&mut self, id: &str, amount: &str, number: Option<&str>) {
        let mut paid = json!({"method":"online","account":{"code":1020},"amount":amount,
            "allocations":[{"order":"o-1","amount":amount}],"eligible":true});
        if let Some(number) = number {
            paid["reference"] = number.into();
        }
        self.till.write_as("ana", id, "payment.recorded", paid, Some("mira"), None);
    }

    pub async fn refund(&mut self, id: &str, amount: &str) {
        self.refund_as("ana", id, amount).await;
    }

    pub async fn refund_as(&mut self, actor: &str, id: &str, amount: &str) {
        let refund = json!({"order":"o-1","method":"online","account":{"code":1020},
            "parts":[{"from":"p-1","amount":amount}],"after":"reopens","credit":"0.00","clawback":{},
            "reason":"returned goods"});
        self.as_if_read().await;
        self.till.write_as(actor, id, "refund.issued", refund, Some("mira"), None);
        self.till.push(&self.shop).await;
    }

    /// The till signs in, and its clock is that of a device that has read what the endpoint wrote.
    pub async fn as_if_read(&mut self) {
        self.till.clock = self.till.clock.max(Clock((self.now)() + 1, 0));
        self.till.sign_in(&self.shop).await;
    }

    pub fn refunds(&self) -> Refunds {
        Refunds::new(self.shop.endpoint.clone(), self.double.gateway(), None)
    }

    pub async fn round(&self) -> Round {
        self.refunds().round().await.unwrap()
    }

    /// What the journal says of refunds, without the counters' own entries: refund, and stage or outcome.
    pub async fn told(&self) -> Vec<(String, String)> {
        let told = records(&*self.store, "shop-1", 0).await.into_iter().filter_map(|record| {
            let line: Value = serde_json::from_slice(&record.entry).unwrap();
            let text = |name: &str| line["body"][name].as_str().unwrap_or_default().to_owned();
            match line["kind"].as_str()? {
                "refund.settled" => Some((text("refund"), text("outcome"))),
                "refund.progressed" => Some((text("refund"), text("stage"))),
                _ => None,
            }
        });
        told.collect()
    }

    pub async fn amounts(&self) -> Vec<u64> {
        self.double.refunds().await.iter().map(|(_, amount, _)| *amount).collect()
    }
}

pub async fn opened(store: &Arc<dyn Store>, now: fn() -> u64) -> Endpoint {
    let settings = Settings { origins: vec![ORIGIN.into()] };
    Endpoint::open_at(Arc::clone(store), settings, now).await.unwrap()
}

pub fn said(refund: &str, outcome: &str) -> (String, String) {
    (refund.to_owned(), outcome.to_owned())
}
