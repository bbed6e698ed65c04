//! The sentence of an exception (a conflict between counters), and the label of the button that resolves it.

use super::{money, say};
use ledger::exception::Kind;
use ledger::money::Currency;
use ledger::rules::{Act, Exception};

/// The sentence of an exception.
#[must_use]
pub fn sentence(found: &Exception, currency: &Currency) -> String {
    let amount = money::money(found.missing, currency);
    match found.kind {
        Kind::CreditOverspent if found.missing.is_zero() => say!(exceptions.credit_below),
        Kind::CreditOverspent => say!(exceptions.credit_overspent, amount = amount),
        Kind::OverCredited => say!(exceptions.over_credited, amount = amount),
        Kind::OverRefunded => say!(exceptions.over_refunded, amount = amount),
        Kind::OverReturned => say!(exceptions.over_returned, amount = amount),
        Kind::RefundDuringPending => say!(exceptions.during_pending),
        Kind::CompletedTwice => say!(exceptions.completed_twice),
        Kind::RejectedYetPaid => say!(exceptions.rejected_yet_paid),
        Kind::PaidTwice => say!(exceptions.paid_twice, amount = amount),
        Kind::IdClash => say!(exceptions.id_clash),
        Kind::NumberTwice => say!(exceptions.number_twice),
        Kind::WaitingFor => say!(exceptions.waiting_for),
        Kind::LateIntoSealedDay => say!(exceptions.late),
        Kind::SealVoid => say!(exceptions.seal_void),
        Kind::NotEntitled => say!(exceptions.not_entitled),
    }
}

/// The label of the command that resolves an exception.
#[must_use]
pub fn remedy(act: &Act, currency: &Currency) -> String {
    let money = |amount| money::money(amount, currency);
    if let Act::RecordPayment(asked) = act {
        say!(exceptions.take, amount = money(asked.amount))
    } else if let Act::ProcessPayout(asked) = act {
        say!(exceptions.pay_back, amount = money(asked.amount))
    } else if let Act::ApplyCredit(asked) = act {
        say!(exceptions.apply, amount = money(asked.amount))
    } else if let Act::RejectPayout(_) = act {
        say!(exceptions.reject)
    } else if let Act::ReverseCreditNote(_) = act {
        say!(exceptions.reverse_note)
    } else if let Act::Adopt(_) = act {
        say!(exceptions.adopt)
    } else {
        say!(exceptions.again)
    }
}
