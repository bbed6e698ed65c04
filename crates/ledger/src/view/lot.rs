//! Credit: a lot with its Amount and what is outstanding, or a credit note on an order.

use crate::date::Date;
use crate::id::Id;
use crate::money::Money;

/// Where credit came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum LotOrigin {
    /// What a payment left over.
    Payment,
    /// Granted by itself.
    Granted,
    /// A credit note (on an order, or granted with tax).
    Note,
    /// Store credit given by a refund.
    Refund,
    /// Brought over from an old system.
    Opening,
}

/// A credit lot.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct LotRow {
    pub id: Id,
    pub no: Option<String>,
    pub on: Date,
    pub origin: LotOrigin,
    /// The order a credit note stands on.
    pub order: Option<Id>,
    /// Original value; never changes. Of a credit note on an order: its face.
    pub amount: Money,
    /// O/S: below zero when it was overspent.
    pub os: Money,
    pub reason: Option<String>,
    pub note: Option<String>,
}
