//! `POST /v1/enrol`: a device joins a shop with an invite.

use crate::hex::hex_bytes;
use crate::key::{PublicKey, Signature};
use crate::wire::decode::{Refusal, Request, is_id};
use crate::wire::limits::{MAX_NAME, MAX_SMALL_BODY};
use serde::{Deserialize, Serialize};
use std::fmt;

hex_bytes! {
    /// The 128 random bits of an invite, 32 digits. The endpoint stores only their SHA-256. It can be used once, for
    /// [`INVITE_MILLIS`](crate::wire::limits::INVITE_MILLIS).
    InviteCode, 16
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

/// The request for an invite, `POST /v1/shops/{shop}/invites`. The device of the session must have the role of an admin.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AskInvite {
    /// Whether the new device may only read. Else it records, too.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub reader: bool,
}

impl Request<'_> for AskInvite {
    const MAX_BODY: usize = MAX_SMALL_BODY;

    fn check(&self) -> Result<(), Refusal> {
        Ok(())
    }
}

/// The answer: an invite for one device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    /// The code.
    pub code: InviteCode,
    /// Until when it can be used, in milliseconds since 1970 by the endpoint's clock.
    pub until: u64,
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
