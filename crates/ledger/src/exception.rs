//! The kinds of exceptions: counters that were offline recorded conflicting entries; nothing is lost, and each
//! counter computes the same exceptions.

use serde::{Deserialize, Serialize};
use std::fmt;

/// The kind of a conflict between the entries of two counters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Kind {
    /// A lot had too little for a claim, or a fact took the lot below zero.
    CreditOverspent,
    /// A credit leg or a write-off was cut to what remained of the order.
    OverCredited,
    /// More was refunded than was refundable.
    OverRefunded,
    /// More came back of an order line than it has.
    OverReturned,
    /// A refund of a payment was recorded while another refund of it was pending.
    RefundDuringPending,
    /// Two completions, approvals or reversals of the same document; one counts.
    CompletedTwice,
    /// Rejected on one counter and paid on another; the payment counts.
    RejectedYetPaid,
    /// Two payments for the same amount owed; the second became credit.
    PaidTwice,
    /// Two documents have the same id and different content; the first in order counts.
    IdClash,
    /// Two documents were printed with the same number, because two copies of one counter went on separately. Both count.
    NumberTwice,
    /// An entry names a document that this counter does not have yet.
    WaitingFor,
    /// An entry is dated on or before a sealed day and is not covered by the seal.
    LateIntoSealedDay,
    /// A seal does not count, because counters that were offline sealed days apart and another branch is longer, or as
    /// long and first in order. What its counter exported has to be exported again.
    SealVoid,
    /// An entry about people, rights, methods or the like does not count, because its actor had no right to it at its
    /// place in the order. The owner may adopt it.
    NotEntitled,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 14] = [
        Self::CreditOverspent,
        Self::OverCredited,
        Self::OverRefunded,
        Self::OverReturned,
        Self::RefundDuringPending,
        Self::CompletedTwice,
        Self::RejectedYetPaid,
        Self::PaidTwice,
        Self::IdClash,
        Self::NumberTwice,
        Self::WaitingFor,
        Self::LateIntoSealedDay,
        Self::SealVoid,
        Self::NotEntitled,
    ];

    /// The kind with this name, such as `OverRefunded`.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.to_string() == name)
    }
}

/// The name, such as `OverRefunded`.
impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}
