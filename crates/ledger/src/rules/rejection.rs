//! The input of the rejection of a requested refund or of a pay-out.

use crate::id::Id;
use crate::rules::asked::Asked;

/// The rejection of a request or a pay-out.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct Rejection {
    pub of: Id,
    /// Entries of earlier versions have none, so none is required; the app asks for one.
    pub reason: Option<String>,
}

impl Rejection {
    /// The rejection without a reason.
    #[must_use]
    pub const fn of(of: Id) -> Self {
        Self { of, reason: None }
    }
}

impl Asked for Rejection {
    fn documents(&self) -> Vec<Id> {
        vec![self.of.clone()]
    }
}
