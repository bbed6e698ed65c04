//! `GET /v1/meta`: what an endpoint is, without a session.

use crate::wire::limits;
use serde::{Deserialize, Serialize};

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meta {
    /// Always `counterfoil`: how a client tells an endpoint from anything else that answers with JSON.
    pub service: String,
    /// The versions of the protocol that the endpoint speaks.
    pub protocol: Protocol,
    /// The endpoint's time, in milliseconds since 1970.
    pub time: u64,
    /// The endpoint's limits. A client keeps to the smaller of these and its own.
    pub limits: Limits,
    /// The build of the endpoint, for people.
    pub build: String,
    /// Whether it sends papers by mail. An older endpoint does not.
    #[serde(default)]
    pub mails: bool,
}

impl Meta {
    /// The value of `service`.
    pub const SERVICE: &str = "counterfoil";
}

/// A range of versions, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Protocol {
    /// The oldest version.
    pub min: u32,
    /// The newest version.
    pub max: u32,
}

impl Protocol {
    /// What this program speaks.
    pub const OURS: Self = Self { min: limits::PROTOCOL, max: limits::PROTOCOL };

    /// The newest version that both speak.
    #[must_use]
    pub fn common(self, other: Self) -> Option<u32> {
        let newest = self.max.min(other.max);
        (newest >= self.min.max(other.min)).then_some(newest)
    }
}

/// Limits of requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// The longest entry in bytes.
    pub entry_bytes: usize,
    /// The most entries of a push.
    pub batch: usize,
    /// The most bytes of the entries of a push of more than one press.
    pub batch_bytes: usize,
    /// The most records of a page.
    pub page: usize,
    /// The most bytes of the entries of a page of more than one press.
    pub page_bytes: usize,
}

impl Limits {
    /// What this program keeps to.
    pub const OURS: Self = Self {
        entry_bytes: limits::MAX_ENTRY,
        batch: limits::MAX_BATCH,
        batch_bytes: limits::MAX_BATCH_BYTES,
        page: limits::MAX_PAGE,
        page_bytes: limits::MAX_PAGE_BYTES,
    };
}
