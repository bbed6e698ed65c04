//! The documents of an account besides orders and lots: payments, credit notes, refunds, pay-outs.

use crate::account::returned_line::ReturnedLine;
use crate::account::status::Status;
use crate::code::MoneyAccount;
use crate::entry::Body;
use crate::entry::charge_asked::ChargeAsked;
use crate::entry::charge_progressed::ProgressCharge;
use crate::entry::payment_recorded::PaymentRecorded;
use crate::entry::payout_processed::PayoutProcessed;
use crate::entry::record::Entry;
use crate::entry::refund_progressed::ProgressRefund;
use crate::entry::refund_written::RefundWritten;
use crate::id::Id;
use crate::money::Money;
use serde::Serialize;
use std::sync::Arc;

/// A payment; the order stores how much of the payment it keeps.
#[derive(Debug, Clone, Serialize)]
pub struct Payment {
    #[serde(skip)]
    pub entry: Arc<Entry>,
    /// The orders that it was allocated to.
    pub orders: Vec<Id>,
    /// The amount that became its credit lot.
    pub left_over: Money,
    /// The pending online refund; while there is one, no other refund of the payment may start.
    pub pending: Option<Id>,
    /// The entry that reversed it.
    pub reversed: Option<Id>,
}

impl Payment {
    /// Whether the payment counts for commission (*Apply to Commissions*).
    pub fn is_eligible(&self) -> bool {
        self.recorded().is_some_and(|paid| paid.eligible)
    }

    /// The content of the entry.
    pub fn recorded(&self) -> Option<&PaymentRecorded> {
        let Body::PaymentRecorded(paid) = &self.entry.body else { return None };
        Some(paid)
    }
}

/// A charge that the card processor was asked for.
#[derive(Debug, Clone, Serialize)]
pub struct Charge {
    #[serde(skip)]
    pub entry: Arc<Entry>,
    /// How far it is at the processor; `None` before the endpoint has said anything, and once it is a payment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub progress: Option<ProgressCharge>,
    /// Whether a person wants it canceled.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub cancel_asked: bool,
}

impl Charge {
    /// The content of the entry.
    pub fn asked(&self) -> Option<&ChargeAsked> {
        let Body::ChargeAsked(asked) = &self.entry.body else { return None };
        Some(asked)
    }
}

/// A credit note on an order.
#[derive(Debug, Clone, Serialize)]
pub struct Note {
    pub order: Id,
    /// The amount that counted when it was folded.
    pub amount: Money,
    /// The part that is not undone, by tax group.
    pub split: Vec<Money>,
    /// The part of that which is in the lot of the note because the order owed nothing.
    pub released: Money,
    pub marked: bool,
    /// The lines that came back with it, until all of it is undone.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub returned: Vec<ReturnedLine>,
    /// The entry that reversed all of it.
    pub reversed: Option<Id>,
}

impl Note {
    /// The part that is not undone.
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
    /// The account that the money left; `None` for store credit, and before approval.
    pub account: Option<MoneyAccount>,
    pub taken: Vec<TakenPart>,
    /// The money leg: what left the shop or became store credit.
    pub out: Money,
    /// What the money leg posted to money accounts or to 2110: zero for store credit. It follows from the postings, so
    /// it is no part of the state that counters compare.
    #[serde(skip)]
    pub money: Money,
    /// The credit leg, by tax group.
    pub split: Vec<Money>,
    /// The lines that came back with it, unless it is undone.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub returned: Vec<ReturnedLine>,
    /// The person who approved it, if that was a separate act.
    pub done_by: Option<Id>,
    /// The entry that approved, rejected, settled or reversed it.
    pub done: Option<Id>,
    pub handed_over: bool,
    /// How far an online refund is at the card processor; `None` before the processor has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub progress: Option<ProgressRefund>,
    /// Whether a pending online refund is to be canceled, as far as that is still possible.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub cancel_asked: bool,
}

impl Refund {
    /// The refund as recorded, issued or requested.
    pub fn content(&self) -> Option<&RefundWritten> {
        self.entry.body.refund()
    }

    /// The credit leg C.
    pub fn credit(&self) -> Money {
        self.split.iter().copied().sum()
    }
}

/// What a refund took from one payment, or from the applied credit of one lot.
#[derive(Debug, Clone, Serialize)]
pub struct TakenPart {
    pub from: Id,
    /// Whether applied credit went back to its lot.
    pub credit: bool,
    /// The amount by which the order keeps less.
    pub kept: Money,
    /// For credit: the part of `kept` that was eligible for commission.
    pub eligible: Money,
    /// The amount taken from the credit lot of the payment.
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
    /// The entry that completed or rejected it, or reversed its completion.
    pub done: Option<Id>,
    /// The entry that completed it, also after the reversal.
    pub completed: Option<Id>,
    pub handed_over: bool,
    /// The cash rounding of its completion: what counted for the customer less what was paid out.
    pub rounding: Money,
}

impl Payout {
    /// The content of the entry.
    pub fn processed(&self) -> Option<&PayoutProcessed> {
        let Body::PayoutProcessed(processed) = &self.entry.body else { return None };
        Some(processed)
    }
}

/// The amount that a pay-out asks from one lot, and the amount that it holds.
#[derive(Debug, Clone, Serialize)]
pub struct HeldPart {
    pub lot: Id,
    pub asked: Money,
    pub held: Money,
}
