//! Exceptions as an account holds them, and for how long each is open.

use super::map::Map;
use super::{Account, Standing};
use crate::act::refund::Status;
use crate::entry::Entry;
use crate::exception::{Exception, Kind, look_at};
use crate::id::Id;
use crate::money::Money;
use serde::Serialize;

/// An exception that an entry raised when it was folded.
#[derive(Debug, Clone, Serialize)]
pub struct Raised {
    pub kind: Kind,
    pub entry: Id,
    pub other: Option<Id>,
    pub about: Option<Id>,
    pub missing: Money,
    pub until: Until,
}

/// When its cause is gone.
#[derive(Debug, Clone, Serialize)]
pub enum Until {
    /// Only an entry resolves it.
    Resolved,
    /// The lot is no longer below zero.
    LotMadeGood(Id),
    /// The lot has been used up.
    LotSpent(Id),
    /// The refund was undone.
    RefundUndone(Id),
}

impl Account {
    /// The open exceptions, in the order in which they arose.
    #[must_use]
    pub fn exceptions(&self) -> Vec<Exception> {
        let raised =
            self.raised.iter().filter(|raised| self.is_open(raised)).map(|raised| self.shown(raised));
        let clashes = self.clashes.iter().filter_map(|other| self.clash(other));
        let waiting = self.waiting.iter().filter_map(|id| self.waits(id));
        raised.chain(clashes).chain(waiting).collect()
    }

    fn clash(&self, other: &Entry) -> Option<Exception> {
        let first = self.entry(&other.id)?;
        let resolved = self.resolved.contains(&(Kind::IdClash, other.id.clone()));
        (!resolved).then(|| Exception::clash(first, other))
    }

    fn waits(&self, id: &Id) -> Option<Exception> {
        let Standing::Waits(missing) = &self.entries.get(id)?.standing else { return None };
        let resolved = self.resolved.contains(&(Kind::WaitingFor, id.clone()));
        (!resolved).then(|| Exception {
            kind: Kind::WaitingFor,
            entry: id.clone(),
            other: Some(missing.clone()),
            about: Some(missing.clone()),
            missing: Money::ZERO,
            stays: false,
            remedy: look_at(Kind::WaitingFor, id),
        })
    }

    fn is_open(&self, raised: &Raised) -> bool {
        let cause = match &raised.until {
            Until::Resolved => true,
            Until::LotMadeGood(lot) => self.os(lot) < Money::ZERO,
            Until::LotSpent(lot) => self.os(lot).is_positive(),
            Until::RefundUndone(refund) => {
                self.refunds.get(refund).is_none_or(|refund| !is_undone(refund.status))
            }
        };
        cause && !self.resolved.contains(&(raised.kind, raised.entry.clone()))
    }

    fn shown(&self, raised: &Raised) -> Exception {
        Exception {
            kind: raised.kind,
            entry: raised.entry.clone(),
            other: raised.other.clone(),
            about: raised.about.clone(),
            missing: raised.missing,
            stays: matches!(raised.until, Until::Resolved),
            remedy: self.remedy(raised),
        }
    }
}

const fn is_undone(status: Status) -> bool {
    matches!(status, Status::Reversed | Status::Failed | Status::Canceled | Status::Rejected)
}

/// Payments that took the place of another: the one recorded last on an order and still kept.
pub fn latest_kept(paid: &Map<super::order::Kept>, but: &Id) -> Option<Id> {
    paid.iter().rev().find(|(id, kept)| *id != but && kept.kept.is_positive()).map(|(id, _)| id.clone())
}
