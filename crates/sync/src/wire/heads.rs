//! `GET /v1/shops/{shop}/heads`: the ends of the log and of all chains, and the hash of the log at places that the client
//! names.

use crate::epoch::Epoch;
use crate::head::{ChainHead, Checkpoint, SignedHead};
use crate::wire::decode::{Refusal, Request};
use crate::wire::limits::{MAX_CHECKPOINTS, MAX_SMALL_BODY, MAX_WHOLE};
use serde::{Deserialize, Serialize};

/// The query: `at=0,1000,2000`, or nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AskHeads {
    /// Up to [`MAX_CHECKPOINTS`] numbers of records, with commas between them.
    #[serde(default)]
    pub at: String,
}

impl AskHeads {
    /// The query for these numbers of records.
    #[must_use]
    pub fn at(places: &[u64]) -> Self {
        Self { at: places.iter().map(u64::to_string).collect::<Vec<_>>().join(",") }
    }

    /// The query string, without `?`.
    #[must_use]
    pub fn query(&self) -> String {
        format!("at={}", self.at)
    }

    /// The numbers.
    ///
    /// # Errors
    /// [`Refusal`] for a text that is no list of numbers, or a list that is too long.
    pub fn places(&self) -> Result<Vec<u64>, Refusal> {
        let wrong = |()| Refusal::of(crate::wire::code::Code::WrongField);
        let texts = self.at.split(',').filter(|_| !self.at.is_empty());
        let places: Result<Vec<u64>, ()> = texts.take(MAX_CHECKPOINTS + 1).map(number).collect();
        let places = places.map_err(wrong)?;
        if places.len() > MAX_CHECKPOINTS { Err(wrong(())) } else { Ok(places) }
    }
}

fn number(digits: &str) -> Result<u64, ()> {
    let number: u64 = digits.parse().map_err(|_| ())?;
    if number <= MAX_WHOLE && number.to_string() == digits { Ok(number) } else { Err(()) }
}

impl Request<'_> for AskHeads {
    const MAX_BODY: usize = MAX_SMALL_BODY;

    fn check(&self) -> Result<(), Refusal> {
        self.places().map(drop)
    }
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heads {
    /// The present epoch.
    pub epoch: Epoch,
    /// The end of the log.
    pub head: SignedHead,
    /// The last line of every chain of every device.
    pub chains: Vec<ChainHead>,
    /// The hash of the log at those of the places asked for that the log has.
    pub checkpoints: Vec<Checkpoint>,
}
