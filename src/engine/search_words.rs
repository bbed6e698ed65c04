//! The words by which an entry is found: its number, and the customer's or the bank's reference.

use crate::normalize::normalize;
use ledger::body::Body;
use ledger::entry::Entry;

/// Folded, each to be matched from its beginning.
pub fn search_words(entry: &Entry) -> Vec<String> {
    let texts = entry.no.as_deref().into_iter().chain(reference(&entry.body));
    texts.map(normalize).filter(|word| !word.is_empty()).collect()
}

fn reference(body: &Body) -> Option<&str> {
    match body {
        Body::OrderPlaced(order) => order.reference.as_deref(),
        Body::PaymentRecorded(payment) => payment.reference.as_deref(),
        Body::RefundRecorded(refund) | Body::RefundIssued(refund) | Body::RefundRequested(refund) => {
            refund.reference.as_deref()
        }
        Body::PayoutProcessed(payout) => payout.reference.as_deref(),
        _ => None,
    }
}
