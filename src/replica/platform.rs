//! What the exchange needs of its surroundings: requests, signatures, time.

use crate::store::Fault;
use sync::client::{Method, Send};
use sync::wire::{Code, Moved};
use sync::{PublicKey, Signature};

/// A whole answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The media type without parameters, lower case; empty if there is none.
    pub media: String,
    /// The body after decompression.
    pub body: Vec<u8>,
}

/// The surroundings. Clones are the same.
#[allow(async_fn_in_trait)] // All futures run on one thread, so none has to be `Send`.
pub trait Platform: Clone + 'static {
    /// The wall time in milliseconds since 1970.
    fn now(&self) -> u64;

    /// Random bits.
    fn random(&self) -> u64;

    /// The address of the endpoint without a path, such as `https://shop.example`.
    fn origin(&self) -> String;

    /// Whether sessions are texts and not cookies.
    fn needs_bearer(&self) -> bool {
        needs_bearer(&self.origin())
    }

    /// The public key of this device.
    fn key(&self) -> PublicKey;

    /// Sends a request; `None` if no whole answer came within 30 s.
    async fn send(&self, request: &Send) -> Option<Answer>;

    /// Signs with the key of this device; `None` if it cannot be used.
    async fn sign(&self, statement: [u8; 32]) -> Option<Signature>;

    /// One more key of this device, for a new chain: it is stored when this returns. `None` where there can be none.
    async fn new_key(&self) -> Option<PublicKey>;

    /// Signs with one of the keys of this device; `None` if it is not here or cannot be used.
    async fn sign_with(&self, key: PublicKey, statement: [u8; 32]) -> Option<Signature>;

    /// Waits.
    async fn sleep(&self, millis: u64);

    /// Reads an event stream until it ends, or is silent for three times its keepalive.
    async fn listen(&self, path: &str, bearer: Option<&str>, hear: &dyn Fn(Moved));
}

/// Why a device could not found or join a shop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotConnected {
    /// The endpoint does not answer, or something else answers in its place.
    NotAnswering,
    /// The endpoint refuses it.
    Refused(Code),
    /// The browser has no keys that an endpoint accepts.
    NoKey,
    /// This browser holds the shop already.
    Here,
    /// The device failed.
    Fault(Fault),
}

impl From<Fault> for NotConnected {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

/// Whether sessions with the endpoint that serves the page are texts and not cookies: the cookie of a session is accepted over a
/// secure connection only, and the page of a program on the same machine may be without one.
pub fn needs_bearer(origin: &str) -> bool {
    !origin.starts_with("https:")
}

/// A request outside of a session.
pub fn post(path: &str, body: String) -> Send {
    Send { ticket: 0, method: Method::Post, path: path.into(), body, bearer: None }
}
