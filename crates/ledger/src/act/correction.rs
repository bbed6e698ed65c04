//! Corrections: a payment or a refund reversed, a rest written off, a write-off taken back. A file an act.

use crate::id::Id;
use serde::{Deserialize, Serialize};

mod reverse_payment;
mod reverse_write_off;
mod write_off;

pub use write_off::{CreditWrittenOff, OrderWrittenOff, WriteOff};

/// Reverses a payment or a refund.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct Reversal {
    pub of: Id,
    pub reason: Option<String>,
}

/// A reversal as written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Reversed {
    pub of: Id,
    pub reason: String,
}
