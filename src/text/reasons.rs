//! The labels of reasons. An entry stores a stable text of the draft instead of the label.

use super::say;
use crate::forms::Reason;
use ledger::view::refund::FOUND_REASON;

/// The label of a reason of the list.
#[must_use]
pub fn choice(reason: Reason) -> String {
    match reason {
        Reason::FaultyGoods => say!(reasons.faulty_goods),
        Reason::ReturnedGoods => say!(reasons.returned_goods),
        Reason::ShortDelivered => say!(reasons.short_delivered),
        Reason::Overcharge => say!(reasons.overcharge),
        Reason::Goodwill => say!(reasons.goodwill),
        Reason::DiscountAllowed => say!(reasons.discount_allowed),
        Reason::BalanceAdjustment => say!(reasons.balance_adjustment),
        Reason::CurrencyAdjustment => say!(reasons.currency_adjustment),
        Reason::Other => say!(reasons.other),
    }
}

/// The label of a reason as an entry stores it: one of the list, or free text.
#[must_use]
pub fn label(text: &str) -> String {
    if text == FOUND_REASON {
        return say!(online.found_reason);
    }
    Reason::find(text).map_or_else(|| text.to_owned(), choice)
}
