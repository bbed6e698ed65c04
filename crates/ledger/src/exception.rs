//! Exceptions: the third kind of no. Two honest counters disagreed; nothing is lost.

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
