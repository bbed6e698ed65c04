//! Quantities of order lines that came back, as refunds and credit notes record them.

use crate::limits::{MAX_LINES, OverLimit, at_most};
use crate::quantity::Quantity;
use serde::{Deserialize, Serialize};

/// A quantity of one line of the order that came back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Returned {
    /// The number of the line in the order, from 1.
    pub line: u32,
    /// The quantity, above zero.
    pub qty: Quantity,
}

/// Checks the number of lines.
///
/// # Errors
/// When there are more lines than an order can have.
pub(super) fn within(returned: &[Returned]) -> Result<(), OverLimit> {
    at_most("returned lines", returned.len(), MAX_LINES)
}
