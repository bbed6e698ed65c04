//! The input of the reversal of a payment or a refund.

use crate::id::Id;
use crate::rules::asked::Asked;

/// The reversal of a payment or a refund.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct Reversal {
    pub of: Id,
    pub reason: Option<String>,
}

impl Asked for Reversal {
    fn documents(&self) -> Vec<Id> {
        vec![self.of.clone()]
    }
}
