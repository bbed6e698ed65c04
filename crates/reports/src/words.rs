//! English names of kinds of entries and of methods, for exports and for the command line.

use ledger::entry::EntryKind;
use ledger::method::Method;

/// The name of a kind of entry.
#[must_use]
pub const fn kind(kind: EntryKind) -> &'static str {
    match kind {
        EntryKind::OrderPlaced => "Order",
        EntryKind::OrderPlanned => "Payment plan",
        EntryKind::CollectionSet => "Automatic collection",
        EntryKind::PaymentRecorded => "Payment",
        EntryKind::CreditApplied => "Credit applied",
        EntryKind::CreditUnapplied => "Credit taken off again",
        EntryKind::CreditGranted => "Credit granted",
        EntryKind::OrderCredited => "Credit note",
        EntryKind::CreditReversed => "Credit reversed",
        EntryKind::CreditNoteReversed => "Credit note reversed",
        EntryKind::CreditTransferred => "Credit given to another customer",
        EntryKind::CreditReceived => "Credit received from another customer",
        EntryKind::RefundRecorded => "Refund",
        EntryKind::RefundIssued => "Online refund",
        EntryKind::RefundSettled => "Online refund settled",
        EntryKind::RefundRequested => "Refund requested",
        EntryKind::RefundApproved => "Refund approved",
        EntryKind::RefundRejected => "Refund rejected",
        EntryKind::RefundWithdrawn => "Refund request or pay-out taken back",
        EntryKind::PayoutProcessed => "Pay-out",
        EntryKind::PayoutCompleted => "Pay-out completed",
        EntryKind::PayoutRejected => "Pay-out rejected",
        EntryKind::PayoutReversed => "Pay-out reversed",
        EntryKind::PaymentReversed => "Payment reversed",
        EntryKind::DisputeRecorded => "Disputed payment",
        EntryKind::RefundReversed => "Refund reversed",
        EntryKind::OrderWrittenOff => "Written off",
        EntryKind::CreditWrittenOff => "Credit written off",
        EntryKind::WriteOffReversed => "Write-off reversed",
        EntryKind::PartnerPaid => "Partner paid",
        EntryKind::PartnerPaymentReversed => "Partner payment reversed",
        EntryKind::MoneyMoved => "Money moved",
        EntryKind::FeeCharged => "Bank fee",
        EntryKind::MoneyOpened => "Opening balance",
        EntryKind::DrawerCounted => "Drawer counted",
        EntryKind::ShopOpened
        | EntryKind::ShopChanged
        | EntryKind::StaffChanged
        | EntryKind::PartnerChanged
        | EntryKind::CustomerChanged
        | EntryKind::CustomerDuplicated
        | EntryKind::StaffAdded
        | EntryKind::RightGranted
        | EntryKind::RoundingSet
        | EntryKind::ItemSet
        | EntryKind::BlindCountSet
        | EntryKind::DeviceInvited
        | EntryKind::InviteWithdrawn
        | EntryKind::DeviceRevoked
        | EntryKind::ShopMoved
        | EntryKind::BankAdded
        | EntryKind::MethodAdded
        | EntryKind::PartnerAdded
        | EntryKind::CustomerAdded
        | EntryKind::DaySealed
        | EntryKind::DayUnsealed
        | EntryKind::ExceptionResolved
        | EntryKind::RefundHandedOver
        | EntryKind::RefundProgressed
        | EntryKind::CardSaved
        | EntryKind::ChargeAsked
        | EntryKind::ChargeProgressed
        | EntryKind::ChargeWithdrawn
        | EntryKind::PaymentDisputed
        | EntryKind::EntryAdopted
        | EntryKind::Unknown => kind.name(),
    }
}

/// The name of a payment method.
#[must_use]
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
