//! A server that sends refunds, in a process of its own, until it is killed. Each test file that kills one has a test of its own as that
//! process, because a process can only be started as a test of its own program.

use std::env;
use std::process::Stdio;
use std::sync::Arc;

use endpoint::gateway::{Refunds, Secret, Stripe};

use crate::apart::{self, Served, open};
use crate::double::{Double, KEY};

/// The variable with the address of the processor.
const GATEWAY: &str = "COUNTERFOIL_TEST_GATEWAY";

/// Starts the test `name` of this program as a server over the store at a place, with more variables of its environment.
pub fn started(place: &str, name: &str, double: &Double, more: &[(&str, &str)]) -> Served {
    let test = ["--exact", name, "--ignored", "--nocapture"];
    let variables: Vec<_> =
        [(GATEWAY, double.address.as_str())].into_iter().chain(more.iter().copied()).collect();
    Served::start_with(place, &test, &variables, Stdio::inherit())
}

/// What such a test does: it sends refunds by a clock, for ever. Nothing where the test was not started by [`started`].
pub async fn for_ever(now: fn() -> u64) {
    let (Ok(place), Ok(gateway)) = (env::var(apart::STORE), env::var(GATEWAY)) else { return };
    let shop = open(&place, now).await;
    let gateway = Stripe::at(&gateway, Secret::new(KEY).unwrap()).unwrap();
    println!("address none");
    let refunds = Refunds::new(shop.endpoint, Arc::new(gateway), None);
    loop {
        refunds.round().await.unwrap();
        tokio::task::yield_now().await;
    }
}
