//! What endpoints over one database tell each other: that the log of a shop has moved. It is sent after the commit, because within
//! it, PostgreSQL would let all commits of the database wait for each other. It is a hint, and may be lost: readers also ask.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{Notify, mpsc};
use tokio::time::{sleep, timeout};
use tokio_postgres::types::Type;

use crate::store::Fault;
use crate::store::postgres::address::Address;
use crate::store::postgres::connection::{Connection, Heard};
use crate::store::postgres::failure::fault;
use crate::store::postgres::tls::Tls;

/// The name under which endpoints tell each other news.
const CHANNEL: &str = "counterfoil_moved";

/// The most news that wait to be read. Beyond it they are dropped, and found out by asking.
const MOST: usize = 4096;

/// How long after a failure the next connection is tried.
const PAUSE: Duration = Duration::from_secs(1);

/// How often a connection without news is tried: a server that is gone without a word is noticed.
const QUIET: Duration = Duration::from_secs(15);

/// Tells and hears.
#[derive(Clone)]
pub struct Announcer(Arc<Inner>);

struct Inner {
    /// The shops of which is still to be told.
    moved: Mutex<BTreeSet<String>>,
    /// That there are some.
    some: Notify,
    news: Mutex<Option<mpsc::Receiver<String>>>,
    /// The server's number of the connection that tells: what it hears of itself is no news.
    own: AtomicU32,
}

impl Announcer {
    /// Starts a task that tells and hears, until the last clone is gone.
    pub fn start(address: Address, tls: Tls) -> Self {
        let (to, news) = mpsc::channel(MOST);
        let inner = Arc::new(Inner {
            moved: Mutex::default(),
            some: Notify::new(),
            news: Mutex::new(Some(news)),
            own: AtomicU32::default(),
        });
        let weak = Arc::downgrade(&inner);
        tokio::spawn(async move {
            while let Some(inner) = weak.upgrade() {
                // A pooler or a server that is gone: what is not told is found out by asking.
                let _ = inner.connected(&address, &tls, &to, &weak).await;
                drop(inner);
                sleep(PAUSE).await;
            }
        });
        Self(inner)
    }

    /// Tells the other endpoints that the log of a shop has moved. What is told in quick succession is told once.
    pub fn announce(&self, shop: &str) {
        self.0.moved.lock().unwrap_or_else(PoisonError::into_inner).insert(shop.to_owned());
        self.0.some.notify_one();
    }

    /// The shops of which other endpoints tell. For one reader.
    pub fn news(&self) -> Option<mpsc::Receiver<String>> {
        self.0.news.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

impl Inner {
    /// Tells and hears on one connection until it fails, or until nothing is left of the store but this task.
    async fn connected(
        self: &Arc<Self>,
        address: &Address,
        tls: &Tls,
        to: &mpsc::Sender<String>,
        weak: &std::sync::Weak<Self>,
    ) -> Result<(), Fault> {
        let (to, of) = (to.clone(), weak.clone());
        let heard: Heard = Box::new(move |news| {
            let is_own =
                |inner: Arc<Self>| inner.own.load(Ordering::SeqCst) == news.process_id().cast_unsigned();
            if news.channel() == CHANNEL && !of.upgrade().is_some_and(is_own) {
                let _ = to.try_send(news.payload().to_owned());
            }
        });
        let connection = Connection::open(address, tls, Some(heard)).await.map_err(|error| fault(&error))?;
        let rows = connection.rows("SELECT pg_backend_pid()", &[]).await?;
        let own: i32 = rows.first().and_then(|row| row.try_get(0).ok()).unwrap_or_default();
        self.own.store(own.cast_unsigned(), Ordering::SeqCst);
        connection.batch(&format!("LISTEN {CHANNEL}")).await?;
        // The caller and this function have one reference each only while something else has one.
        while Arc::strong_count(self) > 1 {
            if timeout(QUIET, self.some.notified()).await.is_err() {
                connection.batch("SELECT 1").await?;
                continue;
            }
            let shops: Vec<String> =
                std::mem::take(&mut *self.moved.lock().unwrap_or_else(PoisonError::into_inner))
                    .into_iter()
                    .collect();
            let sql = "SELECT pg_notify($1, shop) FROM unnest($2::text[]) AS shop";
            connection.rows(sql, &[(&CHANNEL, Type::TEXT), (&shops, Type::TEXT_ARRAY)]).await?;
        }
        Ok(())
    }
}
