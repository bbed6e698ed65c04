//! What came back of the lines of an order: the sums by line, and the part of each document.

use crate::id::Id;
use crate::money::Money;
use crate::quantity::Quantity;
use serde::Serialize;

/// What came back of one line of an order, over all documents that are not undone.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct LineReturns {
    /// The returned quantity in thousandths; above that of the line if the same goods were returned on two counters.
    pub qty: u64,
    /// The value that the documents took for it, at most the gross of the line.
    pub value: Money,
    /// The documents, in order.
    pub by: Vec<Id>,
}

/// What one document returned of a line, and V: its value in minor units.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReturnedLine {
    pub line: u32,
    pub qty: Quantity,
    pub value: Money,
}
