//! `POST /v1/shops/{shop}/reoffer`: a client hands back records that the endpoint has lost.
//!
//! Records that lead from the end of the endpoint's log to a place that the endpoint itself once signed are taken as they
//! are. All others are admitted again, under a new epoch, if a device has signed them.

use crate::epoch::Epoch;
use crate::head::SignedHead;
use crate::log_hash::LogHash;
use crate::wire::code::Code;
use crate::wire::decode::{Refusal, Request};
use crate::wire::limits::{MAX_PAGE, MAX_PAGE_BODY, MAX_WHOLE};
use crate::wire::record::Record;
use serde::{Deserialize, Serialize};

/// The request: records that follow each other in the log that the client knows.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reoffer<'a> {
    /// The endpoint's present epoch.
    pub epoch: Epoch,
    /// The number of the record before the first item, in the log that the client knows.
    pub after: u64,
    /// The hash of that log up to there.
    pub h: LogHash,
    /// 1 to [`MAX_PAGE`] records, whole presses.
    #[serde(borrow)]
    pub items: Vec<Record<'a>>,
    /// The place of the last item, signed by the endpoint, if the client has it.
    pub head: Option<SignedHead>,
}

impl<'a> Request<'a> for Reoffer<'a> {
    const MAX_BODY: usize = MAX_PAGE_BODY;

    fn check(&self) -> Result<(), Refusal> {
        if self.items.len() > MAX_PAGE {
            return Err(Refusal::of(Code::TooManyEntries));
        }
        Refusal::wrong_unless(self.after <= MAX_WHOLE && !self.items.is_empty())
    }
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reoffered {
    /// The present epoch: a new one if records were admitted anew.
    pub epoch: Epoch,
    /// Whether the records are in the log under the numbers that the client knows, with the same hash.
    pub verbatim: bool,
    /// The end of the log after the request.
    pub head: SignedHead,
}
