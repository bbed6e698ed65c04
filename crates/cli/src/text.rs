//! English texts for statements and exports.

use ledger::act::payment::Method;
use ledger::view::history::HistoryRow;

/// The description of a row of a statement.
pub fn history_row(row: &HistoryRow) -> String {
    let mut text = kind(row.kind).to_owned();
    if let Some(method) = row.method {
        text.push_str(&format!(", {}", self::method(&method)));
    }
    if let Some(order) = row.order_no.as_ref() {
        text.push_str(&format!(", {order}"));
    }
    if let Some(reason) = row.reason.as_ref().or(row.note.as_ref()) {
        text.push_str(&format!(": {reason}"));
    }
    text
}

/// The name of a kind of entry.
pub fn kind(kind: &str) -> &str {
    match kind {
        "order.placed" => "Order",
        "payment.recorded" => "Payment",
        "credit.applied" => "Credit applied",
        "credit.unapplied" => "Credit taken off again",
        "credit.granted" => "Credit granted",
        "order.credited" => "Credit note",
        "credit.reversed" => "Credit reversed",
        "credit-note.reversed" => "Credit note reversed",
        "refund.recorded" => "Refund",
        "refund.issued" => "Online refund",
        "refund.settled" => "Online refund settled",
        "refund.requested" => "Refund requested",
        "refund.approved" => "Refund approved",
        "refund.rejected" => "Refund rejected",
        "payout.processed" => "Pay-out",
        "payout.completed" => "Pay-out completed",
        "payout.rejected" => "Pay-out rejected",
        "payment.reversed" => "Payment reversed",
        "refund.reversed" => "Refund reversed",
        "order.written-off" => "Written off",
        "credit.written-off" => "Credit written off",
        "write-off.reversed" => "Write-off reversed",
        "partner.paid" => "Partner paid",
        "money.moved" => "Money moved",
        "money.opened" => "Opening balance",
        "drawer.counted" => "Drawer counted",
        other => other,
    }
}

/// The name of a payment method.
pub fn method(method: &Method) -> &str {
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
