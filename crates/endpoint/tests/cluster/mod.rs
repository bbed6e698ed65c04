//! PostgreSQL servers of the tests' own, and stores in their databases.
#![allow(dead_code, clippy::expect_used, clippy::panic, clippy::unwrap_used, missing_docs, unused_imports)]

mod server;

use endpoint::store::{Address, Postgres};
pub use server::*;

/// A store in a new database of the shared server.
pub async fn new_store() -> Postgres {
    Postgres::open(&address(&shared().database())).await.unwrap()
}

pub fn address(url: &str) -> Address {
    Address::parse(url).unwrap()
}
