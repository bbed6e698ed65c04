//! The documents that a credit lot can be named after.

use crate::entry::Body;
use crate::entry::credit_granted::CreditGranted;
use crate::entry::order_credited::OrderCredited;
use crate::entry::payment_recorded::PaymentRecorded;
use crate::entry::refund_written::RefundWritten;

/// Where the credit of a lot comes from.
#[derive(Debug, Clone, Copy)]
pub enum CreditOrigin<'a> {
    /// What a payment left over.
    Payment(&'a PaymentRecorded),
    /// Granted by itself.
    Granted(&'a CreditGranted),
    /// What a credit note released because nothing was owed.
    Note(&'a OrderCredited),
    /// Store credit, or what the undoing of a refund released.
    Refund(&'a RefundWritten),
}

impl Body {
    /// Where the credit of a lot comes from that is named after this document; `None` where no lot can be.
    pub(crate) fn credit_origin(&self) -> Option<CreditOrigin<'_>> {
        if let Self::PaymentRecorded(paid) = self {
            return Some(CreditOrigin::Payment(paid));
        }
        if let Self::CreditGranted(granted) = self {
            return Some(CreditOrigin::Granted(granted));
        }
        if let Self::OrderCredited(credited) = self {
            return Some(CreditOrigin::Note(credited));
        }
        self.refund().map(CreditOrigin::Refund)
    }
}
