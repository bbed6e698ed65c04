//! One connection to the database.

use std::future::poll_fn;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use futures_util::future::{BoxFuture, try_join, try_join_all};
use futures_util::{FutureExt, TryFutureExt};
use tokio::time::timeout;
use tokio_postgres::types::{ToSql, Type};
use tokio_postgres::{AsyncMessage, Client, Error, Notification, Row};

use crate::store::Fault;
use crate::store::postgres::address::Address;
use crate::store::postgres::failure::{fault, is_lost};
use crate::store::postgres::tls::Tls;

/// How long the database may take for one answer. What it does then is unknown, and the connection is closed.
const PATIENCE: Duration = Duration::from_secs(15);

/// A value of a statement, with its type: then one message to the server is enough, and it keeps nothing of the statement,
/// so that a pooler in between may hand it to any server.
pub type Value<'a> = (&'a (dyn ToSql + Sync), Type);

/// What a connection tells about notifications.
pub type Heard = Box<dyn Fn(Notification) + Send>;

/// A connection.
pub struct Connection {
    client: Client,
    /// Whether the server has warned since [`Connection::commit`] began.
    warned: Arc<AtomicBool>,
    /// Statements that failed or are not answered: what the server does is unknown.
    unanswered: AtomicUsize,
    /// Whether the server is gone.
    is_lost: AtomicBool,
}

impl Connection {
    /// Connects to the host that accepts writes.
    ///
    /// # Errors
    /// Of the last host.
    pub async fn open(address: &Address, tls: &Tls, heard: Option<Heard>) -> Result<Self, Error> {
        let (client, mut connection) = address.config().connect(tls.clone()).await?;
        let warned = Arc::new(AtomicBool::new(false));
        let warning = Arc::clone(&warned);
        tokio::spawn(async move {
            while let Some(Ok(message)) = poll_fn(|cx| connection.poll_message(cx)).await {
                match message {
                    AsyncMessage::Notice(notice) if notice.severity() == "WARNING" => {
                        warning.store(true, Ordering::SeqCst);
                    }
                    AsyncMessage::Notification(notification) => {
                        if let Some(heard) = &heard {
                            heard(notification);
                        }
                    }
                    _ => {}
                }
            }
        });
        Ok(Self { client, warned, unanswered: AtomicUsize::new(0), is_lost: AtomicBool::new(false) })
    }

    /// Whether it can be used for something else.
    pub fn is_good(&self) -> bool {
        !self.client.is_closed() && self.unanswered.load(Ordering::SeqCst) == 0
    }

    /// Whether its server is gone, or no longer accepts writes.
    pub fn is_lost(&self) -> bool {
        self.client.is_closed() || self.is_lost.load(Ordering::SeqCst)
    }

    /// The rows of a statement.
    ///
    /// # Errors
    /// Of the database.
    pub async fn rows(&self, sql: &str, values: &[Value<'_>]) -> Result<Vec<Row>, Fault> {
        self.answered(self.client.query_typed(sql, values)).await
    }

    /// Runs a statement, and returns how many rows it changed.
    ///
    /// # Errors
    /// Of the database.
    pub async fn execute(&self, sql: &str, values: &[Value<'_>]) -> Result<u64, Fault> {
        self.answered(self.client.execute_typed(sql, values)).await
    }

    /// Runs statements without values.
    ///
    /// # Errors
    /// Of the database.
    pub async fn batch(&self, sql: &str) -> Result<(), Fault> {
        self.answered(self.client.batch_execute(sql)).await
    }

    /// Begins a transaction, and returns the rows of its first statement, which is sent without waiting.
    ///
    /// # Errors
    /// Of the database.
    pub async fn begin(&self, begin: &str, then: Option<(&str, &[Value<'_>])>) -> Result<Vec<Row>, Fault> {
        let begin = self.client.batch_execute(begin);
        let Some((sql, values)) = then else {
            return self.answered(begin).await.map(|()| Vec::new());
        };
        let both = try_join(begin, self.client.query_typed(sql, values));
        self.answered(both).await.map(|((), rows)| rows)
    }

    /// Runs one statement in a transaction of its own, and returns its rows when they are committed.
    ///
    /// # Errors
    /// As [`Connection::commit`].
    pub async fn run(&self, sql: &str, values: &[Value<'_>]) -> Result<Vec<Row>, Fault> {
        self.warned.store(false, Ordering::SeqCst);
        let rows = self.rows(sql, values).await?;
        if self.warned.load(Ordering::SeqCst) { Err(Fault::Unavailable) } else { Ok(rows) }
    }

    /// Commits. A warning is a failure: a server whose wait for its standby was cancelled warns, and says that it has
    /// committed.
    ///
    /// # Errors
    /// Of the database. Whether it has committed is then unknown.
    pub async fn commit(&self) -> Result<(), Fault> {
        self.commit_after(&[]).await
    }

    /// Runs statements and commits, all sent at once. If one of them fails, the server has rolled back and answers those after it with
    /// failures, and the commit with nothing.
    ///
    /// # Errors
    /// As [`Connection::commit`].
    pub async fn commit_after(&self, statements: &[(&str, &[Value<'_>])]) -> Result<(), Fault> {
        self.warned.store(false, Ordering::SeqCst);
        let mut sent: Vec<BoxFuture<'_, Result<(), Error>>> = Vec::new();
        for (sql, values) in statements {
            sent.push(self.client.execute_typed(sql, values).map_ok(drop).boxed());
        }
        sent.push(self.client.batch_execute("COMMIT").boxed());
        self.answered(try_join_all(sent)).await?;
        if self.warned.load(Ordering::SeqCst) { Err(Fault::Unavailable) } else { Ok(()) }
    }

    async fn answered<T>(&self, answer: impl Future<Output = Result<T, Error>>) -> Result<T, Fault> {
        // Dropped before its answer, a statement leaves the connection with a state that is not known.
        self.unanswered.fetch_add(1, Ordering::SeqCst);
        let answer = match timeout(PATIENCE, answer).await {
            Ok(answer) => answer.map_err(|error| {
                self.is_lost.store(is_lost(&error), Ordering::SeqCst);
                fault(&error)
            }),
            Err(_) => {
                self.is_lost.store(true, Ordering::SeqCst);
                Err(Fault::Unavailable)
            }
        };
        if answer.is_ok() {
            self.unanswered.fetch_sub(1, Ordering::SeqCst);
        }
        answer
    }
}
