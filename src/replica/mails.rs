//! Papers by mail. What was asked for waits on this device until the endpoint has it; what has become of it is asked of the endpoint.
//!
//! A mail is named by its document, its address and its number, so that it may be sent to the endpoint any number of times, by any tab: the
//! endpoint sends it once.

use super::platform::{NotConnected, Platform, post};
use super::sign_in::{read, sign_in};
use crate::engine::Engine;
use crate::store::{Fault, Store};
use ledger::date::Date;
use serde::{Deserialize, Serialize};
use sync::client::{Method, Send};
use sync::wire::{AskMail, Code, MailCameBack, Mails, Meta, Reaction};

/// The name of the value with the mails that wait on this device.
const OUTBOX: &str = "mails";

/// The most mails that wait on a device.
pub const MOST: usize = 200;

/// A mail that waits on this device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitingMail {
    /// What the endpoint is asked.
    pub ask: AskMail,
    /// Why the endpoint does not take it, if it does not: nothing more is tried then.
    pub refused: Option<Code>,
}

/// When something is stored: the business date, and milliseconds since 1970.
pub type Now = (Date, u64);

/// The mails that wait on this device, the oldest first.
///
/// # Errors
///
/// Faults of the store.
pub async fn waiting_mails<S: Store>(engine: &Engine<S>) -> Result<Vec<WaitingMail>, Fault> {
    let Some(text) = engine.store().meta(OUTBOX).await? else { return Ok(Vec::new()) };
    serde_json::from_str(&text).map_err(|why| Fault::corrupt(OUTBOX, why))
}

/// Lets a mail wait on this device, durably. The same mail waits once. The caller holds the lock of the outbox.
///
/// # Errors
///
/// Faults of the store; `Full` also when too many mails wait.
pub async fn queue_mail<S: Store>(engine: &Engine<S>, ask: AskMail, now: Now) -> Result<(), Fault> {
    let mut all = waiting_mails(engine).await?;
    if all.len() >= MOST {
        return Err(Fault::Full);
    }
    all.retain(|mail| mail.refused.is_none() || !is_same(&mail.ask, &ask));
    if !all.iter().any(|mail| is_same(&mail.ask, &ask)) {
        all.push(WaitingMail { ask, refused: None });
    }
    store(engine, &all, now).await
}

/// Hands the mails that wait to the endpoint. `lock` gives the lock of the outbox, which is held while the outbox is written and not
/// while the endpoint is asked. Returns how many the endpoint has taken.
///
/// # Errors
///
/// [`NotConnected`]; what was not taken waits.
pub async fn deliver_mails<S: Store, P: Platform, G>(
    engine: &Engine<S>,
    platform: &P,
    now: Now,
    lock: impl AsyncFn() -> G,
) -> Result<usize, NotConnected> {
    let all = waiting_mails(engine).await?;
    let mut due = all.into_iter().filter(|mail| mail.refused.is_none()).peekable();
    if due.peek().is_none() {
        return Ok(0);
    }
    let (shop, bearer) = session(engine, platform).await?;
    let mut taken = 0;
    for WaitingMail { ask, .. } in due {
        let body = serde_json::to_string(&ask).unwrap_or_default();
        let request = Send { bearer: bearer.clone(), ..post(&path(&shop), body) };
        let answer = platform.send(&request).await.ok_or(NotConnected::NotAnswering)?;
        let refused = match read::<Mails>(answer.status, &answer.body) {
            Ok(_) => None,
            Err(NotConnected::Refused(code)) if is_final(code, answer.status) => Some(code),
            Err(why) => return Err(why),
        };
        taken += usize::from(refused.is_none());
        let _lock = lock().await;
        let mut all = waiting_mails(engine).await?;
        all.retain(|mail| refused.is_some() || !is_same(&mail.ask, &ask));
        let own = all.iter_mut().find(|mail| is_same(&mail.ask, &ask));
        own.into_iter().for_each(|own| own.refused = refused);
        store(engine, &all, now).await?;
    }
    Ok(taken)
}

/// What the endpoint says about the mails of a customer.
///
/// # Errors
///
/// [`NotConnected`].
pub async fn mails<S: Store, P: Platform>(
    engine: &Engine<S>,
    platform: &P,
    customer: &str,
) -> Result<Mails, NotConnected> {
    let (shop, bearer) = session(engine, platform).await?;
    let path = format!("{}?customer={customer}", path(&shop));
    let request = Send { bearer, method: Method::Get, ..post(&path, String::new()) };
    let answer = platform.send(&request).await.ok_or(NotConnected::NotAnswering)?;
    read(answer.status, &answer.body)
}

/// Notes at the endpoint that a mail has come back; returns the mails of the customer as they are then.
///
/// # Errors
///
/// [`NotConnected`].
pub async fn mail_came_back<S: Store, P: Platform>(
    engine: &Engine<S>,
    platform: &P,
    back: &MailCameBack,
) -> Result<Mails, NotConnected> {
    let (shop, bearer) = session(engine, platform).await?;
    let body = serde_json::to_string(back).unwrap_or_default();
    let request = Send { bearer, ..post(&format!("{}/returns", path(&shop)), body) };
    let answer = platform.send(&request).await.ok_or(NotConnected::NotAnswering)?;
    read(answer.status, &answer.body)
}

/// Whether the endpoint sends mails.
///
/// # Errors
///
/// [`NotConnected`].
pub async fn sends_mails<P: Platform>(platform: &P) -> Result<bool, NotConnected> {
    let request = Send { method: Method::Get, ..post("/v1/meta", String::new()) };
    let answer = platform.send(&request).await.ok_or(NotConnected::NotAnswering)?;
    let meta: Meta = read(answer.status, &answer.body)?;
    Ok(meta.service == Meta::SERVICE && meta.mails)
}

/// Whether two requests are for the same mail.
fn is_same(one: &AskMail, other: &AskMail) -> bool {
    one.document == other.document && one.nth == other.nth && one.to.eq_ignore_ascii_case(&other.to)
}

/// Whether the endpoint will not take the mail, however often it is asked. One that sends no mails at present may do so tomorrow.
fn is_final(code: Code, status: u16) -> bool {
    code != Code::NoMail && matches!(code.reaction(status), Reaction::Stop | Reaction::Revoked)
}

fn path(shop: &str) -> String {
    format!("/v1/shops/{shop}/mails")
}

/// Opens a session of this page: the shop, and the token if it has one.
pub(super) async fn session<S: Store, P: Platform>(
    engine: &Engine<S>,
    platform: &P,
) -> Result<(String, Option<String>), NotConnected> {
    let (shop, device) = {
        let state = engine.device();
        (state.shop.to_string(), state.device.to_string())
    };
    let bearer = sign_in(platform, &shop, &device).await?;
    Ok((shop, bearer))
}

async fn store<S: Store>(engine: &Engine<S>, all: &[WaitingMail], now: Now) -> Result<(), Fault> {
    let text = serde_json::to_string(all).map_err(|why| Fault::Other(why.to_string()))?;
    engine.receive_records(&[], &[(OUTBOX.to_owned(), text)], now).await.map(drop)
}
