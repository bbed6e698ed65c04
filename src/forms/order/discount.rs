//! Parses discounts as typed: an amount, or a rate with its sign.

use crate::forms::{Problem, non_negative, rate};
use ledger::entry::Discount;
use ledger::money::Currency;

/// Parses `5.00` or `10 %`; an empty text and zero are no discount.
///
/// # Errors
/// [`Problem::NotADiscount`].
pub fn discount(text: &str, currency: &Currency) -> Result<Option<Discount>, Problem> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let read = match text.strip_suffix('%') {
        Some(percent) => rate(percent).map(Discount::Percent),
        None => non_negative(text, currency).map(Discount::Amount),
    };
    read.map(|discount| Some(discount).filter(|discount| discount.is_positive()))
        .map_err(|_| Problem::NotADiscount)
}
