//! Exceptions as an account holds them, and for how long each is open.

use crate::account::map::Map;
use crate::exception::Kind;
use crate::id::Id;
use crate::money::Money;
use serde::Serialize;

/// An exception that an entry raised when it was folded.
#[derive(Debug, Clone, Serialize)]
pub struct RaisedException {
    pub kind: Kind,
    pub entry: Id,
    pub other: Option<Id>,
    pub about: Option<Id>,
    pub missing: Money,
    pub until: OpenUntil,
}

/// When its cause is gone.
#[derive(Debug, Clone, Serialize)]
pub enum OpenUntil {
    /// Only an entry resolves it.
    Resolved,
    /// The lot is no longer below zero.
    LotMadeGood(Id),
    /// The lot has been used up.
    LotSpent(Id),
    /// The refund was undone.
    RefundUndone(Id),
}

/// Payments that took the place of another: the one recorded last on an order and still kept.
pub fn latest_payment(paid: &Map<crate::account::order::PaymentOnOrder>, but: &Id) -> Option<Id> {
    paid.iter().rev().find(|(id, kept)| *id != but && kept.kept.is_positive()).map(|(id, _)| id.clone())
}
