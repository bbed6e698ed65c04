//! Resolve an exception: what was done about it, in words. A claim.

use crate::body::Body;
use crate::decide::{Case, reason};
use crate::exception::{Exception, Kind};
use crate::id::Id;
use crate::money::Money;
use crate::refusal::Refusal;
use serde::{Deserialize, Serialize};

/// Puts an exception away: what was done about it, in words.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct ResolveException {
    /// The exception's name, such as `OverRefunded`.
    pub kind: String,
    /// The entry it names first.
    pub entry: Id,
    pub reason: Option<String>,
}

/// `exception.resolved`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct ExceptionResolved {
    pub kind: String,
    /// The entries it names, the one that raised it first.
    pub entries: Vec<Id>,
    pub note: String,
}

impl Case<'_> {
    /// NotPermitted, UnknownException, ReasonRequired.
    pub(crate) fn resolve_exception(&self, asked: &ResolveException) -> Result<Body, Refusal> {
        self.permitted("exception.resolved", Money::ZERO)?;
        let unknown = || Refusal::UnknownException { kind: asked.kind.clone(), entry: asked.entry.clone() };
        let kind = Kind::named(&asked.kind).ok_or_else(unknown)?;
        let found = self.open_exception(kind, &asked.entry);
        let late = kind == Kind::LateIntoSealedDay && self.may_be_late(&asked.entry);
        if found.is_none() && !late {
            return Err(unknown());
        }
        let (entry, other) = found.map_or((asked.entry.clone(), None), |found| (found.entry, found.other));
        let entries = [entry].into_iter().chain(other).collect();
        let note = reason(asked.reason.as_ref())?;
        Ok(Body::ExceptionResolved(ExceptionResolved { kind: kind.to_string(), entries, note }))
    }

    /// The open exception that an entry raised; or one about a document, where the entry has an id that nobody
    /// sees.
    fn open_exception(&self, kind: Kind, named: &Id) -> Option<Exception> {
        let open: Vec<_> = self.account().exceptions().into_iter().filter(|open| open.kind == kind).collect();
        let about =
            |open: &&Exception| open.about.as_ref() == Some(named) || open.other.as_ref() == Some(named);
        open.iter().find(|open| open.entry == *named).or_else(|| open.iter().find(about)).cloned()
    }

    /// Whether an entry is late depends on its place, which the store knows; here its date must allow it.
    fn may_be_late(&self, entry: &Id) -> bool {
        let sealed = self.cx.shop.sealed;
        self.account().entry(entry).is_some_and(|entry| sealed.is_some_and(|sealed| entry.on <= sealed))
    }
}
