//! What happened, in a few English words: for statements and exports.

use ledger::entry::EntryKind;
use ledger::method::Method;
use ledger::view::history::HistoryRow;

/// A few words for a row of a statement.
pub fn happened(row: &HistoryRow) -> String {
    let mut words = kind(row.kind).to_owned();
    if let Some(method) = row.method {
        words.push_str(&format!(", {}", by(&method)));
    }
    if let Some(order) = row.order_no.as_ref() {
        words.push_str(&format!(", {order}"));
    }
    if let Some(reason) = row.reason.as_ref().or(row.note.as_ref()) {
        words.push_str(&format!(": {reason}"));
    }
    words
}

/// A kind in words; a kind that no report shows has its name on the wire.
pub const fn kind(kind: EntryKind) -> &'static str {
    match kind {
        EntryKind::OrderPlaced => "Order",
        EntryKind::PaymentRecorded => "Payment",
        EntryKind::CreditApplied => "Credit applied",
        EntryKind::CreditUnapplied => "Credit taken off again",
        EntryKind::CreditGranted => "Credit granted",
        EntryKind::OrderCredited => "Credit note",
        EntryKind::CreditReversed => "Credit reversed",
        EntryKind::CreditNoteReversed => "Credit note reversed",
        EntryKind::RefundRecorded => "Refund",
        EntryKind::RefundIssued => "Online refund",
        EntryKind::RefundSettled => "Online refund settled",
        EntryKind::RefundRequested => "Refund requested",
        EntryKind::RefundApproved => "Refund approved",
        EntryKind::RefundRejected => "Refund rejected",
        EntryKind::PayoutProcessed => "Pay-out",
        EntryKind::PayoutCompleted => "Pay-out completed",
        EntryKind::PayoutRejected => "Pay-out rejected",
        EntryKind::PaymentReversed => "Payment reversed",
        EntryKind::RefundReversed => "Refund reversed",
        EntryKind::OrderWrittenOff => "Written off",
        EntryKind::CreditWrittenOff => "Credit written off",
        EntryKind::WriteOffReversed => "Write-off reversed",
        EntryKind::PartnerPaid => "Partner paid",
        EntryKind::MoneyMoved => "Money moved",
        EntryKind::FeeCharged => "Bank fee",
        EntryKind::MoneyOpened => "Opening balance",
        EntryKind::DrawerCounted => "Drawer counted",
        EntryKind::ShopOpened
        | EntryKind::StaffAdded
        | EntryKind::RightGranted
        | EntryKind::BankAdded
        | EntryKind::MethodAdded
        | EntryKind::PartnerAdded
        | EntryKind::CustomerAdded
        | EntryKind::DaySealed
        | EntryKind::ExceptionResolved
        | EntryKind::RefundHandedOver
        | EntryKind::EntryAdopted
        | EntryKind::Unknown => kind.name(),
    }
}

/// How money came or went.
pub fn by(method: &Method) -> &str {
    match method {
        Method::Cash => "cash",
        Method::Check => "check",
        Method::Bank => "bank",
        Method::Insurance => "insurance",
        Method::Card => "card",
        Method::Online => "online",
        Method::Other => "other",
        Method::Credit => "store credit",
        Method::Own(own) => own.as_str(),
    }
}
