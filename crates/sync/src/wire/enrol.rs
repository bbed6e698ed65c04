//! `POST /v1/enrol`: a device joins a shop with an invite.

use crate::hex::hex_bytes;
use crate::key::{PublicKey, Signature};
use crate::wire::decode::{Refusal, Request, is_id};
use crate::wire::limits::{MAX_NAME, MAX_SMALL_BODY};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fmt;

hex_bytes! {
    /// The 128 random bits of an invite, 32 digits. Journal and endpoint have only their SHA-256. It can be used once, within
    /// [`INVITE_MILLIS`](crate::wire::limits::INVITE_MILLIS) after the endpoint has admitted the entry.
    InviteCode, 16
}

impl InviteCode {
    /// The SHA-256 of the bits, 64 digits: what an entry says about the code.
    #[must_use]
    pub fn hash(&self) -> String {
        let mut digits = String::new();
        for byte in Sha256::digest(self.0) {
            digits.push_str(&format!("{byte:02x}"));
        }
        digits
    }
}

impl fmt::Debug for InviteCode {
    /// Debug texts end in logs; an invite lets anybody in.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("InviteCode")
    }
}

/// The request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Enrol {
    /// The version of the protocol.
    pub protocol: u32,
    /// The invite.
    pub code: InviteCode,
    /// The id that the device has chosen for itself.
    pub device: String,
    /// The device's new public key.
    pub key: PublicKey,
    /// The key's signature of [`crate::statement::enrol`].
    pub proof: Signature,
    /// The name of the counter, up to [`MAX_NAME`] bytes.
    pub name: String,
}

impl Request<'_> for Enrol {
    const MAX_BODY: usize = MAX_SMALL_BODY;

    fn check(&self) -> Result<(), Refusal> {
        let is_name = (1..=MAX_NAME).contains(&self.name.len()) && !self.name.chars().any(char::is_control);
        Refusal::wrong_unless(is_id(&self.device) && is_name)
    }
}

/// The answer. The same request again, with the same key, gets the same answer: the first one may have been lost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enrolled {
    /// The shop.
    pub shop: String,
    /// The role of the device, a word of the ledger's; `reader` may only read.
    pub role: String,
    /// The letter of the device's first chain here, unique in the shop; `None` for a device that may only read.
    pub letter: Option<String>,
    /// The key that the endpoint signs heads with.
    pub endpoint_key: PublicKey,
}
