//! The devices of a shop: `GET /v1/shops/{shop}/devices`. Entries invite and revoke them: `device.invited`,
//! `invite.withdrawn`, `device.revoked`.

use serde::{Deserialize, Serialize};

/// The answer: every device that was ever enrolled, by id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Devices {
    /// The devices.
    pub devices: Vec<Listed>,
    /// The endpoint's time, in milliseconds since 1970.
    pub time: u64,
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
