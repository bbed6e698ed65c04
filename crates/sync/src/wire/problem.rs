//! The body of an answer that is not a success.

use crate::epoch::Epoch;
use crate::wire::code::{Code, Reaction};
use serde::{Deserialize, Serialize};

/// The media type of a [`Problem`].
pub const PROBLEM_JSON: &str = "application/problem+json";

/// What went wrong, with the numbers that the client needs. It never repeats what the client sent. A problem without a
/// known code is one of something between client and endpoint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// The HTTP status, again.
    pub status: u16,
    /// What went wrong.
    pub code: Code,
    /// The index from 0 of the item that the problem is about, in requests with items.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<u32>,
    /// With [`Code::Gap`] and [`Code::Fork`]: the chain.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chain: Option<u32>,
    /// With [`Code::Gap`]: the number of the line that is next, from 1. With a founding: the number of the next entry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<u64>,
    /// With [`Code::Fork`]: the first number at which the lines differ, as far as the endpoint has compared them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seq: Option<u64>,
    /// With [`Code::Fork`]: a chain number that the device has not used here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub free_chain: Option<u32>,
    /// With [`Code::Epoch`] and [`Code::LogFork`]: the present epoch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub epoch: Option<Epoch>,
    /// With [`Code::SlowDown`] and status 503: seconds until the next attempt makes sense; also in `Retry-After`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u32>,
}

impl Problem {
    /// A problem without further numbers.
    #[must_use]
    pub const fn new(code: Code) -> Self {
        Self {
            status: code.status(),
            code,
            item: None,
            chain: None,
            due: None,
            seq: None,
            free_chain: None,
            epoch: None,
            retry_after: None,
        }
    }

    /// Seconds, if the same request is to be sent again; `None` if it will not succeed.
    #[must_use]
    pub fn again_after(&self) -> Option<u32> {
        match self.code.reaction(self.status) {
            Reaction::Retry | Reaction::Full => Some(self.retry_after.unwrap_or_default()),
            Reaction::Stop
            | Reaction::SignIn
            | Reaction::Revoked
            | Reaction::Resend
            | Reaction::NewChain
            | Reaction::FindCommon
            | Reaction::Update => None,
        }
    }

    /// The same problem, about the item with this index from 0.
    #[must_use]
    pub fn at(self, item: usize) -> Self {
        Self { item: u32::try_from(item).ok(), ..self }
    }

    /// The device's chain ends before the first entry of the request.
    #[must_use]
    pub const fn gap(chain: u32, due: u64) -> Self {
        Self { chain: Some(chain), due: Some(due), ..Self::new(Code::Gap) }
    }

    /// Another line is known under a number of the request.
    #[must_use]
    pub const fn fork(chain: u32, seq: u64, free_chain: u32) -> Self {
        Self { chain: Some(chain), seq: Some(seq), free_chain: Some(free_chain), ..Self::new(Code::Fork) }
    }

    /// The cursor belongs to another epoch or another log.
    #[must_use]
    pub const fn other_log(code: Code, epoch: Epoch) -> Self {
        Self { epoch: Some(epoch), ..Self::new(code) }
    }
}
