//! The double of a card processor (`tests/gateway/double.py`), in a process of its own.
#![allow(dead_code, clippy::unwrap_used, missing_docs)]

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use endpoint::gateway::{Gateway, Secret, Stripe};
use serde_json::{Value, json};

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/gateway/double.py");

/// A key that the double accepts.
pub const KEY: &str = "rk_test_abcdefgh12345678";

/// A running double. It ends when this is dropped, or when this program ends.
pub struct Double {
    child: Child,
    pub address: String,
}

impl Double {
    /// Starts one with a payment of 100.00 that was taken as `pi_1`.
    pub async fn start() -> Self {
        assert!(Path::new(SCRIPT).is_file());
        // The second call of one process changes nothing.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut child =
            Command::new("python3").arg(SCRIPT).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let mut address = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut address).unwrap();
        let double = Self { child, address: address.trim().to_owned() };
        double.does(json!({"do":"pay","payment":"pi_1","amount":10_000,"currency":"gbp"})).await;
        double
    }

    /// The gateway that an endpoint uses.
    pub fn gateway(&self) -> Arc<dyn Gateway> {
        Arc::new(self.stripe(KEY, Duration::from_secs(30)))
    }

    pub fn stripe(&self, key: &str, patience: Duration) -> Stripe {
        Stripe::with_patience(&self.address, Secret::new(key).unwrap(), patience).unwrap()
    }

    /// Steers the double.
    pub async fn does(&self, what: Value) -> Value {
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let sent = client.post(format!("{}/_control", self.address)).body(what.to_string()).send();
        serde_json::from_slice(&sent.await.unwrap().bytes().await.unwrap()).unwrap()
    }

    /// Lets the next call of a kind go wrong.
    pub async fn fails(&self, on: &str, fault: &str) {
        self.does(json!({"do":"fault","on":on,"fault":fault})).await;
    }

    pub async fn settles(&self, refund: &str, status: &str) {
        let reason = "expired_or_canceled_card";
        self.does(json!({"do":"settle","refund":refund,"status":status,"reason":reason})).await;
    }

    /// The refunds that were made: id, amount and status.
    pub async fn refunds(&self) -> Vec<(String, u64, String)> {
        let seen = self.does(json!({"do":"look"})).await;
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let row = |refund: &Value| {
            (text(&refund["id"]), refund["amount"].as_u64().unwrap(), text(&refund["status"]))
        };
        seen["refunds"].as_array().unwrap().iter().map(row).collect()
    }

    /// How often a call was made.
    pub async fn calls(&self, call: &str) -> u64 {
        self.does(json!({"do":"look"})).await["calls"][call].as_u64().unwrap_or(0)
    }
}

impl Drop for Double {
    fn drop(&mut self) {
        // It may be gone already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
