//! The messages for invalid fields of a draft: what the user has to change.

use super::{date, money, refusal, say};
use crate::forms::{
    Field, NoCharge, Problem, ReasonDraft, SETTLED, collect, correction, customer, order, partner, payment,
    payout, plan, refund, report, returned, seal, set_up, staff,
};
use ledger::money::{Currency, Money};

/// The message at the field and in the summary.
#[must_use]
pub fn problem(field: &Field, problem: &Problem, currency: &Currency) -> String {
    match problem {
        Problem::Missing => missing(field),
        Problem::NotPositive if *field == refund::OWED_AFTER => {
            say!(problems.not_negative, like = like(currency))
        }
        Problem::TooLong { most, .. } if *field == order::LINES => {
            say!(problems.too_many_lines, most = *most)
        }
        Problem::TooLong { most, found } => say!(problems.too_long, most = *most, found = *found),
        Problem::HiddenCharacter => say!(problems.hidden),
        Problem::CardNumber => say!(problems.card_number),
        Problem::MaybeCardNumber => say!(problems.maybe_card),
        Problem::NotAQuantity { most } => say!(problems.quantity, most = *most),
        Problem::NotANotice { most } => say!(plan.notice_wrong, most = *most),
        Problem::NotAReturn { most } => say!(problems.not_a_return, most = most.to_string()),
        Problem::NotARate if *field == partner::COMMISSION => say!(problems.commission),
        Problem::NotARate => say!(problems.rate),
        Problem::NotADate => say!(problems.date),
        Problem::NotAYear => say!(problems.year),
        Problem::LongAgo { on, today } => {
            say!(problems.long_ago, date = date::long(*on), days = on.days_until(*today))
        }
        Problem::PastDue { on } => say!(problems.past_due, date = date::long(*on)),
        Problem::FutureDate { today } => say!(problems.future_date, today = date::long(*today)),
        Problem::SameDay { on } => say!(plan.same_day, date = date::long(*on)),
        Problem::BeforeFirst { first } => say!(reports.before_first, first = date::long(*first)),
        Problem::AlreadySealed { sealed } => say!(problems.already_sealed, sealed = date::long(*sealed)),
        Problem::NoCharge(why) => say!(charge.another_type, why = no_charge(*why)),
        Problem::NotACustomerId => say!(charge.not_a_customer),
        Problem::NotAMethodId => say!(charge.not_a_method),
        Problem::NotAnEmail => say!(add_customer.bad_email),
        Problem::NotAPin { fewest, most } => say!(problems.pin, fewest = *fewest, most = *most),
        Problem::WrongPin => say!(people.wrong),
        Problem::NotTheSame => say!(problems.not_the_same),
        Problem::SameAccount => say!(problems.same_account),
        Problem::NotADiscount => say!(problems.discount, like = like(currency)),
        Problem::NameTaken => say!(problems.name_taken),
        Problem::CodeTaken => say!(problems.code_taken),
        Problem::Refused(why) => refusal::refusal(why, currency),
        _ => about_an_amount(problem, currency),
    }
}

/// Why a saved card cannot be charged now.
#[must_use]
pub fn no_charge(why: NoCharge) -> String {
    match why {
        NoCharge::Processor => say!(charge.no_processor),
        NoCharge::Network => say!(charge.no_network),
        NoCharge::Card => say!(charge.no_card),
    }
}

fn about_an_amount(problem: &Problem, currency: &Currency) -> String {
    let m = |amount: &Money| money::money(*amount, currency);
    match problem {
        Problem::NoAmount => say!(problems.no_amount, like = like(currency)),
        Problem::TwoReadings { grouped, decimal } => {
            let t = |amount: &Money| money::typed(*amount, currency);
            say!(problems.two_readings, one = t(grouped), other = t(decimal))
        }
        Problem::TooManyDecimals { decimals: 0 } => say!(problems.whole, like = like(currency)),
        Problem::TooManyDecimals { decimals } => {
            say!(problems.decimals, like = like(currency), decimals = *decimals)
        }
        Problem::AmountTooLarge { most } => say!(problems.too_large, most = m(most)),
        Problem::NotPositive => say!(problems.not_positive, like = like(currency)),
        Problem::MoreThanRefundable { most } => say!(problems.more_than_refundable, most = m(most)),
        Problem::MoreThanTogether { most } => say!(problems.more_than_together, most = m(most)),
        Problem::MoreThanTheSale { most } => say!(problems.more_than_the_sale, most = m(most)),
        Problem::MoreThanOwed { most } => say!(problems.more_than_owed, most = m(most)),
        Problem::MoreThanThere { most } => say!(problems.more_than_there, most = m(most)),
        Problem::SharesExceedAmount { amount } => say!(problems.shares_exceed, amount = m(amount)),
        Problem::OwedAfterOutOfRange { most } => {
            say!(problems.owed_after, least = m(&Money::ZERO), most = m(most))
        }
        Problem::CashTooLittle { amount } => say!(problems.cash_too_little, amount = m(amount)),
        _ => say!(problems.not_an_amount, like = like(currency)),
    }
}

/// The message for an empty field.
fn missing(field: &Field) -> String {
    let named = [
        (payment::INVOICE, say!(problems.choose_invoice)),
        (correction::ORDER, say!(correct.choose_order)),
        (correction::TO, say!(correct.choose_customer)),
        (refund::PAYMENTS, say!(problems.choose_payments)),
        (refund::METHOD, say!(problems.choose_method)),
        (payout::LOTS, say!(problems.choose_payments)),
        (refund::OWED_AFTER, say!(problems.say_owed_after)),
        (refund::REFERENCE, say!(refund.issued_need)),
        (ReasonDraft::CHOICE, say!(problems.choose_reason)),
        (ReasonDraft::WORDS, say!(problems.write_reason)),
        (SETTLED, say!(problems.write_what_was_done)),
        (payment::NOTE, say!(problems.write_note)),
        (customer::NAME, say!(add_customer.need_name)),
        (customer::SAME, say!(customer.same_need)),
        (partner::NAME, say!(problems.write_name)),
        (staff::NAME, say!(problems.write_name)),
        (plan::ADD, say!(plan.need_one)),
        (collect::AGREES, say!(plan.need_agreement)),
        (seal::DAY, say!(problems.choose_day)),
        (set_up::SHOP, say!(setup.need_shop)),
        (set_up::CURRENCY, say!(setup.need_currency)),
        (set_up::YOU, say!(setup.need_you)),
    ];
    if [report::FROM, report::TO, report::AS_OF, report::KNOWN_ON].contains(field) {
        return say!(reports.choose_day);
    }
    let found = named.into_iter().find(|(own, _)| own == field).map(|(_, words)| words);
    found.unwrap_or_else(|| match field.name {
        plan::DUE => say!(plan.need_date),
        order::TEXT => say!(problems.write_what),
        returned::RETURNED => say!(problems.write_returned),
        customer::CONTACT_NAME => say!(add_customer.need_contact_name),
        _ => say!(problems.missing),
    })
}

/// An example of a valid amount.
fn like(currency: &Currency) -> String {
    let minor = 10_i64.pow(u32::from(currency.decimals.min(3)));
    money::typed(Money(minor * 25 / 2), currency)
}
