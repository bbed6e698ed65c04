//! The orders on which something of a payment can be refunded.

use ledger::view::payment::{Allocated, PaymentRow};

/// The orders on which something of the payment can be refunded.
pub fn orders(row: &PaymentRow) -> Vec<&Allocated> {
    row.allocated.iter().filter(|to| to.refundable.is_positive()).collect()
}
