//! The sentences of refusals: what is wrong and what the user can do.

use super::{date, money, names, say};
use ledger::date::Date;
use ledger::limits::HIDDEN;
use ledger::money::{Currency, Money};
use ledger::refusal::Refusal;

/// The sentence of a refusal, with its amounts in the shop's currency.
#[must_use]
pub fn refusal(why: &Refusal, currency: &Currency) -> String {
    about_documents(why)
        .or_else(|| about_days(why))
        .or_else(|| about_amounts(why, currency))
        .or_else(|| about_limits(why, currency))
        .unwrap_or_else(|| say!(refusals.other, name = why.name()))
}

/// Refusals without a figure.
fn about_documents(why: &Refusal) -> Option<String> {
    Some(match why {
        Refusal::IdTaken { .. } => say!(refusals.id_taken),
        Refusal::UnknownCustomer { .. } => say!(refusals.unknown_customer),
        Refusal::UnknownOrder { .. } => say!(refusals.unknown_order),
        Refusal::UnknownPayment { .. } => say!(refusals.unknown_payment),
        Refusal::UnknownCredit { .. } => say!(refusals.unknown_credit),
        Refusal::UnknownRefund { .. } => say!(refusals.unknown_refund),
        Refusal::UnknownCharge { .. } => say!(refusals.unknown_charge),
        Refusal::UnknownDispute { .. } => say!(refusals.unknown_dispute),
        Refusal::UnknownLine { line, .. } => say!(refusals.unknown_line, line = line.clone()),
        Refusal::UnknownPartner { .. } => say!(refusals.unknown_partner),
        Refusal::UnknownActor { .. } => say!(refusals.unknown_actor),
        Refusal::UnknownException { .. } => say!(refusals.unknown_exception),
        Refusal::NotThisCustomer { .. } => say!(refusals.not_this_customer),
        Refusal::NotPermitted { .. } => say!(refusals.not_permitted),
        Refusal::RateOutOfRange => say!(refusals.rate_out_of_range),
        Refusal::ReasonRequired => say!(refusals.reason_required),
        Refusal::NotesRequired => say!(refusals.notes_required),
        Refusal::NotApplied { .. } => say!(refusals.not_applied),
        Refusal::PaymentNotOfOrder { .. } => say!(refusals.payment_not_of_order),
        Refusal::RefundPending { .. } => say!(refusals.refund_pending),
        Refusal::PaymentDisputed { .. } => say!(refusals.payment_disputed),
        Refusal::AlreadyRecorded { .. } => say!(refusals.already_recorded),
        Refusal::NoMoneyToMove { .. } => say!(refusals.no_money_to_move),
        Refusal::OnlineNotAvailable { .. } => say!(refusals.online_not_available),
        Refusal::NotPending { .. } => say!(refusals.not_pending),
        Refusal::NotUnderWay { .. } => say!(refusals.not_under_way),
        Refusal::NoSavedCard => say!(refusals.no_saved_card),
        Refusal::NoPlan { .. } => say!(refusals.no_plan),
        Refusal::NotCollecting { .. } => say!(refusals.not_collecting),
        Refusal::NotAwaiting { .. } => say!(refusals.not_awaiting),
        Refusal::NotManual { .. } => say!(refusals.not_manual),
        Refusal::SameCustomer { .. } => say!(refusals.same_customer),
        Refusal::NotComplete { .. } => say!(refusals.not_complete),
        Refusal::AlreadyReversed { .. } => say!(refusals.already_reversed),
        Refusal::ReverseThePaymentInstead { .. } => say!(refusals.reverse_the_payment_instead),
        Refusal::NamedTwice { .. } => say!(refusals.named_twice),
        Refusal::NotForMoney { .. } => say!(refusals.not_for_money),
        Refusal::UnknownCurrency { code } => say!(refusals.unknown_currency, code = code.clone()),
        Refusal::MethodNotAvailable { method } => {
            say!(refusals.method_not_available, method = names::method(*method, &[]))
        }
        _ => return None,
    })
}

/// Refusals that name days.
fn about_days(why: &Refusal) -> Option<String> {
    let long = |day: &Date| date::long(*day);
    Some(match why {
        Refusal::UnknownSeal { day } => say!(refusals.unknown_seal, day = long(day)),
        Refusal::PlanOutOfOrder { due } => say!(refusals.plan_out_of_order, due = long(due)),
        Refusal::FutureDate { on, today } => say!(refusals.future_date, on = long(on), today = long(today)),
        Refusal::ClosedDay { on, sealed } => say!(refusals.closed_day, on = long(on), sealed = long(sealed)),
        Refusal::NotAllHere { .. } => say!(refusals.not_all_here),
        Refusal::AlreadySealed { day, sealed } => {
            say!(refusals.already_sealed, day = long(day), sealed = long(sealed))
        }
        _ => return None,
    })
}

/// Refusals that name amounts.
fn about_amounts(why: &Refusal, currency: &Currency) -> Option<String> {
    let m = |amount: &Money| money::money(*amount, currency);
    Some(match why {
        Refusal::AmountNotPositive => {
            say!(refusals.amount_not_positive, zero = money::figure(Money::ZERO, currency))
        }
        Refusal::PartsDiffer { asked, parts } => {
            say!(refusals.parts_differ, asked = m(asked), parts = m(parts))
        }
        Refusal::RoundingOutOfRange { rounding, moves, coin } => {
            say!(refusals.rounding_out_of_range, rounding = m(rounding), moves = m(moves), coin = m(coin))
        }
        Refusal::TenderedTooLittle { tendered, payment } => {
            say!(refusals.tendered_too_little, tendered = m(tendered), payment = m(payment))
        }
        Refusal::AllocationExceedsPayment { allocated, payment } => {
            say!(refusals.allocation_exceeds_payment, allocated = m(allocated), payment = m(payment))
        }
        Refusal::AllocationExceedsOwed { asked, owed, .. } => {
            say!(refusals.allocation_exceeds_owed, asked = m(asked), owed = m(owed))
        }
        Refusal::CreditExceedsOutstanding { asked, outstanding, .. } => {
            say!(refusals.credit_exceeds_outstanding, asked = m(asked), outstanding = m(outstanding))
        }
        Refusal::DiscountTooLarge { discount, most } => {
            say!(refusals.discount_too_large, discount = m(discount), most = m(most))
        }
        Refusal::ReturnExceedsLine { asked, left, .. } => {
            say!(refusals.return_exceeds_line, asked = money::decimal(asked), left = money::decimal(left))
        }
        Refusal::CreditExceedsOrder { asked, left, .. } => {
            say!(refusals.credit_exceeds_order, asked = m(asked), left = m(left))
        }
        Refusal::CreditAlreadySpent { missing, .. } => {
            say!(refusals.credit_already_spent, missing = m(missing))
        }
        Refusal::RefundExceedsPayment { asked, refundable, .. } => {
            say!(refusals.refund_exceeds_payment, asked = m(asked), refundable = m(refundable))
        }
        Refusal::OwedAfterOutOfRange { least, most, .. } => {
            say!(refusals.owed_after_out_of_range, least = m(least), most = m(most))
        }
        Refusal::PlanDoesNotAddUp { planned, owed, .. } => {
            say!(refusals.plan_does_not_add_up, planned = m(planned), owed = m(owed))
        }
        Refusal::WriteOffExceedsOwed { asked, owed, .. } => {
            say!(refusals.write_off_exceeds_owed, asked = m(asked), owed = m(owed))
        }
        Refusal::ExceedsPayable { asked, payable, .. } => {
            say!(refusals.exceeds_payable, asked = m(asked), payable = m(payable))
        }
        _ => return None,
    })
}

/// Refusals of values that exceed a limit of the journal.
fn about_limits(why: &Refusal, currency: &Currency) -> Option<String> {
    let Refusal::OverLimit(over) = why else { return None };
    Some(match (over.what, i64::try_from(over.most)) {
        ("amount", Ok(most)) => say!(refusals.amount_too_large, most = money::money(Money(most), currency)),
        (HIDDEN, _) => say!(refusals.hidden),
        _ => say!(refusals.over_limit, most = over.most.to_string()),
    })
}
