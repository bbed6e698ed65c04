//! Entries, and records: an entry with its place and its verdict.

use crate::date::Date;
use crate::entry::Body;
use crate::id::Id;
use serde::{Deserialize, Serialize};

/// A recorded act. Its number and its place are assigned when it is appended.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The id of the document, or of the act if it continues a document.
    pub id: Id,
    /// The document number, such as `AP-0412`; assigned in the append transaction.
    pub no: Option<String>,
    /// The person who acted.
    pub actor: Id,
    /// The business date.
    pub on: Date,
    /// The customer whose account it belongs to; `None` for entries of the shop.
    pub customer: Option<Id>,
    /// The content by kind.
    pub body: Body,
}

impl Entry {
    /// Whether another entry with the same id is a repetition of this one: same customer, and the same content
    /// whenever and at whichever counter it was written. The actor and the number are not compared either.
    #[must_use]
    pub fn has_same_content(&self, other: &Self) -> bool {
        self.customer == other.customer && self.body.has_same_content(&other.body)
    }
}

/// The position of a record in the common order; accounts are folded in this order.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place {
    /// The hybrid clock: milliseconds since 1970, then a counter.
    pub order: (u64, u32),
    /// The device that recorded it.
    pub device: Id,
    /// The chain of the device.
    pub chain: u32,
    /// Its number in the chain, from 1.
    pub seq: u64,
    /// What tells it apart from another line with the same device, chain and number: the first 16 bytes of the hash of
    /// its line. May be 0 for records of chains without branches. All records of a book follow the same rule, so that the
    /// same record always has the same place.
    #[serde(default)]
    pub branch: u128,
}

impl Place {
    /// Whether two places are of the same line; its order may differ, because an endpoint can change it.
    #[must_use]
    pub fn is_same_line(&self, other: &Self) -> bool {
        (self.seq, self.chain, self.branch) == (other.seq, other.chain, other.branch)
            && self.device == other.device
    }
}

/// Whether an endpoint accepted the entry.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Verdict {
    /// The entry counts.
    #[default]
    Ok,
    /// The entry changes no balance but reserves its id.
    Refused,
}

/// An entry with its place and verdict: the input of folds.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct Record {
    pub place: Place,
    pub verdict: Verdict,
    pub entry: Entry,
}
