//! An exception with the command that would resolve it.

use crate::entry::record::Entry;
use crate::exception::Kind;
use crate::id::Id;
use crate::money::Money;
use crate::rules::Act;
use crate::rules::money::resolve::ResolveException;

/// A conflict between entries. Counters that hold the same entries compute the same exceptions.
#[derive(Debug, Clone, PartialEq)]
pub struct Exception {
    /// The kind of the conflict.
    pub kind: Kind,
    /// The entry that raised it.
    pub entry: Id,
    /// The entry that it conflicts with, the id that is waited for, or the seal.
    pub other: Option<Id>,
    /// The document that it is about: an order, a lot, a payment or a refund.
    pub about: Option<Id>,
    /// What is missing, in minor units.
    pub missing: Money,
    /// Whether it stays open until a note resolves it, even after its remedy was recorded.
    pub stays: bool,
    /// The act that would resolve it. The caller chooses the id of the command.
    pub remedy: Act,
}

impl Exception {
    /// The exception of two entries of the shop with the same id: `other` does not count. The remedy records the
    /// content of `other` again under a new id.
    #[must_use]
    pub fn clash(first: &Entry, other: &Entry) -> Self {
        let by_note = Self::of_two(Kind::IdClash, first, other);
        Self { remedy: Act::from_body(&other.body).unwrap_or(by_note.remedy), ..by_note }
    }

    /// The exception of two entries with the same id in two accounts, or in an account and in the shop. Both count, so
    /// recording one of them again would count it twice: the remedy is a note.
    #[must_use]
    pub fn clash_across_accounts(first: &Entry, other: &Entry) -> Self {
        Self::of_two(Kind::IdClash, first, other)
    }

    /// The exception of two documents of two accounts with the same number. Both count.
    #[must_use]
    pub fn number_twice(first: &Entry, other: &Entry) -> Self {
        Self::of_two(Kind::NumberTwice, first, other)
    }

    /// The exception of two entries that is closed by a note.
    fn of_two(kind: Kind, first: &Entry, other: &Entry) -> Self {
        Self::across_accounts(kind, &other.id, &first.id)
    }

    /// The exception of an entry with the number or the id of another account's. It is closed by a note.
    pub(crate) fn across_accounts(kind: Kind, entry: &Id, other: &Id) -> Self {
        let entry = entry.clone();
        Self {
            kind,
            other: Some(other.clone()),
            about: Some(entry.clone()),
            missing: Money::ZERO,
            stays: true,
            remedy: resolve_manually(kind, &entry),
            entry,
        }
    }
}

/// The act that resolves an exception with a note, for exceptions that need no further entries.
#[must_use]
pub fn resolve_manually(kind: Kind, entry: &Id) -> Act {
    Act::ResolveException(ResolveException { kind: kind.to_string(), entry: entry.clone(), reason: None })
}
