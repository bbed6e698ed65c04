//! `POST /v1/session`: a device proves that it has its key. Two requests: one asks for a challenge, one answers it.

use crate::epoch::Epoch;
use crate::head::ChainHead;
use crate::hex::hex_bytes;
use crate::key::{PublicKey, Signature};
use crate::wire::decode::{Refusal, Request, is_id};
use crate::wire::limits::MAX_SMALL_BODY;
use serde::{Deserialize, Serialize};
use std::fmt;

hex_bytes! {
    /// 32 random bytes, 64 digits, that a device signs. Each is answered once, within
    /// [`CHALLENGE_MILLIS`](crate::wire::limits::CHALLENGE_MILLIS).
    Challenge, 32
}

impl fmt::Debug for Challenge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The request. Without `challenge` and `signature` it asks for a challenge; with both it answers one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AskSession {
    /// The version of the protocol.
    pub protocol: u32,
    /// The shop.
    pub shop: String,
    /// The device.
    pub device: String,
    /// Whether the session is wanted as a text, for a page of another origin, and not as a cookie.
    #[serde(default)]
    pub bearer: bool,
    /// The challenge that is answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub challenge: Option<Challenge>,
    /// The device's signature of [`crate::statement::session`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature: Option<Signature>,
}

impl Request<'_> for AskSession {
    const MAX_BODY: usize = MAX_SMALL_BODY;

    fn check(&self) -> Result<(), Refusal> {
        let is_whole = self.challenge.is_some() == self.signature.is_some();
        Refusal::wrong_unless(is_id(&self.shop) && is_id(&self.device) && is_whole)
    }
}

/// The answer to the first request. It does not tell whether the shop or the device exist.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Challenged {
    /// What the device signs.
    pub challenge: Challenge,
}

/// The answer to the second request. A session ends after its seconds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// The session for `Authorization: Bearer`, if it was wanted so; else it is in a cookie.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
    /// How long the session lasts, in seconds.
    pub seconds: u32,
    /// The endpoint's time, in milliseconds since 1970.
    pub time: u64,
    /// The role of the device, a word of the ledger's; `reader` may only read.
    pub role: String,
    /// Whether the device was revoked: it may send what it has, and reads nothing.
    pub revoked: bool,
    /// The present epoch of the log.
    pub epoch: Epoch,
    /// What the endpoint has of the chains of this device, the last line of each: the third witness of what the device has
    /// written, beside its high-water mark and its copy.
    pub chains: Vec<ChainHead>,
    /// The key that the endpoint signs heads with.
    pub endpoint_key: PublicKey,
}
