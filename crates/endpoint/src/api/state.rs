//! The endpoint: a store, its key, and what it remembers between requests.

use std::collections::BTreeMap;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use axum::http::header::{AUTHORIZATION, COOKIE, HOST, HeaderMap, ORIGIN};
use sync::admit::LogEnd;
use sync::wire::limits::INVITE_MILLIS;
use sync::wire::{Cards, Code, InviteCode};
use tokio::sync::Notify;

use crate::api::answer::Refused;
use crate::api::chain_keys::ChainKeys;
use crate::api::follow::follow;
use crate::api::guesses::Guesses;
use crate::api::metrics::Metrics;
use crate::api::rates::{Kind, Rates};
use crate::api::sessions::{Member, Sessions};
use crate::api::signing::{EndpointKey, digest, random};
use crate::api::staged::Staged;
use crate::api::watchers::Watchers;
use crate::gateway::{Hint, WebhookSecrets};
use crate::mail::{self, MailServer, Outbox};
use crate::rights::Staff;
use crate::store::{Fault, Invite, Store, moved_to};

/// The name of the session cookie: browsers accept it from this host over a secure connection only.
pub const COOKIE_NAME: &str = "__Host-session";

/// The name of the set-up code among the values of the store. Empty once the code is used.
pub const SET_UP: &str = "setup";

/// The most parts of foundings that are received at a time: anybody can send one.
const MAX_PARTS: usize = 4;

/// What the operator says.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// The origins under which devices reach the endpoint, such as `https://shop.example`. A device signs the one that it
    /// talks to, so that another endpoint cannot use its signature here.
    pub origins: Vec<String>,
}

/// An endpoint.
#[derive(Clone)]
pub struct Endpoint(pub(crate) Arc<State>);

/// What a device has done.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Seen {
    /// When its last request came, in milliseconds since 1970; 0 for never.
    pub at: u64,
    /// The number of the last record that it was sent.
    pub read: Option<u64>,
}

/// What follows a hint of the card processor.
pub type Follow = fn(Endpoint, Hint) -> Pin<Box<dyn Future<Output = Result<(), Fault>> + Send>>;

/// What reads the cards of a customer, by the number at the card processor. The interface itself knows nothing of gateways.
pub type ReadCards = Box<dyn Fn(String) -> Pin<Box<dyn Future<Output = Cards> + Send>> + Send + Sync>;

/// What webhooks of the card processor need.
pub struct Webhooks {
    /// What tells them from others.
    pub secrets: WebhookSecrets,
    /// What is done about one. The interface itself knows nothing of refunds.
    pub follow: Follow,
}

/// What the routes share.
pub struct State {
    pub store: Arc<dyn Store>,
    pub key: EndpointKey,
    pub sessions: Sessions,
    pub keys: ChainKeys,
    pub watchers: Watchers,
    pub guesses: Guesses,
    pub rates: Rates,
    pub metrics: Metrics,
    pub settings: Settings,
    /// Who may send a part of a founding. Its size is not limited by a session.
    pub parts: tokio::sync::Semaphore,
    /// The founding that has begun, if one has.
    pub staged: tokio::sync::Mutex<Option<Staged>>,
    setup: Mutex<Option<String>>,
    staff: Mutex<BTreeMap<String, Arc<Staff>>>,
    /// What each device of each shop has done since this program runs.
    seen: Mutex<BTreeMap<Member, Seen>>,
    /// The shop whose online refunds are sent from here.
    refunds: Mutex<Option<String>>,
    /// Wakes what sends mails, if mails are sent.
    pub mailer: OnceLock<Arc<Notify>>,
    /// What webhooks of the card processor need, if they are received.
    pub webhooks: OnceLock<Webhooks>,
    /// Reads the cards of a customer at the card processor, if there is one.
    pub cards: OnceLock<ReadCards>,
    now: fn() -> u64,
}

impl Endpoint {
    /// An endpoint on a store.
    ///
    /// # Errors
    /// Of the store.
    pub async fn open(store: Arc<dyn Store>, settings: Settings) -> Result<Self, Fault> {
        Self::open_at(store, settings, system_millis).await
    }

    /// As [`Endpoint::open`], with another clock, in milliseconds since 1970.
    ///
    /// # Errors
    /// Of the store.
    pub async fn open_at(store: Arc<dyn Store>, settings: Settings, now: fn() -> u64) -> Result<Self, Fault> {
        if let Some(place) = moved_to(&*store).await? {
            return Err(Fault::Moved(place));
        }
        let key = EndpointKey::of(&*store).await?;
        let news = store.news();
        let endpoint = Self(Arc::new(State {
            store,
            sessions: Sessions::new(key.of_sessions()),
            keys: ChainKeys::default(),
            key,
            watchers: Watchers::default(),
            guesses: Guesses::default(),
            rates: Rates::default(),
            metrics: Metrics::default(),
            settings,
            parts: tokio::sync::Semaphore::new(MAX_PARTS),
            staged: tokio::sync::Mutex::default(),
            setup: Mutex::default(),
            staff: Mutex::default(),
            seen: Mutex::default(),
            refunds: Mutex::default(),
            mailer: OnceLock::new(),
            webhooks: OnceLock::new(),
            cards: OnceLock::new(),
            now,
        }));
        if let Some(news) = news {
            let (store, watchers) = (Arc::downgrade(&endpoint.0.store), endpoint.0.watchers.clone());
            tokio::spawn(follow(store, watchers, news));
        }
        Ok(endpoint)
    }

    /// Sends the mails that devices ask for through this server, as long as the endpoint lives. Only the first call counts.
    pub fn send_mails(&self, server: MailServer) {
        let wake = Arc::new(Notify::new());
        if self.0.mailer.set(Arc::clone(&wake)).is_ok() {
            let (store, counts) = (Arc::downgrade(&self.0.store), Arc::clone(&self.0.metrics.mails));
            tokio::spawn(mail::run(Outbox { store, counts, now: self.0.now, wake }, server));
        }
    }

    /// As [`Endpoint::new_setup_code`], good at every endpoint over the store, and the same one until it is used.
    ///
    /// # Errors
    /// Of the store.
    pub async fn new_shared_setup_code(&self) -> Result<String, Fault> {
        let fresh = InviteCode(random()?).to_string();
        let code = self.0.store.writing("", move |tx| match tx.value(SET_UP)? {
            Some(known) if !known.is_empty() => String::from_utf8(known).map_err(Fault::broken),
            Some(_) | None => tx.put_value(SET_UP, fresh.as_bytes()).map(|()| fresh),
        });
        code.await
    }

    /// The code with which one shop can be founded, for the operator's console. A new one each time; the one before is
    /// no longer good.
    ///
    /// # Errors
    /// A system without random bytes.
    pub fn new_setup_code(&self) -> Result<String, Fault> {
        let code = InviteCode(random()?).to_string();
        *lock(&self.0.setup) = Some(code.clone());
        Ok(code)
    }

    /// A code with which one device can join a shop.
    ///
    /// # Errors
    /// Of the store, and for a shop that is not here.
    pub async fn invite(&self, shop: &str, role: &str) -> Result<InviteCode, Fault> {
        let code = InviteCode(random()?);
        let until = self.now().saturating_add(INVITE_MILLIS);
        let invite = Invite { code: digest(&code.0), role: role.to_owned(), until, used_by: None };
        self.0.store.writing(shop, move |tx| tx.put_invite(&invite)).await?;
        Ok(code)
    }

    /// Revokes a device: it reads no more, and what it still sends is refused by verdict. Whether the device is here.
    ///
    /// # Errors
    /// Of the store.
    pub async fn revoke(&self, shop: &str, device: &str) -> Result<bool, Fault> {
        let (now, of, device) = (self.now(), shop.to_owned(), device.to_owned());
        let revoke = self.0.store.writing(shop, move |tx| {
            let Some(known) = tx.device(&of, &device)? else { return Ok(false) };
            let revoked = known.revoked.or(Some(now));
            tx.put_device(&crate::store::Device { revoked, ..known })?;
            Ok(true)
        });
        revoke.await
    }

    /// The endpoint's time, in milliseconds since 1970.
    pub(crate) fn now(&self) -> u64 {
        (self.0.now)()
    }

    /// Whether the code is the one of [`Endpoint::new_setup_code`] or of [`Endpoint::new_shared_setup_code`].
    ///
    /// # Errors
    /// Of the store.
    pub(crate) async fn is_setup_code(&self, code: &str) -> Result<bool, Fault> {
        // Two digests differ at a place that says nothing about the code, so the time of the comparison tells nothing.
        let given = digest(code.as_bytes());
        if lock(&self.0.setup).as_ref().is_some_and(|setup| digest(setup.as_bytes()) == given) {
            return Ok(true);
        }
        let shared = self.0.store.reading(|tx| tx.value(SET_UP)).await?;
        Ok(shared.is_some_and(|shared| !shared.is_empty() && digest(&shared) == given))
    }

    pub(crate) fn use_setup_code(&self) {
        *lock(&self.0.setup) = None;
    }

    /// What was last known about a shop's staff.
    pub(crate) fn staff(&self, shop: &str) -> Arc<Staff> {
        lock(&self.0.staff).get(shop).cloned().unwrap_or_default()
    }

    pub(crate) fn set_staff(&self, shop: &str, staff: Arc<Staff>) {
        lock(&self.0.staff).insert(shop.to_owned(), staff);
    }

    /// Whether online refunds of a shop are sent from here.
    pub(crate) fn refunds_of(&self, shop: &str) -> bool {
        lock(&self.0.refunds).as_deref() == Some(shop)
    }

    /// The shop whose online refunds are sent from here.
    pub(crate) fn refunds_shop(&self) -> Option<String> {
        lock(&self.0.refunds).clone()
    }

    /// Notes whose online refunds are sent from here.
    pub(crate) fn set_refunds(&self, shop: Option<String>) {
        *lock(&self.0.refunds) = shop;
    }

    /// Notes for `/metrics` that a round of refunds could not be carried out.
    pub(crate) fn note_gateway_fault(&self, _fault: &Fault) {
        self.0.metrics.gateway_faults.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    }

    /// Tells those who wait that a log has moved.
    pub(crate) fn tell(&self, shop: &str, end: LogEnd) {
        self.0.watchers.tell(shop, end);
    }

    /// The device that sends a request: the one of the request's session. A session is for one shop; the answer about any
    /// other shop is that it is not here.
    pub(crate) fn member(&self, shop: &str, headers: &HeaderMap) -> Result<Member, Refused> {
        let token = match bearer(headers) {
            Some(token) => token,
            None => {
                self.check_origin(headers)?;
                cookie(headers).ok_or(Code::NoSession)?
            }
        };
        let member = self.0.sessions.member(token, self.now()).ok_or(Code::NoSession)?;
        if member.shop != shop {
            return Err(Code::UnknownShop.into());
        }
        lock(&self.0.seen).entry(member.clone()).or_default().at = self.now();
        Ok(member)
    }

    /// What a device has done since this program runs.
    pub(crate) fn seen(&self, member: &Member) -> Seen {
        lock(&self.0.seen).get(member).copied().unwrap_or_default()
    }

    /// Notes the number of the last record that a device was sent.
    pub(crate) fn has_read(&self, member: &Member, lseq: u64) {
        lock(&self.0.seen).entry(member.clone()).or_default().read = Some(lseq);
    }

    /// As [`Endpoint::member`], for a request that counts.
    pub(crate) fn counted_member(
        &self,
        kind: Kind,
        shop: &str,
        headers: &HeaderMap,
    ) -> Result<Member, Refused> {
        let member = self.member(shop, headers)?;
        self.0.rates.take(kind, &member, self.now()).map_err(Refused::slow_down)?;
        Ok(member)
    }

    /// A page of another site cannot use the cookie. Requests without the header come from this site's pages or from no
    /// page.
    fn check_origin(&self, headers: &HeaderMap) -> Result<(), Refused> {
        let Some(origin) = headers.get(ORIGIN) else { return Ok(()) };
        let host = headers.get(HOST).and_then(|host| host.to_str().ok());
        let is_ours = |origin: &str| {
            self.0.settings.origins.iter().any(|ours| ours == origin)
                || origin.split_once("://").map(|(_, rest)| rest) == host
        };
        if origin.to_str().is_ok_and(is_ours) { Ok(()) } else { Err(Code::WrongOrigin.into()) }
    }
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    headers.get(AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ")
}

fn cookie(headers: &HeaderMap) -> Option<&str> {
    let cookies = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(name, _)| *name == COOKIE_NAME).map(|(_, value)| value)
}

fn system_millis() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
