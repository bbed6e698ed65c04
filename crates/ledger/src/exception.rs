//! Exceptions: the third kind of no. Two honest counters disagreed; nothing is lost.

use crate::act::money::ResolveException;
use crate::command::Act;
use crate::entry::Entry;
use crate::id::Id;
use crate::money::Money;
use serde::{Deserialize, Serialize};
use std::fmt;

/// What two counters disagreed about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Kind {
    /// A lot had too little for a claim, or was taken below zero by a fact.
    CreditOverspent,
    /// A credit leg or a write-off was cut to what the order had left.
    OverCredited,
    /// More went back than was refundable.
    OverRefunded,
    /// A refund of a payment while another of the same payment was pending.
    RefundDuringPending,
    /// Two completions, approvals or reversals of one thing; one counts.
    CompletedTwice,
    /// Rejected on one counter and yet paid on another: paid.
    RejectedYetPaid,
    /// Two payments for what was owed once; the second became credit.
    PaidTwice,
    /// Two documents with one id and different content; the first in order counts.
    IdClash,
    /// An entry that names something not yet here.
    WaitingFor,
    /// An entry dated on or before a sealed day and not covered by that seal.
    LateIntoSealedDay,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 10] = [
        Self::CreditOverspent,
        Self::OverCredited,
        Self::OverRefunded,
        Self::RefundDuringPending,
        Self::CompletedTwice,
        Self::RejectedYetPaid,
        Self::PaidTwice,
        Self::IdClash,
        Self::WaitingFor,
        Self::LateIntoSealedDay,
    ];

    /// The kind of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.to_string() == name)
    }
}

/// Its name, such as `OverRefunded`.
impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

/// One disagreement, the same on every counter that holds the same entries.
#[derive(Debug, Clone, PartialEq)]
pub struct Exception {
    /// What kind.
    pub kind: Kind,
    /// The entry that raised it.
    pub entry: Id,
    /// The entry it disagrees with; what is waited for; the seal.
    pub other: Option<Id>,
    /// The document it is about: an order, a lot, a payment, a refund.
    pub about: Option<Id>,
    /// What is missing, in minor units.
    pub missing: Money,
    /// Whether it stays until somebody writes down what was done, also when its remedy was recorded.
    pub stays: bool,
    /// What would put it right; the id is minted by whoever presses.
    pub remedy: Act,
}

impl Exception {
    /// Two entries with one id: `other` does not count, or counts on another account. What it says is to be recorded
    /// again, under an id of its own.
    #[must_use]
    pub fn clash(first: &Entry, other: &Entry) -> Self {
        let (entry, kind) = (other.id.clone(), Kind::IdClash);
        Self {
            kind,
            other: Some(first.id.clone()),
            about: Some(entry.clone()),
            missing: Money::ZERO,
            stays: true,
            remedy: Act::again(&other.body).unwrap_or_else(|| look_at(kind, &entry)),
            entry,
        }
    }
}

/// Where the books need nothing more: somebody looks at it and says what was done.
#[must_use]
pub fn look_at(kind: Kind, entry: &Id) -> Act {
    Act::ResolveException(ResolveException { kind: kind.to_string(), entry: entry.clone(), reason: None })
}
