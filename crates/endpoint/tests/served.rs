//! A shop on a port of this machine, for programs that try the interface from outside, such as schemathesis.
#![allow(clippy::unwrap_used, missing_docs)]

mod devices;

use std::time::Duration;

use devices::{SHOP, Shop, memory};
use endpoint::{Limits, Server};
use tokio::net::TcpListener;
use tokio::time::sleep;

/// Not a test. Prints the address, the shop and the session's header, and serves for `COUNTERFOIL_TEST_SECONDS`.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "serves until its time is over"]
async fn serves_a_shop() {
    let seconds = std::env::var("COUNTERFOIL_TEST_SECONDS").ok().and_then(|seconds| seconds.parse().ok());
    let Some(seconds) = seconds else { return };
    let (shop, till) = Shop::founded(memory()).await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    println!("address http://{}", listener.local_addr().unwrap());
    println!("shop {SHOP}");
    println!("authorization {}", till.token);
    let end = sleep(Duration::from_secs(seconds));
    Server::new(shop.router, Limits::default()).serve(listener, end).await.unwrap();
}
