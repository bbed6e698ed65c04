//! The task that sends what is due.

use std::sync::{Arc, Weak};
use std::time::Duration;

use futures_util::future::join_all;
use lettre::AsyncTransport;
use sync::wire::MailState;
use tokio::sync::Notify;
use tokio::time::{sleep, timeout};

use crate::mail::claim::{claim, record};
use crate::mail::counts::MailCounts;
use crate::mail::message::message;
use crate::mail::outcome::Outcome;
use crate::mail::server::MailServer;
use crate::store::{Bytes16, Fault, Mail, Store};

/// The most mails that are sent at the same time.
const TOGETHER: usize = 4;

/// How often the worker looks by itself: another endpoint over the same store may have put a mail there.
const LOOK: Duration = Duration::from_secs(30);

/// How soon it looks again after it has sent something.
const SOON: Duration = Duration::ZERO;

/// What a worker needs of its endpoint.
pub struct Outbox {
    /// Where the mails are. The worker ends with it.
    pub store: Weak<dyn Store>,
    /// What became of them.
    pub counts: Arc<MailCounts>,
    /// The time, in milliseconds since 1970.
    pub now: fn() -> u64,
    /// Wakes the worker: a mail was asked for.
    pub wake: Arc<Notify>,
}

/// Sends what is due until the store is gone.
pub async fn run(outbox: Outbox, server: MailServer) {
    loop {
        let Some(store) = outbox.store.upgrade() else { return };
        let next = outbox.round(&*store, &server).await.unwrap_or_else(|fault| {
            eprintln!("counterfoil: mails wait: {fault}");
            LOOK
        });
        drop(store);
        tokio::select! {
            () = sleep(next) => {}
            () = outbox.wake.notified() => {}
        }
    }
}

impl Outbox {
    /// Sends some of what is due, and returns how long nothing more is.
    async fn round(&self, store: &dyn Store, server: &MailServer) -> Result<Duration, Fault> {
        let now = (self.now)();
        let waiting = store.reading(|tx| tx.due_mails(TOGETHER)).await?;
        let due: Vec<_> = waiting.iter().filter(|(due, ..)| *due <= now).collect();
        if due.is_empty() {
            let next = waiting.first().map(|(due, ..)| Duration::from_millis(due.saturating_sub(now)));
            return Ok(next.unwrap_or(LOOK).min(LOOK));
        }
        let attempts = due.into_iter().map(|(_, shop, id)| self.attempt(store, server, shop, *id));
        // One that fails does not hold up the others.
        join_all(attempts).await.into_iter().collect::<Result<(), Fault>>()?;
        Ok(SOON)
    }

    /// Claims a mail, sends it and records what came of it.
    async fn attempt(
        &self,
        store: &dyn Store,
        server: &MailServer,
        shop: &str,
        id: Bytes16,
    ) -> Result<(), Fault> {
        let Some(mail) = claim(store, shop, id, (self.now)(), server.deadline).await? else { return Ok(()) };
        if mail.state == MailState::GivenUp {
            self.counts.count(mail.state);
            return Ok(());
        }
        let outcome = send(server, &mail).await?;
        if let Some(mail) = record(store, shop, &mail, outcome, (self.now)()).await? {
            self.counts.count(mail.state);
        }
        Ok(())
    }
}

async fn send(server: &MailServer, mail: &Mail) -> Result<Outcome, Fault> {
    let message = message(mail, &server.from)?;
    Ok(match timeout(server.deadline, server.transport.send(message)).await {
        Ok(Ok(_)) => Outcome::Sent,
        Ok(Err(error)) => Outcome::of(&error),
        Err(_) => Outcome::Later(None),
    })
}
