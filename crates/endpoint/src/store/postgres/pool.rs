//! Connections that are opened when they are needed, up to a number.

use std::ops::Deref;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;
use tokio_postgres::Row;

use crate::store::Fault;
use crate::store::postgres::address::Address;
use crate::store::postgres::connection::{Connection, Value};
use crate::store::postgres::failure::fault;
use crate::store::postgres::tls::Tls;

/// How long a request waits for a connection.
const PATIENCE: Duration = Duration::from_secs(10);

/// Connections.
#[derive(Clone)]
pub struct Pool(Arc<Inner>);

struct Inner {
    address: Address,
    tls: Tls,
    places: Arc<Semaphore>,
    free: Mutex<Vec<Connection>>,
}

/// A connection in use. It goes back to the pool when it is [`Pooled::give_back`] without an open transaction; otherwise it is closed, and the
/// server rolls back what it did.
pub struct Pooled {
    connection: Connection,
    pool: Pool,
    _place: OwnedSemaphorePermit,
}

impl Pool {
    /// A pool of at most `most` connections.
    pub fn new(address: Address, tls: Tls, most: usize) -> Self {
        let places = Arc::new(Semaphore::new(most));
        Self(Arc::new(Inner { address, tls, places, free: Mutex::default() }))
    }

    /// A connection on which a transaction was begun with this statement.
    ///
    /// # Errors
    /// As [`Pool::begin_with`].
    pub async fn begin(&self, sql: &str) -> Result<Pooled, Fault> {
        Ok(self.begin_with(sql, None).await?.0)
    }

    /// A connection on which a transaction was begun with the first statement, and the rows of the second one, which is sent with it. A connection that was not in use may be one to a server
    /// that is gone; then all such are closed and another one is opened, as nothing was done on it yet.
    ///
    /// # Errors
    /// No server that accepts writes, or too many requests.
    pub async fn begin_with(
        &self,
        sql: &str,
        then: Option<(&str, &[Value<'_>])>,
    ) -> Result<(Pooled, Vec<Row>), Fault> {
        let place = self.place().await?;
        let free = self.free().pop().filter(Connection::is_good);
        if let Some(connection) = free {
            match connection.begin(sql, then).await {
                Ok(rows) => return Ok((self.pooled(connection, place), rows)),
                Err(_) if connection.is_lost() => self.free().clear(),
                Err(fault) => return Err(fault),
            }
        }
        let connection = self.open().await?;
        let rows = connection.begin(sql, then).await?;
        Ok((self.pooled(connection, place), rows))
    }

    /// A connection for a transaction that is one statement. One that was not in use may be one to a server that is gone.
    ///
    /// # Errors
    /// As [`Pool::begin_with`].
    pub async fn take(&self) -> Result<Pooled, Fault> {
        let place = self.place().await?;
        let free = self.free().pop().filter(Connection::is_good);
        let connection = match free {
            Some(connection) => connection,
            None => self.open().await?,
        };
        Ok(self.pooled(connection, place))
    }

    async fn place(&self) -> Result<OwnedSemaphorePermit, Fault> {
        let place = timeout(PATIENCE, Arc::clone(&self.0.places).acquire_owned()).await;
        place.ok().and_then(Result::ok).ok_or(Fault::Unavailable)
    }

    async fn open(&self) -> Result<Connection, Fault> {
        Connection::open(&self.0.address, &self.0.tls, None).await.map_err(|error| fault(&error))
    }

    fn pooled(&self, connection: Connection, place: OwnedSemaphorePermit) -> Pooled {
        Pooled { connection, pool: self.clone(), _place: place }
    }

    fn free(&self) -> MutexGuard<'_, Vec<Connection>> {
        self.0.free.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Pooled {
    /// Gives the connection back. Its transaction has ended.
    pub fn give_back(self) {
        if self.connection.is_good() {
            self.pool.free().push(self.connection);
        }
    }
}

impl Deref for Pooled {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        &self.connection
    }
}
