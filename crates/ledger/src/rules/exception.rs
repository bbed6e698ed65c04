//! An exception with the command that would resolve it.

use crate::entry::record::Entry;
use crate::exception::Kind;
use crate::id::Id;
use crate::money::Money;
use crate::rules::Act;
use crate::rules::money::resolve::ResolveException;

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
            remedy: record_under_new_id(other),
            entry,
        }
    }
}

/// Records the content of an entry whose id another entry has, under an id of its own.
pub(super) fn record_under_new_id(other: &Entry) -> Act {
    Act::from_body(&other.body).unwrap_or_else(|| resolve_manually(Kind::IdClash, &other.id))
}

/// Where the books need nothing more: somebody looks at it and says what was done.
#[must_use]
pub fn resolve_manually(kind: Kind, entry: &Id) -> Act {
    Act::ResolveException(ResolveException { kind: kind.to_string(), entry: entry.clone(), reason: None })
}
