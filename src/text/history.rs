//! The sentence of an entry in the history.

use super::{names, reasons, say};
use ledger::act::refund::Status;
use ledger::view::history::HistoryRow;

/// What happened, with the reason where there is one.
#[must_use]
pub fn sentence(row: &HistoryRow) -> String {
    let what = what(row);
    match row.reason.as_deref().filter(|reason| !reason.is_empty()) {
        Some(reason) => say!(history.for_reason, what = what, reason = reasons::label(reason)),
        None => what,
    }
}

fn what(row: &HistoryRow) -> String {
    let no = row.no.clone().unwrap_or_default();
    let by = row.method.map(names::by_method).unwrap_or_default();
    let order = row.order_no.clone().unwrap_or_default();
    match row.kind {
        "customer.added" => say!(history.customer_added),
        "order.placed" => say!(history.order_placed, no = no),
        "payment.recorded" if order.is_empty() => say!(history.payment, no = no, by = by),
        "payment.recorded" => say!(history.payment_on, no = no, by = by, order = order),
        "credit.applied" => say!(history.credit_applied, order = order),
        "credit.unapplied" => say!(history.credit_unapplied, order = order),
        "credit.granted" => say!(history.credit_granted, no = no),
        "order.credited" => say!(history.credit_noted, no = no, order = order),
        "refund.requested" => say!(history.refund_requested, order = order),
        "refund.approved" => say!(history.refund_approved, no = no, order = order),
        "refund.rejected" => say!(history.refund_rejected, order = order),
        "refund.recorded" | "refund.issued" if order.is_empty() => say!(history.refund, no = no, by = by),
        "refund.recorded" | "refund.issued" => say!(history.refund_on, no = no, by = by, order = order),
        "payout.processed" => say!(history.payout, no = no, by = by),
        "payout.completed" => say!(history.payout_completed, no = no),
        "payout.rejected" => say!(history.payout_rejected, no = no),
        "refund.settled" => say!(history.settled, order = order),
        "refund.handed-over" => say!(history.handed_over),
        "order.written-off" | "credit.written-off" => say!(history.written_off, order = order),
        "write-off.reversed" => say!(history.write_off_reversed, order = order),
        "payment.reversed" | "refund.reversed" | "credit.reversed" | "credit-note.reversed" => {
            say!(history.reversed, no = no)
        }
        kind => say!(history.other, kind = kind, no = no),
    }
}

/// Whether a status needs somebody's attention.
#[must_use]
pub const fn waits(status: Status) -> bool {
    matches!(status, Status::Requested | Status::Pending | Status::Awaiting)
}
