//! Lines for tests.

use journal::{After, ChainOpened, Clock, Hash, Line, Press, Why};
use serde_json::value::RawValue;
use sync::PublicKey;

pub const SHOP: &str = "shop";

/// A device's chain, to which lines are written.
#[derive(Debug, Clone)]
pub struct Chain {
    pub device: String,
    pub chain: u32,
    /// Number, hash and clock of the last line.
    pub seq: u64,
    pub prev: Option<Hash>,
    pub clock: Clock,
}

impl Chain {
    pub fn new(device: &str, chain: u32, clock: Clock) -> Self {
        Self { device: device.to_owned(), chain, seq: 0, prev: None, clock }
    }

    /// Writes `chain.opened` as the first line.
    pub fn open(&mut self, key: Option<&PublicKey>, why: Why, after: Option<After>, millis: u64) -> String {
        let opened = ChainOpened {
            letter: "A".into(),
            drawer: "A".into(),
            name: "Counter".into(),
            key: key.map(ToString::to_string),
            why,
            after,
        };
        let id = format!("open-{}-{}", self.device, self.chain);
        let body = serde_json::to_string(&opened).unwrap();
        self.line(&id, "chain.opened", ChainOpened::VERSION, &body, None, millis)
    }

    /// Writes the next line.
    pub fn note(&mut self, id: &str, press: Option<Press>, millis: u64) -> String {
        self.line(id, "note.made", 1, "{}", press, millis)
    }

    pub fn line(
        &mut self,
        id: &str,
        kind: &str,
        kv: u32,
        body: &str,
        press: Option<Press>,
        millis: u64,
    ) -> String {
        self.clock = self.clock.tick(millis);
        self.seq += 1;
        let body = RawValue::from_string(body.to_owned()).unwrap();
        let line = Line {
            shop: SHOP,
            device: &self.device,
            chain: self.chain,
            seq: self.seq,
            prev: self.prev,
            clock: self.clock,
            id,
            no: None,
            actor: "ana",
            on: "2026-03-02",
            zone: "UTC",
            press,
            account: Some("mira"),
            kind,
            kv,
            body: &body,
        };
        let text = line.write().unwrap();
        self.prev = Some(Hash::of(text.as_bytes()));
        text
    }
}
