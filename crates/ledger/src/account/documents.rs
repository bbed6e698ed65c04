//! The documents of an account beside orders and lots: payments, credit notes, refunds, pay-outs.

use crate::account::status::Status;
use crate::code::MoneyAccount;
use crate::entry::Body;
use crate::entry::payment_recorded::PaymentRecorded;
use crate::entry::payout_processed::PayoutProcessed;
use crate::entry::record::Entry;
use crate::entry::refund_written::RefundWritten;
use crate::id::Id;
use crate::money::Money;
use serde::Serialize;
use std::sync::Arc;

/// A payment; what each order keeps of it stands in the order.
#[derive(Debug, Clone, Serialize)]
pub struct Payment {
    #[serde(skip)]
    pub entry: Arc<Entry>,
    /// The orders it was allocated to.
    pub orders: Vec<Id>,
    /// What became its credit lot.
    pub left_over: Money,
    /// The online refund that locks it.
    pub pending: Option<Id>,
    /// The entry that reversed it.
    pub reversed: Option<Id>,
}

impl Payment {
    /// *Apply to Commissions*.
    pub fn is_eligible(&self) -> bool {
        self.recorded().is_some_and(|paid| paid.eligible)
    }

    /// What was recorded.
    pub fn recorded(&self) -> Option<&PaymentRecorded> {
        let Body::PaymentRecorded(paid) = &self.entry.body else { return None };
        Some(paid)
    }
}

/// A credit note on an order.
#[derive(Debug, Clone, Serialize)]
pub struct Note {
    pub order: Id,
    /// What it came to when it was folded.
    pub amount: Money,
    /// What still stands, group by group.
    pub split: Vec<Money>,
    /// Of that, what is in its lot because the order owed nothing.
    pub released: Money,
    pub marked: bool,
    /// The entry that reversed all of it.
    pub reversed: Option<Id>,
}

impl Note {
    /// What still stands of it.
    pub fn remaining(&self) -> Money {
        self.split.iter().copied().sum()
    }
}

/// A refund, or the request for one.
#[derive(Debug, Clone, Serialize)]
pub struct Refund {
    #[serde(skip)]
    pub entry: Arc<Entry>,
    pub order: Id,
    pub status: Status,
    /// Where the money left; `None` for store credit, and before approval.
    pub account: Option<MoneyAccount>,
    pub taken: Vec<TakenPart>,
    /// The money leg: what left the shop, or became its store credit.
    pub out: Money,
    /// The credit leg, group by group.
    pub split: Vec<Money>,
    /// Who approved it, in an act of his own.
    pub done_by: Option<Id>,
    /// The entry that approved, rejected, settled or reversed it.
    pub done: Option<Id>,
    pub handed_over: bool,
}

impl Refund {
    /// What was recorded, issued or requested.
    pub fn content(&self) -> Option<&RefundWritten> {
        self.entry.body.refund()
    }

    /// The credit leg C.
    pub fn credit(&self) -> Money {
        self.split.iter().copied().sum()
    }
}

/// What a refund took from one payment or one lot's credit.
#[derive(Debug, Clone, Serialize)]
pub struct TakenPart {
    pub from: Id,
    /// True when applied credit went back to its lot.
    pub credit: bool,
    /// What the order keeps less.
    pub kept: Money,
    /// Of credit: how much of that had been eligible for commission.
    pub eligible: Money,
    /// What came out of the payment's credit lot.
    pub lot: Money,
}

/// A pay-out.
#[derive(Debug, Clone, Serialize)]
pub struct Payout {
    #[serde(skip)]
    pub entry: Arc<Entry>,
    pub status: Status,
    pub parts: Vec<HeldPart>,
    pub done_by: Option<Id>,
    /// The entry that completed or rejected it.
    pub done: Option<Id>,
    pub handed_over: bool,
}

impl Payout {
    /// What was processed.
    pub fn processed(&self) -> Option<&PayoutProcessed> {
        let Body::PayoutProcessed(processed) = &self.entry.body else { return None };
        Some(processed)
    }
}

/// What a pay-out asks of one lot, and what it holds of it.
#[derive(Debug, Clone, Serialize)]
pub struct HeldPart {
    pub lot: Id,
    pub asked: Money,
    pub held: Money,
}
