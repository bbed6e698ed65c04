//! Limits on every amount, count and text, and the compile-time proof that no sum overflows within them.

use crate::hidden;

/// The most decimals that a currency has.
pub const MAX_DECIMALS: u32 = 3;
/// The highest amount, in minor units of a currency with three decimals: 99,999,999.999.
pub const MAX_AMOUNT: i64 = 10_i64.pow(8 + MAX_DECIMALS) - 1;
/// The most entries in one book. One entry moves at most [`MAX_AMOUNT`] in a book account.
pub const MAX_ENTRIES: i64 = 1 << 26;
/// 100 %, in ten-thousandths of a percent.
pub const MAX_RATE: u32 = 1_000_000;
/// The most characters of a typed text.
pub const MAX_TEXT: usize = 200;
/// The most lines of an order.
pub const MAX_LINES: usize = 100;
/// The most allocations of a payment, parts of a refund, or lots of a pay-out.
pub const MAX_PARTS: usize = 50;
/// The highest quantity of an order line.
pub const MAX_QTY: u32 = 999_999;

const _: () = assert!(MAX_AMOUNT.checked_mul(MAX_ENTRIES).is_some(), "a sum over the whole book fits i64");
const _: () = {
    let amount = MAX_AMOUNT as i128;
    // The formula with the largest intermediate value: rate · N · E; its divisor is the rate unit · G.
    assert!(
        amount.checked_mul(amount).is_some() && (amount * amount).checked_mul(2 * MAX_RATE as i128).is_some()
    );
    // An order line: quantity in thousandths · unit price · (100 % + rate).
    assert!((1_000 * MAX_QTY as i128 * amount).checked_mul(2 * MAX_RATE as i128).is_some());
};

/// A text, amount or count is above its limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OverLimit {
    /// The name of the limited thing, such as `text`.
    pub what: &'static str,
    /// The limit.
    pub most: u64,
}

/// The name of the limit on hidden characters.
pub const HIDDEN: &str = "hidden characters";

/// Checks the length of a text in characters, and that it has none that cannot be seen.
///
/// # Errors
/// When the text is longer than [`MAX_TEXT`], or has a [hidden character](crate::hidden).
pub fn text(text: &str) -> Result<(), OverLimit> {
    at_most("text", if text.len() <= MAX_TEXT { 0 } else { text.chars().count() }, MAX_TEXT)?;
    at_most(HIDDEN, hidden::count(text), 0)
}

/// Checks a count.
///
/// # Errors
/// When `count` is above `most`.
pub fn at_most(what: &'static str, count: usize, most: usize) -> Result<(), OverLimit> {
    if count > most { Err(OverLimit { what, most: most as u64 }) } else { Ok(()) }
}
