//! A limit on everything, and the proof that within the limits no sum overflows.

/// Decimals that the finest currency has.
pub const MAX_DECIMALS: u32 = 3;
/// The highest amount in minor units of the finest currency: 99,999,999.999.
pub const MAX_AMOUNT: i64 = 10_i64.pow(8 + MAX_DECIMALS) - 1;
/// How many entries one book may hold; one entry moves at most [`MAX_AMOUNT`] in a book account.
pub const MAX_ENTRIES: i64 = 1 << 26;
/// 100 %, in ten-thousandths of a percent.
pub const MAX_RATE: u32 = 1_000_000;
/// Characters of a text that somebody types.
pub const MAX_TEXT: usize = 200;
/// Lines of an order.
pub const MAX_LINES: usize = 100;
/// Allocations of a payment, parts of a refund, lots of a pay-out.
pub const MAX_PARTS: usize = 50;
/// How many of one thing a line may sell.
pub const MAX_QTY: u32 = 999_999;

const _: () = assert!(MAX_AMOUNT.checked_mul(MAX_ENTRIES).is_some(), "a sum over the whole book fits i64");
const _: () = {
    let amount = MAX_AMOUNT as i128;
    // The widest formula: rate · N · E, beside the divisor's rate unit · G.
    assert!(
        amount.checked_mul(amount).is_some() && (amount * amount).checked_mul(2 * MAX_RATE as i128).is_some()
    );
    // A line: quantity · unit · (100 % + rate).
    assert!((MAX_QTY as i128 * amount).checked_mul(2 * MAX_RATE as i128).is_some());
};

/// Something is longer, larger or more than the book takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OverLimit {
    /// What it is about, such as `text`.
    pub what: &'static str,
    /// The most there may be.
    pub most: u64,
}

/// Checks the length of a text in characters.
///
/// # Errors
/// When it is longer than [`MAX_TEXT`].
pub fn text(text: &str) -> Result<(), OverLimit> {
    at_most("text", if text.len() <= MAX_TEXT { 0 } else { text.chars().count() }, MAX_TEXT)
}

/// Checks a count.
///
/// # Errors
/// When it is above `most`.
pub fn at_most(what: &'static str, count: usize, most: usize) -> Result<(), OverLimit> {
    if count > most { Err(OverLimit { what, most: most as u64 }) } else { Ok(()) }
}
