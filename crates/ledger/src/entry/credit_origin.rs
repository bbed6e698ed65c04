//! The documents that a credit lot can be named after.

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
