//! Exceptions as an account holds them, and for how long each is open.

use super::map::Map;
use super::{Account, Standing};
use crate::act::credit::ApplyCredit;
use crate::act::payment::{AllocationAsked, Method, RecordPayment};
use crate::act::payout::{FromLot, ProcessPayout};
use crate::act::refund::Status;
use crate::command::Act;
use crate::exception::{Exception, Kind};
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
        let waiting = self.waiting.iter().filter_map(|id| self.waits(id));
        raised.chain(waiting).collect()
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
            remedy: None,
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
            remedy: self.remedy(raised),
        }
    }

    /// The command that would put it right: credit moved to a lot below zero, money for an order that owes
    /// again, a second payment paid back.
    fn remedy(&self, raised: &Raised) -> Option<Act> {
        let about = raised.about.as_ref()?;
        match &raised.until {
            Until::LotMadeGood(lot) => Some(self.make_good(lot)),
            Until::LotSpent(lot) => Some(pay_back(lot, self.os(lot))),
            _ if self.orders.contains_key(about) && raised.missing.is_positive() => {
                let amount = raised.missing.min(self.owed_on(about));
                amount.is_positive().then(|| Act::RecordPayment(collect(amount, Some(about))))
            }
            _ => None,
        }
    }

    fn make_good(&self, below: &Id) -> Act {
        let needed = -self.os(below);
        let with_credit = self.lots.iter().find(|(_, lot)| lot.os().is_positive());
        match with_credit {
            Some((from, lot)) => Act::ApplyCredit(ApplyCredit {
                lot: from.clone(),
                to: below.clone(),
                amount: needed.min(lot.os()),
                eligible: None,
            }),
            None => Act::RecordPayment(collect(needed, None)),
        }
    }
}

const fn is_undone(status: Status) -> bool {
    matches!(status, Status::Reversed | Status::Failed | Status::Canceled | Status::Rejected)
}

fn collect(amount: Money, order: Option<&Id>) -> RecordPayment {
    let allocations = order.map(|order| AllocationAsked { order: order.clone(), amount: None });
    RecordPayment {
        amount,
        method: Method::Cash,
        bank: None,
        allocations: allocations.into_iter().collect(),
        eligible: true,
        tendered: None,
        reference: None,
        note: None,
    }
}

fn pay_back(lot: &Id, amount: Money) -> Act {
    Act::ProcessPayout(ProcessPayout {
        amount,
        method: Method::Cash,
        bank: None,
        from: vec![FromLot { lot: lot.clone(), amount }],
        payee: None,
        reference: None,
        note: None,
    })
}

/// Payments that took the place of another: the one recorded last on an order and still kept.
pub fn latest_kept(paid: &Map<super::order::Kept>, but: &Id) -> Option<Id> {
    paid.iter().rev().find(|(id, kept)| *id != but && kept.kept.is_positive()).map(|(id, _)| id.clone())
}
