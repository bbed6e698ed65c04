//! The sentence of an entry in the history.

use super::{names, reasons, say};
use ledger::entry::{AddMethod, EntryKind, Flow};
use ledger::view::history::{CustomerField, FieldChange, HistoryRow};

/// The sentence of a history row, with its reason if it has one. The methods that the owner added are `own`.
#[must_use]
pub fn sentence(row: &HistoryRow, own: &[AddMethod]) -> String {
    let what = what(row, own);
    match row.reason.as_deref().filter(|reason| !reason.is_empty()) {
        Some(reason) => say!(history.for_reason, what = what, reason = reasons::label(reason)),
        None => what,
    }
}

fn what(row: &HistoryRow, own: &[AddMethod]) -> String {
    let no = row.no.clone().unwrap_or_default();
    let by = row.method.map(|method| names::by_method(method, own)).unwrap_or_default();
    let order = row.order_no.clone().unwrap_or_default();
    match row.kind {
        EntryKind::CustomerChanged => say!(history.customer_changed, what = changes(row)),
        EntryKind::CustomerAdded => say!(history.customer_added),
        EntryKind::OrderPlaced => say!(history.order_placed, no = no),
        EntryKind::OrderPlanned => say!(history.order_planned, order = order),
        EntryKind::CollectionSet | EntryKind::CardSaved => on_or_off(row, order),
        EntryKind::PaymentRecorded if order.is_empty() => say!(history.payment, no = no, by = by),
        EntryKind::PaymentRecorded => say!(history.payment_on, no = no, by = by, order = order),
        EntryKind::ChargeAsked if order.is_empty() => say!(history.charge, no = no),
        EntryKind::ChargeAsked => say!(history.charge_on, no = no, order = order),
        EntryKind::ChargeProgressed => say!(history.charge_progressed, no = no),
        EntryKind::ChargeWithdrawn => say!(history.charge_withdrawn, no = no),
        EntryKind::CreditApplied => say!(history.credit_applied, order = order),
        EntryKind::CreditUnapplied => say!(history.credit_unapplied, order = order),
        EntryKind::CreditGranted => say!(history.credit_granted, no = no),
        EntryKind::OrderCredited => say!(history.credit_noted, no = no, order = order),
        EntryKind::CreditTransferred => say!(history.credit_transferred),
        EntryKind::CreditReceived => say!(history.credit_received, no = no),
        EntryKind::RefundRequested => say!(history.refund_requested, order = order),
        EntryKind::RefundApproved => say!(history.refund_approved, no = no, order = order),
        EntryKind::RefundRejected => say!(history.refund_rejected, order = order),
        EntryKind::RefundWithdrawn if order.is_empty() => say!(history.payout_withdrawn, no = no),
        EntryKind::RefundWithdrawn => say!(history.refund_withdrawn, order = order),
        EntryKind::RefundRecorded | EntryKind::RefundIssued => refund(no, by, order),
        EntryKind::PayoutProcessed => say!(history.payout, no = no, by = by),
        EntryKind::PayoutCompleted => say!(history.payout_completed, no = no),
        EntryKind::PayoutRejected => say!(history.payout_rejected, no = no),
        EntryKind::RefundSettled => say!(history.settled, order = order),
        EntryKind::RefundProgressed => say!(history.progressed, order = order),
        EntryKind::RefundHandedOver => say!(history.handed_over),
        EntryKind::OrderWrittenOff | EntryKind::CreditWrittenOff => say!(history.written_off, order = order),
        EntryKind::WriteOffReversed => say!(history.write_off_reversed, order = order),
        EntryKind::PaymentReversed
        | EntryKind::RefundReversed
        | EntryKind::PayoutReversed
        | EntryKind::CreditReversed
        | EntryKind::CreditNoteReversed => {
            say!(history.reversed, no = no)
        }
        EntryKind::PaymentDisputed => say!(history.payment_disputed, no = no),
        EntryKind::DisputeRecorded if row.flow == Flow::In => say!(history.dispute_given_back, no = no),
        EntryKind::DisputeRecorded => say!(history.dispute_recorded, no = no),
        EntryKind::ShopOpened
        | EntryKind::ShopChanged
        | EntryKind::StaffChanged
        | EntryKind::PartnerChanged
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
        | EntryKind::PartnerPaid
        | EntryKind::PartnerPaymentReversed
        | EntryKind::MoneyMoved
        | EntryKind::FeeCharged
        | EntryKind::MoneyOpened
        | EntryKind::DrawerCounted
        | EntryKind::DaySealed
        | EntryKind::DayUnsealed
        | EntryKind::ExceptionResolved
        | EntryKind::EntryAdopted
        | EntryKind::Unknown => {
            say!(history.other, kind = row.kind.name(), no = no)
        }
    }
}

fn refund(no: String, by: String, order: String) -> String {
    if order.is_empty() {
        return say!(history.refund, no = no, by = by);
    }
    say!(history.refund_on, no = no, by = by, order = order)
}

/// A saved card, or instalments that are collected from it: what is shown of the card is there as long as it counts.
fn on_or_off(row: &HistoryRow, order: String) -> String {
    match (row.kind == EntryKind::CollectionSet, row.note.is_some()) {
        (true, true) => say!(history.collecting, order = order),
        (true, false) => say!(history.collecting_off, order = order),
        (false, true) => say!(history.card_saved),
        (false, false) => say!(history.card_removed),
    }
}

/// The fields that were changed, each with its old and its new value.
fn changes(row: &HistoryRow) -> String {
    let field = |change: &FieldChange| {
        let field = match change.field {
            CustomerField::Name => say!(history.field_name),
            CustomerField::Company => say!(history.field_company),
            CustomerField::Phone => say!(history.field_phone),
            CustomerField::Email => say!(history.field_email),
            CustomerField::Note => say!(history.field_note),
            CustomerField::Address => say!(history.field_address),
            CustomerField::TaxNumber => say!(history.field_tax_number),
            CustomerField::Language => say!(history.field_language),
            CustomerField::NoMail => say!(history.field_no_mail),
            CustomerField::Contacts => say!(history.field_contacts),
        };
        let or_none = |text: &String| match change.field {
            _ if text.is_empty() => say!(history.no_value),
            CustomerField::Language => super::language(text),
            _ => text.replace('\n', ", "),
        };
        let (before, after) = (or_none(&change.before), or_none(&change.after));
        say!(history.field_changed, field = field, before = before, after = after)
    };
    row.changes.iter().map(field).collect::<Vec<_>>().join("; ")
}
