//! A dispute of a payment: what the card processor says of it, and what of that is recorded.

use crate::entry::payment_disputed::ReportDispute;
use crate::id::Id;
use crate::money::Money;
use serde::Serialize;

/// A dispute. Amounts are in minor units.
#[derive(Debug, Clone, Serialize)]
pub struct Dispute {
    pub payment: Id,
    /// What the processor said last; `None` before it has said anything here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub said: Option<ReportDispute>,
    /// What is recorded that the processor keeps of the payment.
    pub amount: Money,
    /// What is recorded that it keeps for itself.
    pub fee: Money,
    /// From where the amount was taken, in the sequence in which it was.
    pub taken: Vec<TakenBack>,
    /// The number of entries that recorded it.
    pub times: u32,
    /// The last of them.
    #[serde(skip)]
    pub by: Option<Id>,
}

/// What a dispute took from one order of the payment, or from its credit lot.
#[derive(Debug, Clone, Serialize)]
pub struct TakenBack {
    /// `None` for the lot.
    pub order: Option<Id>,
    pub amount: Money,
}

impl Dispute {
    /// A dispute of which nothing is known.
    pub const fn new(payment: Id) -> Self {
        Self {
            payment,
            said: None,
            amount: Money::ZERO,
            fee: Money::ZERO,
            taken: Vec::new(),
            times: 0,
            by: None,
        }
    }
}
