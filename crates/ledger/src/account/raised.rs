//! Exceptions as an account stores them, with the condition that ends each.

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

/// The condition that ends an exception.
#[derive(Debug, Clone, Serialize)]
pub enum OpenUntil {
    /// An entry resolves it.
    Resolved,
    /// The lot is no longer below zero.
    LotMadeGood(Id),
    /// The lot has nothing outstanding.
    LotSpent(Id),
    /// The refund was undone.
    RefundUndone(Id),
    /// No more came back of these lines of the order than they have.
    LinesFit(Id, Vec<u32>),
}

/// The last payment on an order, other than `but`, of which the order still keeps something.
pub fn latest_payment(paid: &Map<crate::account::order::PaymentOnOrder>, but: &Id) -> Option<Id> {
    paid.iter().rev().find(|(id, kept)| *id != but && kept.kept.is_positive()).map(|(id, _)| id.clone())
}
