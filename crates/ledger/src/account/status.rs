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
