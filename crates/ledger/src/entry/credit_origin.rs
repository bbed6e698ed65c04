//! The documents that can have a credit lot.

use crate::entry::Body;
use crate::entry::credit_granted::CreditGranted;
use crate::entry::credit_received::CreditReceived;
use crate::entry::order_credited::OrderCredited;
use crate::entry::payment_recorded::PaymentRecorded;
use crate::entry::refund_written::RefundWritten;

/// The origin of the credit of a lot.
#[derive(Debug, Clone, Copy)]
pub enum CreditOrigin<'a> {
    /// The part of a payment that was not allocated.
    Payment(&'a PaymentRecorded),
    /// Credit granted without an order.
    Granted(&'a CreditGranted),
    /// What a credit note released because nothing was owed.
    Note(&'a OrderCredited),
    /// Store credit, or what was released when a refund was undone.
    Refund(&'a RefundWritten),
    /// Credit of another customer.
    Received(&'a CreditReceived),
}

impl Body {
    /// The origin of the credit of the lot with the id of this document; `None` if the document cannot have a lot.
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
        if let Self::CreditReceived(received) = self {
            return Some(CreditOrigin::Received(received));
        }
        self.refund().map(CreditOrigin::Refund)
    }
}
