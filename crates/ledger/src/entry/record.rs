//! An entry with its place and its verdict.

use crate::date::Date;
use crate::entry::Body;
use crate::id::Id;
use serde::{Deserialize, Serialize};

/// One act as written. Numbers and places are given when it is appended.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The document's id, or the act's.
    pub id: Id,
    /// The document number, such as `AP-0412`; given in the append transaction.
    pub no: Option<String>,
    /// Who acted.
    pub actor: Id,
    /// The business date.
    pub on: Date,
    /// The customer it touches.
    pub customer: Option<Id>,
    /// What was written.
    pub body: Body,
}

impl Entry {
    /// Whether it says the same as another with its id: then the two are one. Who acted and the number do not count.
    #[must_use]
    pub fn has_same_content(&self, other: &Self) -> bool {
        self.body == other.body && self.on == other.on && self.customer == other.customer
    }
}

/// Where a record stands among all: accounts are folded in this order.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place {
    /// Hybrid clock: milliseconds since 1970, then a counter.
    pub order: (u64, u32),
    /// The device that wrote it.
    pub device: Id,
    /// Which of the device's chains.
    pub chain: u32,
    /// Its number in the chain, from 1.
    pub seq: u64,
}

/// Whether an endpoint lets the entry count.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Verdict {
    /// It counts.
    #[default]
    Ok,
    /// It moves no balance but keeps its id.
    Refused,
}

/// An entry with its place and verdict: what folds take.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct Record {
    pub place: Place,
    pub verdict: Verdict,
    pub entry: Entry,
}
