//! Devices that write chains and speak to an endpoint, without a network.
#![allow(dead_code, clippy::indexing_slicing, clippy::unwrap_used, missing_docs)]

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use ed25519_dalek::{Signer, SigningKey};
use endpoint::store::{Memory, Store};
use endpoint::{Endpoint, Settings, api};
use journal::{ChainOpened, Clock, Hash, Line, Press, Why};
use serde_json::value::{RawValue, to_raw_value};
use serde_json::{Value, json};
use sync::wire::{Challenged, Enrolled, Found, Founded, Heads, InviteCode, Item, Pull, Pushed, Session};
use sync::{ChainHead, Checkpoint, Epoch, LogHash, PublicKey, Signature, SignedHead, statement};

mod reply;

pub use reply::{Reply, reply, request};

pub const NOW: u64 = 1_772_442_000_000;
pub const SHOP: &str = "shop-1";
pub const ORIGIN: &str = "https://shop.example";

pub fn now() -> u64 {
    NOW
}

pub fn memory() -> Arc<dyn Store> {
    Arc::new(Memory::default())
}

/// The number of the last record of the shop's log.
pub async fn end(shop: &Shop, device: &Device) -> u64 {
    device.heads(shop, "").await.head.lseq
}

/// An endpoint with a shop that `d1` has founded.
pub struct Shop {
    pub endpoint: Endpoint,
    pub router: Router,
}

impl Shop {
    pub async fn empty(store: Arc<dyn Store>) -> Self {
        let settings = Settings { origins: vec![ORIGIN.into()] };
        let endpoint = Endpoint::open_at(store, settings, now).await.unwrap();
        Self { router: api(endpoint.clone()), endpoint }
    }

    /// The shop, and its first device, signed in: owner `ana`, clerk `bob`.
    pub async fn founded(store: Arc<dyn Store>) -> (Self, Device) {
        let shop = Self::empty(store).await;
        let device = shop.first_device().await;
        (shop, device)
    }

    /// The device that founds the shop, signed in.
    pub async fn first_device(&self) -> Device {
        self.founder(SHOP).await
    }

    /// The device that founds a shop of this name, signed in.
    pub async fn founder(&self, name: &str) -> Device {
        let shop = self;
        let mut device = Device::of(name, "d1");
        device.open("A");
        // In the order in which this program writes the fields; a JSON value would sort them.
        let opened = RawValue::from_string(r#"{"name":"Corner Shop","currency":"GBP"}"#.into()).unwrap();
        device.line("ana", "d1-1", "shop.opened", 1, &opened, None, None);
        device.write_as("ana", "bob", "staff.added", json!({"name":"Bob","role":"clerk"}), None, None);
        device.customer("mira");
        let code = shop.endpoint.new_setup_code().unwrap();
        let reply = shop.post_text("/v1/shops", device.founding(&code)).await;
        let founded: Founded = reply.ok();
        device.take(founded.head.unwrap());
        device.sent = device.lines.len();
        device.sign_in(shop).await;
        device
    }

    /// One more device, enrolled and signed in.
    pub async fn join(&self, id: &str, role: &str) -> Device {
        self.join_to(SHOP, id, role).await
    }

    /// The same of the shop of this name.
    pub async fn join_to(&self, name: &str, id: &str, role: &str) -> Device {
        let mut device = Device::of(name, id);
        let code = self.endpoint.invite(name, role).await.unwrap();
        let enrolled: Enrolled = self.post("/v1/enrol", &device.enrolment(code)).await.ok();
        if let Some(letter) = enrolled.letter {
            device.open(&letter);
        }
        device.sign_in(self).await;
        device
    }

    pub async fn post(&self, path: &str, body: &Value) -> Reply {
        self.post_text(path, body.to_string()).await
    }

    pub async fn post_text(&self, path: &str, body: String) -> Reply {
        self.send(request("POST", path, &[]).body(Body::from(body)).unwrap()).await
    }

    pub async fn found(&self, body: String) -> Reply {
        self.post_text("/v1/shops", body).await
    }

    pub async fn get(&self, path: &str, token: &str) -> Reply {
        self.send(request("GET", path, &[("authorization", token)]).body(Body::empty()).unwrap()).await
    }

    pub async fn send(&self, request: Request<Body>) -> Reply {
        reply(&self.router, request).await
    }
}

pub struct Device {
    pub shop: String,
    pub id: String,
    pub key: SigningKey,
    pub chain: u32,
    pub clock: Clock,
    pub lines: Vec<String>,
    /// How many of the lines are acknowledged.
    pub sent: usize,
    pub token: String,
    pub epoch: Option<Epoch>,
    pub after: Checkpoint,
}

impl Device {
    pub fn new(id: &str) -> Self {
        Self::of(SHOP, id)
    }

    pub fn of(shop: &str, id: &str) -> Self {
        let seed = *Hash::of(id.as_bytes()).bytes();
        Self {
            shop: shop.to_owned(),
            id: id.to_owned(),
            key: SigningKey::from_bytes(&seed),
            chain: 1,
            clock: Clock(NOW - 1_000_000, 0),
            lines: Vec::new(),
            sent: 0,
            token: String::new(),
            epoch: None,
            after: Checkpoint { lseq: 0, log_hash: LogHash::empty(shop) },
        }
    }

    pub fn public(&self) -> PublicKey {
        PublicKey::Ed25519(self.key.verifying_key().to_bytes())
    }

    pub fn sign(&self, statement: &[u8; 32]) -> Signature {
        Signature(self.key.sign(statement).to_bytes())
    }

    pub fn open(&mut self, letter: &str) {
        let opened = ChainOpened {
            letter: letter.into(),
            drawer: letter.into(),
            name: "Till".into(),
            key: Some(self.public().to_string()),
            why: Why::New,
            after: None,
        };
        let body = to_raw_value(&opened).unwrap();
        let id = format!("open-{}-{}", self.id, self.chain);
        self.line("ana", &id, "chain.opened", ChainOpened::VERSION, &body, None, None);
    }

    pub fn of_shop(&mut self, actor: &str, kind: &str, body: Value) {
        let id = format!("{}-{}", self.id, self.lines.len());
        self.write_as(actor, &id, kind, body, None, None);
    }

    /// Records an invite by a person and returns its code.
    pub fn invite(&mut self, actor: &str, reader: bool) -> InviteCode {
        let drawn = *Hash::of(format!("{} {}", self.id, self.lines.len()).as_bytes()).bytes();
        let code = InviteCode(drawn[..16].try_into().unwrap());
        let body =
            if reader { json!({"code": code.hash(), "reader": true}) } else { json!({"code": code.hash()}) };
        self.of_shop(actor, "device.invited", body);
        code
    }

    pub fn customer(&mut self, id: &str) {
        self.write_as("ana", id, "customer.added", json!({"name":"Mira"}), Some(id), None);
    }

    /// Goodwill for the customer `mira`.
    pub fn credit(&mut self, actor: &str, amount: &str, press: Option<Press>) {
        let id = format!("{}-{}", self.id, self.lines.len());
        let body = json!({"amount":amount,"reason":"goodwill"});
        self.write_as(actor, &id, "credit.granted", body, Some("mira"), press);
    }

    pub fn write_as(
        &mut self,
        actor: &str,
        id: &str,
        kind: &str,
        body: Value,
        account: Option<&str>,
        press: Option<Press>,
    ) {
        self.line(actor, id, kind, 1, &to_raw_value(&body).unwrap(), account, press);
    }

    /// As [`Self::write_as`], of another version than the first.
    pub fn write_version(
        &mut self,
        actor: &str,
        id: &str,
        (kind, kv): (&str, u32),
        body: Value,
        account: Option<&str>,
    ) {
        self.line(actor, id, kind, kv, &to_raw_value(&body).unwrap(), account, None);
    }

    #[allow(clippy::too_many_arguments)]
    fn line(
        &mut self,
        actor: &str,
        id: &str,
        kind: &str,
        kv: u32,
        body: &RawValue,
        account: Option<&str>,
        press: Option<Press>,
    ) {
        self.clock = self.clock.tick(self.clock.0 + 1);
        let line = Line {
            shop: &self.shop,
            device: &self.id,
            chain: self.chain,
            seq: self.lines.len() as u64 + 1,
            prev: self.lines.last().map(|line| Hash::of(line.as_bytes())),
            clock: self.clock,
            id,
            no: None,
            actor,
            on: "2026-03-02",
            zone: "Europe/London",
            press,
            account,
            kind,
            kv,
            body,
        };
        self.lines.push(line.write().unwrap());
    }

    pub fn head(&self) -> ChainHead {
        let hash = Hash::of(self.lines.last().unwrap().as_bytes());
        ChainHead { device: self.id.clone(), chain: self.chain, seq: self.lines.len() as u64, hash }
    }

    pub fn founding(&self, code: &str) -> String {
        self.founding_part(code, 1, &Vec::from_iter(0..self.lines.len()))
    }

    /// The part of a founding that begins with entry `from`, counted from 1, with the lines at these places.
    pub fn founding_part(&self, code: &str, from: u64, lines: &[usize]) -> String {
        let (count, heads) = (self.lines.len() as u64, vec![self.head()]);
        let raw: Vec<_> = lines.iter().map(|at| raw(&self.lines[*at])).collect();
        let found = Found {
            code: code.into(),
            protocol: 1,
            shop: self.shop.clone(),
            device: self.id.clone(),
            key: self.public(),
            count,
            signature: self.sign(&statement::founding(&self.shop, count, &heads)),
            heads,
            from,
            items: raw.iter().map(|entry| Item { entry, signature: None }).collect(),
        };
        serde_json::to_string(&found).unwrap()
    }

    pub fn enrolment(&self, code: InviteCode) -> Value {
        let proof = self.sign(&statement::enrol(&code.to_string(), &self.public().to_string()));
        json!({
            "protocol": 1, "code": code, "device": self.id, "key": self.public(), "proof": proof, "name": "Till",
        })
    }

    pub async fn sign_in(&mut self, shop: &Shop) -> Session {
        let session: Session = self.answer(shop, ORIGIN).await.ok();
        self.token = format!("Bearer {}", session.token.clone().unwrap());
        session
    }

    /// Asks for a challenge and answers it.
    pub async fn answer(&self, shop: &Shop, origin: &str) -> Reply {
        let ask = json!({"protocol": 1, "shop": self.shop, "device": self.id});
        let challenged: Challenged = shop.post("/v1/session", &ask).await.ok();
        let statement = statement::session(origin, &self.shop, &self.id, challenged.challenge);
        let answer = json!({
            "protocol": 1, "shop": self.shop, "device": self.id, "bearer": true, "challenge": challenged.challenge,
            "signature": self.sign(&statement),
        });
        shop.post("/v1/session", &answer).await
    }

    /// The push of the lines in a range, the last of them signed.
    pub fn push_of(&self, from: usize, to: usize) -> String {
        let items: Vec<String> = (from..to)
            .map(|at| {
                let line = &self.lines[at];
                if at + 1 < to {
                    return format!(r#"{{"entry":{line}}}"#);
                }
                let signature = self.sign(Hash::of(line.as_bytes()).bytes());
                format!(r#"{{"entry":{line},"signature":"{signature}"}}"#)
            })
            .collect();
        let epoch = self.epoch.map_or("null".into(), |epoch| format!(r#""{epoch}""#));
        let Checkpoint { lseq, log_hash } = self.after;
        format!(
            r#"{{"epoch":{epoch},"after":{{"lseq":{lseq},"log_hash":"{log_hash}"}},"from_seq":{},"items":[{}]}}"#,
            from + 1,
            items.join(",")
        )
    }

    pub async fn send(&self, shop: &Shop, body: String) -> Reply {
        shop.send(self.push_request(body)).await
    }

    /// A request in the session of the device.
    pub async fn post(&self, shop: &Shop, path: &str, body: Value) -> Reply {
        let request = request("POST", path, &[("authorization", &self.token)]);
        shop.send(request.body(Body::from(body.to_string())).unwrap()).await
    }

    pub fn push_request(&self, body: String) -> Request<Body> {
        let shop = &self.shop;
        let path = format!("/v1/shops/{shop}/entries");
        request("POST", &path, &[("authorization", &self.token)]).body(Body::from(body)).unwrap()
    }

    /// Sends what is not acknowledged.
    pub async fn push(&mut self, shop: &Shop) -> Pushed {
        let pushed: Pushed = self.send(shop, self.push_of(self.sent, self.lines.len())).await.ok();
        self.sent = usize::try_from(pushed.acked_through).unwrap();
        pushed
    }

    pub async fn pull_reply(&self, shop: &Shop, limit: usize) -> Reply {
        let Checkpoint { lseq, log_hash } = self.after;
        let query = Pull { epoch: self.epoch, after: lseq, h: log_hash, limit }.query();
        shop.get(&format!("/v1/shops/{}/entries?{query}", self.shop), &self.token).await
    }

    /// Pulls one page and moves the cursor: numbers, entries and verdicts, and whether there is more.
    pub async fn pull(&mut self, shop: &Shop, limit: usize) -> (Vec<(u64, String, String)>, bool) {
        let reply = self.pull_reply(shop, limit).await;
        let page: Value = reply.ok();
        let whole: sync::wire::Page<'_> = serde_json::from_str(&reply.text).unwrap();
        let items = whole
            .items
            .iter()
            .map(|item| (item.lseq, item.entry.get().to_owned(), item.verdict.word().to_owned()));
        let items = items.collect();
        self.take(whole.head);
        (items, page["more"].as_bool().unwrap())
    }

    pub async fn heads(&self, shop: &Shop, at: &str) -> Heads {
        shop.get(&format!("/v1/shops/{}/heads?at={at}", self.shop), &self.token).await.ok()
    }

    fn take(&mut self, head: SignedHead) {
        self.epoch = Some(head.epoch);
        self.after = head.checkpoint();
    }
}

fn raw(line: &str) -> Box<RawValue> {
    RawValue::from_string(line.to_owned()).unwrap()
}
