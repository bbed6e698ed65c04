//! The status of a refund or of a pay-out.

use serde::{Deserialize, Serialize};

/// The status of a refund or pay-out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Hash)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum Status {
    Requested,
    Pending,
    Succeeded,
    Failed,
    Canceled,
    Recorded,
    Reversed,
    Awaiting,
    Complete,
    Rejected,
}

/// What a refund or pay-out waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Waits {
    /// A person approves or rejects the request.
    Decision,
    /// The card processor settles it.
    Processor,
    /// A person pays it and marks it as paid.
    Payment,
    /// The money is recorded as paid out, and the customer does not have it yet.
    HandOver,
}

impl Status {
    /// Whether it moved nothing in the end: it was rejected, reversed or canceled, or failed.
    #[must_use]
    pub const fn is_undone(self) -> bool {
        matches!(self, Self::Rejected | Self::Reversed | Self::Canceled | Self::Failed)
    }

    /// What a refund or pay-out with this status waits for; `None` once it is done. `handed_over` says whether the customer has the money,
    /// or there is none to hand over.
    #[must_use]
    pub const fn waits_for(self, handed_over: bool) -> Option<Waits> {
        match self {
            Self::Requested => Some(Waits::Decision),
            Self::Pending => Some(Waits::Processor),
            Self::Awaiting => Some(Waits::Payment),
            Self::Recorded | Self::Complete if !handed_over => Some(Waits::HandOver),
            Self::Recorded
            | Self::Complete
            | Self::Succeeded
            | Self::Failed
            | Self::Canceled
            | Self::Reversed
            | Self::Rejected => None,
        }
    }
}
