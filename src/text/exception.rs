//! What counters disagreed about, in a sentence; and what would put it right, on a button.

use super::{money, say};
use ledger::command::Act;
use ledger::exception::{Exception, Kind};
use ledger::money::Currency;

/// The sentence of an exception.
#[must_use]
pub fn sentence(found: &Exception, currency: &Currency) -> String {
    let amount = money::money(found.missing, currency);
    match found.kind {
        Kind::CreditOverspent if found.missing.is_zero() => say!(exceptions.credit_below),
        Kind::CreditOverspent => say!(exceptions.credit_overspent, amount = amount),
        Kind::OverCredited => say!(exceptions.over_credited, amount = amount),
        Kind::OverRefunded => say!(exceptions.over_refunded, amount = amount),
        Kind::RefundDuringPending => say!(exceptions.during_pending),
        Kind::CompletedTwice => say!(exceptions.completed_twice),
        Kind::RejectedYetPaid => say!(exceptions.rejected_yet_paid),
        Kind::PaidTwice => say!(exceptions.paid_twice, amount = amount),
        Kind::IdClash => say!(exceptions.id_clash),
        Kind::WaitingFor => say!(exceptions.waiting_for),
        Kind::LateIntoSealedDay => say!(exceptions.late),
    }
}

/// What the act that would put it right does.
#[must_use]
pub fn remedy(act: &Act, currency: &Currency) -> String {
    let money = |amount| money::money(amount, currency);
    match act {
        Act::RecordPayment(asked) => say!(exceptions.take, amount = money(asked.amount)),
        Act::ProcessPayout(asked) => say!(exceptions.pay_back, amount = money(asked.amount)),
        Act::ApplyCredit(asked) => say!(exceptions.apply, amount = money(asked.amount)),
        Act::RejectPayout { .. } => say!(exceptions.reject),
        Act::OpenShop(_)
        | Act::AddStaff(_)
        | Act::AddBank(_)
        | Act::AddMethod(_)
        | Act::AddPartner(_)
        | Act::AddCustomer(_)
        | Act::PlaceOrder(_)
        | Act::UnapplyCredit(_)
        | Act::GrantCredit(_)
        | Act::CreditNote(_)
        | Act::ReverseCredit(_)
        | Act::ReverseCreditNote(_)
        | Act::Refund(_)
        | Act::RequestRefund(_)
        | Act::ApproveRefund { .. }
        | Act::RejectRefund { .. }
        | Act::SettleRefund(_)
        | Act::CompletePayout { .. }
        | Act::ReversePayment(_)
        | Act::ReverseRefund(_)
        | Act::WriteOff(_)
        | Act::ReverseWriteOff(_)
        | Act::PayPartner(_)
        | Act::MoveMoney(_)
        | Act::OpenMoney(_)
        | Act::CountDrawer(_)
        | Act::SealDay(_)
        | Act::ResolveException(_)
        | Act::HandOver { .. }
        | Act::GrantRight(_)
        | Act::Adopt(_) => say!(exceptions.again),
    }
}
