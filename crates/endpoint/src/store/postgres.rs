//! A store in PostgreSQL, for any number of endpoints.
//!
//! A transaction that writes locks the row of its shop first: within a shop, commits come one after the other, whichever endpoint
//! they belong to, and in the order of their numbers. What an endpoint gets for a shop meanwhile shares the next transaction. Pushes of a
//! shop with which no other endpoint goes on do without the lock: the row is compared with what is remembered as it is written.

mod address;
mod announce;
mod cache;
mod changes;
mod columns;
mod connection;
mod failure;
mod migrate;
mod pool;
mod queue;
mod reading;
mod rows;
mod runs;
mod tls;
mod work;

pub use address::Address;

use anyhow::{Context, Result};
use tokio::runtime::Handle;
use tokio::sync::mpsc;

use crate::store::{Fault, Pending, ReadWork, Store, WriteWork};
use announce::Announcer;
use connection::Connection;
use pool::Pool;
use queue::Queue;
use reading::Reader;
use tls::Tls;

/// One state of the database, for a transaction that reads.
const BEGIN: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL statement_timeout = '15s'; \
    SET LOCAL idle_in_transaction_session_timeout = '60s'";

/// How many connections an endpoint has for writing, and for reading: each kind makes progress without the other. One more tells
/// and hears news.
const CONNECTIONS: (usize, usize) = (8, 8);

/// A store in a database.
pub struct Postgres {
    queue: Queue,
    readers: Pool,
    announcer: Announcer,
}

impl Postgres {
    /// Connects, and moves the tables of an older version to this one.
    ///
    /// # Errors
    /// A database that cannot be reached or used, and tables of a newer version. No error contains the address.
    pub async fn open(address: &Address) -> Result<Self> {
        let tls = if address.uses_tls() { Tls::new(address.authorities())? } else { Tls::none()? };
        let first = Connection::open(address, &tls, None)
            .await
            .with_context(|| format!("cannot connect to the database on {}", address.hosts()))?;
        migrate::migrate(&first).await?;
        drop(first);
        let announcer = Announcer::start(address.clone(), tls.clone());
        let (writers, readers) = CONNECTIONS;
        let writers = Pool::new(address.clone(), tls.clone(), writers);
        Ok(Self {
            queue: Queue::new(writers, announcer.clone()),
            readers: Pool::new(address.clone(), tls, readers),
            announcer,
        })
    }
}

impl Store for Postgres {
    fn write(&self, shop: &str, work: WriteWork) -> Pending {
        self.queue.send(shop, work, false)
    }

    fn try_write(&self, shop: &str, work: WriteWork) -> Pending {
        self.queue.send(shop, work, true)
    }

    fn read(&self, work: ReadWork) -> Pending {
        let pool = self.readers.clone();
        let done = tokio::spawn(async move {
            let (connection, handle) = (pool.begin(BEGIN).await?, Handle::current());
            let done = tokio::task::spawn_blocking(move || {
                let outcome = work(&Reader::new(&connection, &handle));
                (connection, outcome)
            });
            let (connection, outcome) = done.await.map_err(|_| Fault::broken("a transaction stopped"))?;
            if connection.batch("COMMIT").await.is_ok() {
                connection.give_back();
            }
            outcome
        });
        Box::pin(async move { done.await.unwrap_or_else(|_| Err(Fault::broken("a transaction stopped"))) })
    }

    fn news(&self) -> Option<mpsc::Receiver<String>> {
        self.announcer.news()
    }
}
