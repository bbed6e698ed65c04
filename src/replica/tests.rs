//! Counters on stores in memory, and a real endpoint in the same process.

mod mails;
mod moving;
mod pair;
mod trouble;

use super::{Answer, Inbox, Joined, Notice, Platform, Shown, enrol, first_sync, found, run};
use crate::engine::tests::acts::{author, id, lines, record, today};
use crate::engine::{Engine, Joining, NewChain, NewDevice, Progress};
use crate::store::{Memory, Store};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::Request;
use ed25519_dalek::{Signer, SigningKey};
use endpoint::{Endpoint, Settings, api};
use futures_util::StreamExt;
use journal::Why;
use ledger::rules::Command;
use ledger::view::customer::CustomerRow;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;
use sync::client::{Method, Send, State, Status};
use sync::wire::{InviteCode, Moved};
use sync::{PublicKey, Signature};
use tokio::task::{LocalSet, spawn_local};
use tower::ServiceExt;

const ORIGIN: &str = "https://shop.example";
const NOW: u64 = 1_772_442_000_000;

/// Whether the endpoint can be reached, and how.
#[derive(Clone, Copy, PartialEq)]
enum Net {
    Up,
    /// Requests never come back.
    Hangs,
    Down,
    /// A network that asks for a password.
    LoginPage,
}

/// The network and the key of one device.
#[derive(Clone)]
struct Link {
    router: Rc<RefCell<Router>>,
    key: SigningKey,
    net: Rc<Cell<Net>>,
    cookie: Rc<RefCell<String>>,
    random: Rc<Cell<u64>>,
    /// The address of the endpoint that the page reaches.
    origin: Rc<RefCell<String>>,
    /// Further keys of the device.
    added: Rc<RefCell<Vec<SigningKey>>>,
}

impl Link {
    fn new(router: Router, device: &str) -> Self {
        let key = SigningKey::from_bytes(journal::Hash::of(device.as_bytes()).bytes());
        let (net, cookie, random) = (Rc::new(Cell::new(Net::Up)), Rc::default(), Rc::new(Cell::new(7)));
        let (router, origin) = (Rc::new(RefCell::new(router)), Rc::new(RefCell::new(ORIGIN.into())));
        Self { router, key, net, cookie, random, origin, added: Rc::default() }
    }

    /// The surroundings of a copy of this device: the keys that it has now, and its own from then on.
    fn copied(&self) -> Self {
        let added = Rc::new(RefCell::new(self.added.borrow().clone()));
        Self { net: Rc::new(Cell::new(self.net.get())), cookie: Rc::default(), added, ..self.clone() }
    }

    fn request(&self, method: &str, path: &str, body: String) -> Request<Body> {
        let request = Request::builder().method(method).uri(path).header("content-type", "application/json");
        let cookie = self.cookie.borrow().clone();
        request.header("cookie", cookie).body(Body::from(body)).unwrap()
    }
}

impl Platform for Link {
    fn now(&self) -> u64 {
        NOW
    }

    fn random(&self) -> u64 {
        self.random.set(self.random.get().wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1));
        self.random.get() >> 8
    }

    fn origin(&self) -> String {
        self.origin.borrow().clone()
    }

    fn key(&self) -> PublicKey {
        public(&self.key)
    }

    async fn send(&self, send: &Send) -> Option<Answer> {
        match self.net.get() {
            Net::Up => {}
            Net::Hangs => std::future::pending().await,
            Net::Down => return None,
            Net::LoginPage => {
                let (media, body) = ("text/html".into(), b"<html>Welcome</html>".to_vec());
                return Some(Answer { status: 200, media, body });
            }
        }
        let method = match send.method {
            Method::Get => "GET",
            Method::Post => "POST",
        };
        let router = self.router.borrow().clone();
        let reply = router.oneshot(self.request(method, &send.path, send.body.clone())).await.unwrap();
        let header = |name: &str| reply.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
        if let Some(cookie) = header("set-cookie") {
            *self.cookie.borrow_mut() = cookie.split(';').next().unwrap().to_owned();
        }
        let (status, media) = (reply.status().as_u16(), header("content-type").unwrap_or_default());
        let body = to_bytes(reply.into_body(), 1 << 26).await.unwrap().to_vec();
        Some(Answer { status, media, body })
    }

    async fn sign(&self, statement: [u8; 32]) -> Option<Signature> {
        Some(Signature(self.key.sign(&statement).to_bytes()))
    }

    async fn new_key(&self) -> Option<PublicKey> {
        let seed = format!("{:?} {}", self.key(), self.random());
        let key = SigningKey::from_bytes(journal::Hash::of(seed.as_bytes()).bytes());
        self.added.borrow_mut().push(key.clone());
        Some(public(&key))
    }

    async fn sign_with(&self, key: PublicKey, statement: [u8; 32]) -> Option<Signature> {
        let found = self.added.borrow().iter().find(|added| public(added) == key).cloned();
        found.map(|found| Signature(found.sign(&statement).to_bytes()))
    }

    async fn sleep(&self, millis: u64) {
        tokio::time::sleep(Duration::from_millis(millis)).await;
    }

    async fn listen(&self, path: &str, _bearer: Option<&str>, hear: &dyn Fn(Moved)) {
        if self.net.get() != Net::Up {
            return;
        }
        let router = self.router.borrow().clone();
        let reply = router.oneshot(self.request("GET", path, String::new())).await.unwrap();
        let mut stream = reply.into_body().into_data_stream();
        while let Some(Ok(line)) = stream.next().await {
            if let Ok(moved) = serde_json::from_slice(&line) {
                hear(moved);
            }
            if self.net.get() != Net::Up {
                return;
            }
        }
    }
}

fn public(key: &SigningKey) -> PublicKey {
    PublicKey::Ed25519(key.verifying_key().to_bytes())
}

/// A counter with its exchange.
struct Counter {
    engine: Rc<Engine<Memory>>,
    link: Link,
    inbox: Inbox,
    status: Rc<Cell<Option<Status>>>,
    faults: Rc<RefCell<Vec<Shown>>>,
}

impl Counter {
    fn new(engine: Engine<Memory>, link: Link) -> Self {
        let (inbox, status, faults) = (Inbox::default(), Rc::default(), Rc::default());
        Self { engine: Rc::new(engine), link, inbox, status, faults }
    }

    /// Begins the exchange, as when the page opens.
    fn start(&self) {
        let (status, faults) = (Rc::clone(&self.status), Rc::clone(&self.faults));
        let show = move |shown| match shown {
            Shown::Status(now) => status.set(Some(now)),
            Shown::Fault(_) => faults.borrow_mut().push(shown),
            Shown::Changed(_) | Shown::NewChain | Shown::Left => {}
        };
        let running = run(Rc::clone(&self.engine), self.link.clone(), self.inbox.clone(), today, show);
        spawn_local(async move { running.await.unwrap() });
    }

    /// Records, and tells the exchange about it.
    fn record(&self, commands: &[Command]) {
        record(&self.engine, commands);
        // What was said before is about less than there is now.
        self.status.set(None);
        self.inbox.put(written(&self.engine));
    }

    async fn until(&self, what: &str, holds: impl Fn(Option<Status>) -> bool) {
        for _ in 0..2_000 {
            if holds(self.status.get()) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        panic!("not {what}: {:?} {:?}", self.status.get(), self.faults.borrow());
    }

    /// Waits until everything is exchanged.
    async fn synced(&self) {
        self.until("synced", |status| status.is_some_and(|s| s.state == State::Synced && s.unsent == 0))
            .await;
    }

    fn set(&self, net: Net) {
        self.link.net.set(net);
        self.inbox.put(if net == Net::Up { Notice::Online } else { Notice::Offline });
    }
}

struct Shop {
    endpoint: Endpoint,
    router: Router,
}

impl Shop {
    async fn empty() -> Self {
        Self::on(Arc::new(endpoint::store::Memory::default()), ORIGIN).await
    }

    /// An endpoint on a store, under an address.
    async fn on(store: Arc<dyn endpoint::store::Store>, origin: &str) -> Self {
        let settings = Settings { origins: vec![origin.into()] };
        let endpoint = Endpoint::open_at(store, settings, || NOW).await.unwrap();
        Self { router: api(endpoint.clone()), endpoint }
    }

    async fn founded_by(engine: Engine<Memory>) -> (Self, Counter) {
        let shop = Self::empty().await;
        let counter = shop.founder(engine).await;
        (shop, counter)
    }

    async fn founder(&self, engine: Engine<Memory>) -> Counter {
        let counter = Counter::new(engine, Link::new(self.router.clone(), "till"));
        let code = self.endpoint.new_setup_code().unwrap();
        found(&counter.engine, &counter.link, &code, |_, _| ()).await.unwrap();
        counter.start();
        counter.synced().await;
        counter
    }

    async fn invite(&self) -> InviteCode {
        self.endpoint.invite("shop", "clerk").await.unwrap()
    }

    async fn join(&self, device: &str) -> Counter {
        let (link, store) = (Link::new(self.router.clone(), device), Memory::default());
        let enrolled = enrol(&link, self.invite().await, device, "Workshop").await.unwrap();
        let mut joining = Joining::at(NOW);
        let take = async |records, _| {
            joining.take(&store, records).await.unwrap();
            Ok(())
        };
        let joined = first_sync(&link, &enrolled.shop, device, take).await.unwrap();
        let engine = write(store, joining, device, enrolled.letter.unwrap(), &joined).await;
        let counter = Counter::new(engine, link);
        counter.start();
        counter.synced().await;
        counter
    }
}

async fn write(
    store: Memory,
    mut joining: Joining,
    device: &str,
    letter: String,
    joined: &Joined,
) -> Engine<Memory> {
    let chain = NewChain { given: Some((letter.clone(), "Workshop".into())), ..NewChain::of_store(Why::New) };
    let by = NewDevice {
        device: id(device),
        drawer: Some(letter),
        chain,
        zone: "Europe/London".into(),
        today: today(),
        now: author().now,
    };
    let values = joined.values(ORIGIN).unwrap();
    let mut silent = |_, _| ();
    let progress = &mut Progress::new(&mut silent);
    let early = joining.fold(&store, progress).await.unwrap().unwrap();
    assert_eq!(store.arrivals().await.unwrap().last, 0, "balances come before anything is written");
    let engine = joining.write(store, &by, values, progress).await.unwrap().0;
    assert_eq!(sorted(early.rows), sorted(engine.rows_shown()));
    engine
}

/// Runs a test in which time passes only while everything waits.
fn exchange(test: impl AsyncFnOnce()) {
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build().unwrap();
    LocalSet::new().block_on(&runtime, test());
}

/// The notice that a device has written up to its last line.
fn written(engine: &Engine<Memory>) -> Notice {
    let device = engine.device();
    Notice::Wrote { chain: device.chain, seq: device.head.unwrap().seq }
}

/// The rows as lists show them, by id.
fn rows(counter: &Counter) -> Vec<Arc<CustomerRow>> {
    sorted(counter.engine.rows_shown())
}

fn sorted(mut rows: Vec<Arc<CustomerRow>>) -> Vec<Arc<CustomerRow>> {
    rows.sort_by(|a, b| a.id.cmp(&b.id));
    rows
}

/// Waits until both have everything, and checks that their books are the same.
async fn same(one: &Counter, other: &Counter) {
    let everything = async || {
        one.synced().await;
        other.synced().await;
        let sorted = |counter: &Counter| {
            let mut lines = lines(&counter.engine);
            lines.sort();
            lines
        };
        sorted(one) == sorted(other)
    };
    for _ in 0..200 {
        if everything().await {
            assert_eq!(*one.engine.rows(), *other.engine.rows());
            assert_eq!(rows(one), rows(other));
            assert_eq!(one.engine.figures(today()), other.engine.figures(today()));
            for counter in [one, other] {
                assert!(counter.faults.borrow().is_empty(), "{:?}", counter.faults.borrow());
            }
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("the journals differ");
}
