//! The messages of refusals and remedies on the command line.

use ledger::id::Id;
use ledger::method::Method;
use ledger::money::Currency;
use ledger::refusal::Refusal;
use ledger::rules::Act;

/// The name and the figures of a refusal, such as `AllocationExceedsOwed: O-2 owes 70.00, asked 80.00`.
#[must_use]
pub fn refusal(refusal: &Refusal, currency: &Currency) -> String {
    let figures = figures(refusal, currency);
    let name = refusal.name();
    if figures.is_empty() { name.into() } else { format!("{name}: {figures}") }
}

fn figures(refusal: &Refusal, currency: &Currency) -> String {
    let money = |amount: &ledger::money::Money| currency.format(*amount);
    match refusal {
        Refusal::IdTaken { id } => format!("{id} is already used for something else"),
        Refusal::UnknownCustomer { customer: id }
        | Refusal::UnknownOrder { order: id }
        | Refusal::UnknownPayment { payment: id }
        | Refusal::UnknownCredit { credit: id }
        | Refusal::UnknownRefund { refund: id }
        | Refusal::UnknownCharge { charge: id }
        | Refusal::UnknownDispute { dispute: id }
        | Refusal::UnknownPartner { partner: id } => format!("there is no {id}"),
        Refusal::UnknownException { kind, entry } => format!("no open {kind} names {entry}"),
        Refusal::NotThisCustomer { id, customer } => format!("{id} is not on the account of {customer}"),
        Refusal::NotPermitted { right } => format!("requires the right to {right}"),
        Refusal::FutureDate { on, today } => format!("{on} is after today, {today}"),
        Refusal::ClosedDay { on, sealed } => format!("{on} is closed; days are sealed up to {sealed}"),
        Refusal::AlreadySealed { day, sealed } => format!("{day} is closed; days are sealed up to {sealed}"),
        Refusal::NotAllHere { device, chain, seq } => not_here(device, *chain, *seq),
        Refusal::RoundingOutOfRange { rounding, moves, coin } => in_coins([rounding, moves, coin].map(money)),
        Refusal::TenderedTooLittle { tendered, payment } => in_cash([tendered, payment].map(money)),
        Refusal::AllocationExceedsPayment { allocated, payment } => paid([allocated, payment].map(money)),
        Refusal::AllocationExceedsOwed { order, asked, owed }
        | Refusal::WriteOffExceedsOwed { order, asked, owed } => {
            format!("{order} has {}, asked {}", money(owed), money(asked))
        }
        Refusal::CreditExceedsOutstanding { lot, asked, outstanding } => {
            format!("{lot} has {} outstanding, asked {}", money(outstanding), money(asked))
        }
        Refusal::CreditExceedsOrder { order, asked, left } => {
            format!("{} is left of {order}, asked {}", money(left), money(asked))
        }
        Refusal::DiscountTooLarge { discount, most } => money(discount) + " off " + &money(most),
        Refusal::UnknownLine { order, line } => format!("{order} has no line {line:?}, or several"),
        Refusal::ReturnExceedsLine { order, line, asked, left } => {
            format!("{left} of line {line} of {order} can come back, asked {asked}")
        }
        Refusal::CreditAlreadySpent { lot, missing } => format!("{} of {lot} is spent", money(missing)),
        Refusal::NotApplied { lot, order } => format!("nothing of {lot} is applied to {order}"),
        Refusal::PaymentNotOfOrder { payment, order } => format!("nothing of {payment} is on {order}"),
        Refusal::RefundPending { payment, refund } => format!("{refund} is pending on {payment}"),
        Refusal::RefundExceedsPayment { payment, asked, refundable } => {
            refundable_of(payment.as_ref(), [refundable, asked].map(money))
        }
        Refusal::OwedAfterOutOfRange { asked, least, most } => owed_after([least, most, asked].map(money)),
        Refusal::NoMoneyToMove { method } => no_money(*method),
        Refusal::OnlineNotAvailable { payment } => format!("{payment} was not taken online"),
        Refusal::UnknownSeal { day } => format!("{day} is not the last sealed day"),
        Refusal::PlanOutOfOrder { due } => format!("{due} is not after the instalment before it"),
        Refusal::PlanDoesNotAddUp { order, planned, owed } => planned_for(order, [owed, planned].map(money)),
        Refusal::SameCustomer { customer } => format!("{customer} and {customer} are one customer"),
        Refusal::NotPending { refund: id }
        | Refusal::NotUnderWay { charge: id }
        | Refusal::NoPlan { order: id }
        | Refusal::NotCollecting { order: id }
        | Refusal::NotAwaiting { refund: id }
        | Refusal::NotManual { refund: id }
        | Refusal::NotComplete { refund: id }
        | Refusal::AlreadyReversed { id }
        | Refusal::AlreadyRecorded { dispute: id }
        | Refusal::PaymentDisputed { payment: id }
        | Refusal::ReverseThePaymentInstead { credit: id } => id.to_string(),
        Refusal::UnknownActor { actor } => format!("{actor} is not on the staff list"),
        Refusal::MethodNotAvailable { method } => format!("{} is no method of this shop", method.word()),
        Refusal::PartsDiffer { asked, parts } => format!("{} in parts, asked {}", money(parts), money(asked)),
        Refusal::NamedTwice { id } => format!("{id} is named twice"),
        Refusal::UnknownCurrency { code } => format!("{code} is not a supported currency"),
        Refusal::NotForMoney { account } => format!("{account} holds no money"),
        Refusal::OverLimit(over) => format!("at most {} {}", over.most, over.what),
        Refusal::ExceedsPayable { partner, asked, payable } => {
            format!("{} is payable to {partner}, asked {}", money(payable), money(asked))
        }
        Refusal::AmountNotPositive
        | Refusal::RateOutOfRange
        | Refusal::ReasonRequired
        | Refusal::NotesRequired
        | Refusal::NoSavedCard => String::new(),
    }
}

/// The entry that the last seal covers and that is missing.
fn not_here(device: &Id, chain: u32, seq: u64) -> String {
    format!("the last seal covers entry {seq} of {device}, chain {chain}, which is not here")
}

/// Why no money can move by a method.
fn no_money(method: Method) -> String {
    format!("every part is applied credit, so nothing moves by {}; choose credit", method.word())
}

/// What may be owed after a refund.
fn owed_after([least, most, asked]: [String; 3]) -> String {
    format!("{least} to {most} may be owed after, asked {asked}")
}

/// What may be refunded of a payment, or of the order.
fn refundable_of(payment: Option<&Id>, [refundable, asked]: [String; 2]) -> String {
    let of = payment.map_or_else(|| "the order".to_owned(), ToString::to_string);
    format!("{refundable} of {of} may be refunded, asked {asked}")
}

/// The figures of a plan that does not add up.
fn planned_for(order: &Id, [owed, planned]: [String; 2]) -> String {
    format!("{order} owes {owed}, planned {planned}")
}

/// The figures of a payment that is less than what is allocated of it.
fn paid([allocated, payment]: [String; 2]) -> String {
    format!("{allocated} allocated, {payment} paid")
}

/// The figures of cash that is too little.
fn in_cash([tendered, payment]: [String; 2]) -> String {
    format!("{tendered} tendered for {payment}; only cash is tendered")
}
/// The figures of a rounding that is out of range.
fn in_coins([rounding, moves, coin]: [String; 3]) -> String {
    format!(
        "{rounding} rounded off {moves}; only cash is rounded, by less than {coin} and to a multiple of it"
    )
}

/// The remedy of an exception, such as `apply 30.00 of P-2 to P-1`.
#[must_use]
pub fn remedy(act: &Act, currency: &Currency) -> String {
    let money = |amount: ledger::money::Money| currency.format(amount);
    if let Act::ApplyCredit(asked) = act {
        return format!("apply {} of {} to {}", money(asked.amount), asked.lot, asked.to);
    }
    if let Act::RecordPayment(asked) = act {
        let orders: Vec<_> = asked.allocations.iter().map(|part| part.order.to_string()).collect();
        let orders = if orders.is_empty() { String::new() } else { format!(" for {}", orders.join(", ")) };
        return format!("take {}{orders}", money(asked.amount));
    }
    if let Act::ProcessPayout(asked) = act {
        let lots: Vec<_> = asked.from.iter().map(|part| part.lot.to_string()).collect();
        return format!("pay out {} of {}", money(asked.amount), lots.join(", "));
    }
    if let Act::RejectPayout(asked) = act {
        return format!("reject {}", asked.of);
    }
    if let Act::ReverseCreditNote(asked) = act {
        return format!("reverse {}", asked.note);
    }
    if let Act::ResolveException(asked) = act {
        return format!("review it, then resolve {} {}", asked.kind, asked.entry);
    }
    "record it again under a new id".into()
}
