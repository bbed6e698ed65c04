//! Formats amounts: always with the currency's decimals and a true minus; with a plus only for money received.

use super::{intl, say};
use crate::forms;
use ledger::money::{Currency, Money};

/// Placeholder for a figure that is not known yet, and for zero in a column of figures.
pub const DASH: &str = "–";

/// With the currency's sign: `£1,284.50`, `−£4.17`.
#[must_use]
pub fn money(amount: Money, currency: &Currency) -> String {
    let code = &currency.code;
    let shape = format!(r#"{{"style":"currency","currency":"{code}","currencyDisplay":"narrowSymbol"}}"#);
    intl::number(&currency.format(amount), shape)
}

/// Without a sign, for columns: `1,284.50`, `−4.17`.
#[must_use]
pub fn figure(amount: Money, currency: &Currency) -> String {
    plain(amount, currency, "auto")
}

/// As [`figure`], with a dash for zero.
#[must_use]
pub fn figure_or_dash(amount: Money, currency: &Currency) -> String {
    if amount.is_zero() { DASH.into() } else { figure(amount, currency) }
}

/// With a plus or a true minus: `+50.00`, `−30.00`.
#[must_use]
pub fn signed(amount: Money, currency: &Currency) -> String {
    plain(amount, currency, "exceptZero")
}

/// The currency's sign alone, for the front of a field: `£`.
#[must_use]
pub fn sign(currency: &Currency) -> String {
    let written = money(Money::ZERO, currency);
    written.chars().filter(|c| !c.is_ascii_digit() && !matches!(c, '.' | ',' | '\u{a0}')).collect()
}

/// A quantity or a rate with the decimal mark of the language: `0.35`, `7,7`. `plain` has a point.
#[must_use]
pub fn decimal(plain: impl ToString) -> String {
    let plain = plain.to_string();
    if plain.contains('.') {
        intl::marks().map_or(plain.clone(), |marks| marks.with_mark(&plain))
    } else {
        plain
    }
}

/// As typed into a field: `1284.50` or `1284,50`, without grouping.
#[must_use]
pub fn typed(amount: Money, currency: &Currency) -> String {
    forms::typed_amount(amount, currency)
}

/// The sentence about cash that is handed over rounded: what is handed over, and by how much it is rounded.
#[must_use]
pub fn handed_over_rounded((moves, by): (Money, Money), currency: &Currency) -> String {
    let by = if by.is_positive() { by } else { -by };
    say!(refund.hand_over_rounded, amount = money(moves, currency), by = money(by, currency))
}

fn plain(amount: Money, currency: &Currency, signs: &str) -> String {
    let decimals = currency.decimals;
    let shape = format!(
        r#"{{"minimumFractionDigits":{decimals},"maximumFractionDigits":{decimals},"signDisplay":"{signs}"}}"#
    );
    intl::number(&currency.format(amount), shape)
}
