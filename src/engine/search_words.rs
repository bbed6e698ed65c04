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
        Body::ShopOpened(_)
        | Body::StaffAdded(_)
        | Body::RightGranted(_)
        | Body::BankAdded(_)
        | Body::MethodAdded(_)
        | Body::PartnerAdded(_)
        | Body::CustomerAdded(_)
        | Body::CreditApplied(_)
        | Body::CreditUnapplied(_)
        | Body::CreditGranted(_)
        | Body::OrderCredited(_)
        | Body::CreditReversed(_)
        | Body::CreditNoteReversed(_)
        | Body::RefundSettled(_)
        | Body::RefundApproved(_)
        | Body::RefundRejected(_)
        | Body::PayoutCompleted(_)
        | Body::PayoutRejected(_)
        | Body::PaymentReversed(_)
        | Body::RefundReversed(_)
        | Body::OrderWrittenOff(_)
        | Body::CreditWrittenOff(_)
        | Body::WriteOffReversed(_)
        | Body::PartnerPaid(_)
        | Body::MoneyMoved(_)
        | Body::MoneyOpened(_)
        | Body::DrawerCounted(_)
        | Body::DaySealed(_)
        | Body::ExceptionResolved(_)
        | Body::RefundHandedOver(_)
        | Body::EntryAdopted(_)
        | Body::Unknown(_) => None,
    }
}
