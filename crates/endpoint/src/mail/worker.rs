//! The task that sends what is due.

use std::sync::atomic::Ordering;
use std::sync::{Arc, Weak};
use std::time::Duration;

use futures_util::future::join_all;
use lettre::AsyncTransport;
use sync::wire::MailState;
use tokio::sync::Notify;
use tokio::time::{sleep, timeout};

use crate::api::{Endpoint, State};
use crate::mail::MailServer;
use crate::mail::claim::{claim, record};
use crate::mail::message::message;
use crate::mail::outcome::Outcome;
use crate::store::{Bytes16, Fault, Mail};

/// The most mails that are sent at the same time.
const TOGETHER: usize = 4;

/// How often the worker looks by itself: another endpoint over the same store may have put a mail there.
const LOOK: Duration = Duration::from_secs(30);

/// How soon it looks again after it has sent something.
const SOON: Duration = Duration::ZERO;

/// Sends what is due until the endpoint is gone.
pub async fn run(endpoint: Weak<State>, server: MailServer, wake: Arc<Notify>) {
    loop {
        let Some(here) = Endpoint::of(&endpoint) else { return };
        let next = round(&here, &server).await.unwrap_or_else(|fault| {
            eprintln!("counterfoil: mails wait: {fault}");
            LOOK
        });
        drop(here);
        tokio::select! {
            () = sleep(next) => {}
            () = wake.notified() => {}
        }
    }
}

/// Sends some of what is due, and returns how long nothing more is.
async fn round(endpoint: &Endpoint, server: &MailServer) -> Result<Duration, Fault> {
    let (store, now) = (&*endpoint.0.store, endpoint.now());
    let waiting = store.reading(|tx| tx.due_mails(TOGETHER)).await?;
    let due: Vec<_> = waiting.iter().filter(|(due, ..)| *due <= now).collect();
    if due.is_empty() {
        let next = waiting.first().map_or(LOOK, |(due, ..)| Duration::from_millis(due.saturating_sub(now)));
        return Ok(next.min(LOOK));
    }
    let attempts = due.into_iter().map(|(_, shop, id)| attempt(endpoint, server, shop, *id));
    // One that fails does not hold up the others.
    join_all(attempts).await.into_iter().collect::<Result<(), Fault>>()?;
    Ok(SOON)
}

/// Claims a mail, sends it and records what came of it.
async fn attempt(endpoint: &Endpoint, server: &MailServer, shop: &str, id: Bytes16) -> Result<(), Fault> {
    let store = &*endpoint.0.store;
    let Some(mail) = claim(store, shop, id, endpoint.now(), server.deadline).await? else { return Ok(()) };
    if mail.state == MailState::GivenUp {
        count(endpoint, mail.state);
        return Ok(());
    }
    let outcome = send(server, &mail).await?;
    if let Some(mail) = record(store, shop, &mail, outcome, endpoint.now()).await? {
        count(endpoint, mail.state);
    }
    Ok(())
}

fn count(endpoint: &Endpoint, state: MailState) {
    let mails = &endpoint.0.metrics.mails;
    let counter = match state {
        MailState::Sent => &mails.sent,
        MailState::Refused | MailState::GivenUp => &mails.failed,
        MailState::Queued | MailState::Other => &mails.delayed,
    };
    counter.fetch_add(1, Ordering::Relaxed);
}

async fn send(server: &MailServer, mail: &Mail) -> Result<Outcome, Fault> {
    let message = message(mail, &server.from)?;
    Ok(match timeout(server.deadline, server.transport.send(message)).await {
        Ok(Ok(_)) => Outcome::Sent,
        Ok(Err(error)) => Outcome::of(&error),
        Err(_) => Outcome::Later(None),
    })
}
