//! `GET /v1/shops/{shop}/entries`: the records after a place in the log; and the lines of an event stream.

use crate::epoch::Epoch;
use crate::head::{ChainHead, SignedHead};
use crate::log_hash::LogHash;
use crate::wire::decode::{Refusal, Request};
use crate::wire::limits::{MAX_PAGE, MAX_SMALL_BODY, MAX_WHOLE};
use crate::wire::record::Record;
use serde::{Deserialize, Serialize};

/// The query. Its three parts are the client's cursor: one check finds an old backup, a lost commit, two stores that
/// answer by turns, and a wrong database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pull {
    /// The epoch of the cursor; `None` before the first page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub epoch: Option<Epoch>,
    /// The number of the last record that the client has; 0 for none.
    pub after: u64,
    /// The hash of the log up to that record.
    pub h: LogHash,
    /// The most records of the answer, from 1 to [`MAX_PAGE`].
    pub limit: usize,
}

impl Pull {
    /// The query string, without `?`. All values are digits of some base.
    #[must_use]
    pub fn query(&self) -> String {
        let epoch = self.epoch.map(|epoch| format!("epoch={epoch}&")).unwrap_or_default();
        format!("{epoch}after={}&h={}&limit={}", self.after, self.h, self.limit)
    }
}

impl Request<'_> for Pull {
    const MAX_BODY: usize = MAX_SMALL_BODY;

    fn check(&self) -> Result<(), Refusal> {
        Refusal::wrong_unless(self.after <= MAX_WHOLE && (1..=MAX_PAGE).contains(&self.limit))
    }
}

/// The answer.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Page<'a> {
    /// The present epoch.
    pub epoch: Epoch,
    /// The records after the cursor: whole presses, at most the limit unless they are one press.
    #[serde(borrow)]
    pub items: Vec<Record<'a>>,
    /// The place of the last record of this page, signed; of the cursor if the page is empty. It is the next cursor.
    pub head: SignedHead,
    /// Whether there are more records.
    pub more: bool,
    /// The number of the last record of the log, for showing progress.
    pub end: u64,
    /// What the endpoint has of the chains of the device of the session. A chain that ends before what the client knows as
    /// acknowledged has lost lines.
    pub chains: Vec<ChainHead>,
    /// Whether this endpoint sends refunds of payments that the shop took online.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub refunds: bool,
}

/// One line of an event stream: the log of the shop has grown. It is only a hint; the records come by [`Pull`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    /// The present epoch.
    pub epoch: Epoch,
    /// The number of the last record.
    pub lseq: u64,
}
