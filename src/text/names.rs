//! The names of methods, states, roles and money accounts.

use super::{Language, current, say, small};
use ledger::account::Status;
use ledger::code::{Code, MoneyAccount};
use ledger::entry::{AddMethod, EntryKind, Role};
use ledger::method::{Method, Tag};
use ledger::view::lot::LotOrigin;
use ledger::view::order::OrderState;

/// A method within a line: `cash`; German writes it as a noun. A method that the owner added stays as its name is.
#[must_use]
pub fn method_in_line(method: Method, own: &[AddMethod]) -> String {
    let name = self::method(method, own);
    let keeps = matches!(method, Method::Own(_)) || current() == Language::German;
    if keeps { name } else { small(&name) }
}

/// A method as a choice or in a column: `Bank transfer`. A method that the owner added has its name in `own`.
#[must_use]
pub fn method(method: Method, own: &[AddMethod]) -> String {
    match method {
        Method::Cash => say!(names.cash),
        Method::Check => say!(names.check),
        Method::Bank => say!(names.bank),
        Method::Insurance => say!(names.insurance),
        Method::Card => say!(names.card),
        Method::Online => say!(names.online),
        Method::Other => say!(names.other),
        Method::Credit => say!(names.credit),
        Method::Own(word) => own_name(word, own),
    }
}

/// A method within a sentence: `by bank transfer`, `in cash`.
#[must_use]
pub fn by_method(method: Method, own: &[AddMethod]) -> String {
    match method {
        Method::Cash => say!(names.by_cash),
        Method::Check => say!(names.by_check),
        Method::Bank => say!(names.by_bank),
        Method::Insurance => say!(names.by_insurance),
        Method::Card => say!(names.by_card),
        Method::Online => say!(names.by_online),
        Method::Other => say!(names.by_other),
        Method::Credit => say!(names.by_credit),
        Method::Own(word) => say!(names.by_own, name = own_name(word, own)),
    }
}

/// The name that the owner gave a method; its word, if the entry that added it has not been received yet.
fn own_name(word: Tag, own: &[AddMethod]) -> String {
    own.iter().find(|own| own.word == word).map_or_else(|| word.to_string(), |own| own.name.clone())
}

/// The status of a refund or pay-out: `awaiting payment`.
#[must_use]
pub fn status(status: Status) -> String {
    match status {
        Status::Requested => say!(names.requested),
        Status::Pending => say!(names.pending),
        Status::Succeeded => say!(names.succeeded),
        Status::Failed => say!(names.failed),
        Status::Canceled => say!(names.canceled),
        Status::Recorded => say!(names.recorded),
        Status::Reversed => say!(names.reversed),
        Status::Awaiting => say!(names.awaiting),
        Status::Complete => say!(names.complete),
        Status::Rejected => say!(names.rejected),
    }
}

/// The state of an order: `part paid`.
#[must_use]
pub fn order_state(state: OrderState) -> String {
    match state {
        OrderState::Unpaid => say!(names.unpaid),
        OrderState::PartPaid => say!(names.part_paid),
        OrderState::Paid => say!(names.paid),
        OrderState::Refunded => say!(names.refunded),
        OrderState::Credited => say!(names.credited),
    }
}

/// `admin` or `clerk`.
#[must_use]
pub fn role(role: Role) -> String {
    match role {
        Role::Admin => say!(names.admin),
        Role::Clerk => say!(names.clerk),
    }
}

/// The rights that can be granted, each with what it allows and what it is about.
fn rights() -> [(EntryKind, String, String); 20] {
    [
        (EntryKind::RefundRecorded, say!(names.right_refunds), say!(names.noun_refunds)),
        (EntryKind::RefundApproved, say!(names.right_approvals), say!(names.noun_approvals)),
        (EntryKind::PayoutCompleted, say!(names.right_payouts), say!(names.noun_payouts)),
        (EntryKind::OrderCredited, say!(names.right_notes), say!(names.noun_notes)),
        (EntryKind::CreditGranted, say!(names.right_credits), say!(names.noun_credits)),
        (EntryKind::CreditReversed, say!(names.right_credit_reversals), say!(names.noun_credit_reversals)),
        (EntryKind::PaymentReversed, say!(names.right_payment_reversals), say!(names.noun_payment_reversals)),
        (EntryKind::DisputeRecorded, say!(names.right_disputes), say!(names.noun_disputes)),
        (EntryKind::OrderWrittenOff, say!(names.right_write_offs), say!(names.noun_write_offs)),
        (EntryKind::RefundRejected, say!(names.right_refund_rejections), say!(names.noun_refund_rejections)),
        (EntryKind::PayoutRejected, say!(names.right_payout_rejections), say!(names.noun_payout_rejections)),
        (EntryKind::DaySealed, say!(names.right_seals), say!(names.noun_seals)),
        (EntryKind::CustomerDuplicated, say!(names.right_duplicates), say!(names.noun_duplicates)),
        (EntryKind::ItemSet, say!(names.right_items), say!(names.noun_items)),
        (EntryKind::ShopChanged, say!(names.right_settings), say!(names.noun_settings)),
        (EntryKind::BankAdded, say!(names.right_banks), say!(names.noun_banks)),
        (EntryKind::MethodAdded, say!(names.right_methods), say!(names.noun_methods)),
        (EntryKind::PartnerAdded, say!(names.right_partners), say!(names.noun_partners)),
        (EntryKind::PartnerChanged, say!(names.right_partner_changes), say!(names.noun_partner_changes)),
        (EntryKind::ExceptionResolved, say!(names.right_exceptions), say!(names.noun_exceptions)),
    ]
}

/// The rights whose entries have an amount, so that they can be granted up to one.
pub const UP_TO: [EntryKind; 8] = [
    EntryKind::RefundRecorded,
    EntryKind::RefundApproved,
    EntryKind::PayoutCompleted,
    EntryKind::OrderCredited,
    EntryKind::CreditGranted,
    EntryKind::CreditReversed,
    EntryKind::PaymentReversed,
    EntryKind::OrderWrittenOff,
];

/// Whether a right can be granted up to an amount.
#[must_use]
pub fn has_amount(kind: &str) -> bool {
    UP_TO.into_iter().any(|one| one.name() == kind)
}

/// The kinds of entries for which single rights can be granted.
pub fn grantable() -> impl Iterator<Item = EntryKind> {
    rights().into_iter().map(|(kind, ..)| kind)
}

/// A right that can be granted: `record refunds`. Others have the name of their kind.
#[must_use]
pub fn right(kind: &str) -> String {
    let found = rights().into_iter().find(|(each, ..)| each.name() == kind);
    found.map_or_else(|| kind.to_owned(), |(_, allows, _)| allows)
}

/// What a right is about, as in `refunds up to £20.00`, or what it allows, as in `sealing days`. Others have the name of their kind.
#[must_use]
pub fn right_noun(kind: EntryKind) -> String {
    let found = rights().into_iter().find(|(each, ..)| *each == kind);
    found.map_or_else(|| kind.name().to_owned(), |(_, _, noun)| noun)
}

/// A money account: `Drawer A`, or the bank account's own name.
#[must_use]
pub fn money_account(account: &MoneyAccount) -> String {
    match account.code {
        Code::Cash => say!(names.drawer, letter = account.party.to_string()),
        Code::Card => say!(names.card_clearing),
        Code::Other => say!(names.other_money),
        _ => account.party.to_string(),
    }
}

/// Where the money of a payment method is.
#[must_use]
pub fn code(code: Code) -> String {
    match code {
        Code::Cash => say!(names.own_drawer),
        Code::Bank => say!(names.a_bank),
        Code::Card => say!(names.card_clearing),
        _ => say!(names.other_money),
    }
}

/// The origin of a credit: `Credit note`, `Overpayment`.
#[must_use]
pub fn lot_origin(origin: LotOrigin) -> String {
    match origin {
        LotOrigin::Payment => say!(names.from_payment),
        LotOrigin::Granted => say!(names.from_grant),
        LotOrigin::Note => say!(names.from_note),
        LotOrigin::Refund => say!(names.from_refund),
        LotOrigin::Received => say!(names.from_received),
        LotOrigin::Opening => say!(names.from_opening),
    }
}
