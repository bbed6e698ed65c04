//! What is wrong with a typed amount, and how to write it instead.

use super::{money, say};
use ledger::money::{AmountError, Currency, Money};

/// The sentence beside the field.
#[must_use]
pub fn amount_error(error: AmountError, currency: &Currency) -> String {
    let like = like(currency);
    match error {
        AmountError::Empty => say!(amounts.empty, like = like),
        AmountError::NotANumber => say!(amounts.not_a_number, like = like),
        AmountError::TooManyDecimals if currency.decimals == 0 => say!(amounts.whole, like = like),
        AmountError::TooManyDecimals => say!(amounts.decimals, decimals = currency.decimals, like = like),
        AmountError::TooLarge => say!(amounts.too_large),
        AmountError::Currency => say!(amounts.currency),
    }
}

/// The sentence for an amount of zero or below where there must be some.
#[must_use]
pub fn not_positive(currency: &Currency) -> String {
    say!(amounts.not_positive, zero = money::figure(Money::ZERO, currency))
}

/// An amount to imitate: `12.50`, or `1250` where the currency has no decimals.
fn like(currency: &Currency) -> String {
    money::typed(Money(1250), currency)
}
