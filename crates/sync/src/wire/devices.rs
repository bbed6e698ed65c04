//! The devices of a shop: `GET /v1/shops/{shop}/devices`, `POST …/revocations`, `POST …/withdrawals`.

use crate::wire::InviteCode;
use crate::wire::decode::{Refusal, Request, is_id};
use crate::wire::limits::MAX_SMALL_BODY;
use serde::{Deserialize, Serialize};

/// The answer: every device that was ever enrolled, by id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Devices {
    /// The devices.
    pub devices: Vec<Listed>,
    /// The endpoint's time, in milliseconds since 1970.
    pub time: u64,
    /// Whether the device that asks may invite and revoke.
    pub manages: bool,
}

/// A device as the endpoint knows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    /// The device.
    pub device: String,
    /// The name of the counter.
    pub name: String,
    /// Its role, a word of the ledger's; `reader` may only read.
    pub role: String,
    /// The letter that it was enrolled with; `None` for a device that may only read.
    pub letter: Option<String>,
    /// When it was last heard of, in milliseconds since 1970: its last request, or the last of its entries that came.
    pub seen: u64,
    /// How many records of the log it has not fetched; `None` if it has fetched none since the endpoint was started.
    pub waiting: Option<u64>,
    /// When it was revoked, in milliseconds since 1970.
    pub revoked: Option<u64>,
}

/// The request to revoke a device: it reads no more, and what it still sends does not count. The device of the session must have
/// the role of an admin, and be another one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AskRevoke {
    /// The device.
    pub device: String,
}

impl Request<'_> for AskRevoke {
    const MAX_BODY: usize = MAX_SMALL_BODY;

    fn check(&self) -> Result<(), Refusal> {
        Refusal::wrong_unless(is_id(&self.device))
    }
}

/// The request to withdraw an invite that was not used. The device of the session must have the role of an admin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AskWithdraw {
    /// The invite.
    pub code: InviteCode,
}

impl Request<'_> for AskWithdraw {
    const MAX_BODY: usize = MAX_SMALL_BODY;

    fn check(&self) -> Result<(), Refusal> {
        Ok(())
    }
}
