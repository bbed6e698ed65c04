//! Money: whole minor units of the shop's currency.

use crate::limits::{MAX_AMOUNT, MAX_DECIMALS};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub, SubAssign};

/// An amount in minor units. Signed; entries carry positive amounts only.
///
/// In caches it is a JSON integer, in entries a decimal string (see [`crate::entry::Body::encode`]).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Money(pub i64);

impl Money {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// Whether it is above zero.
    #[must_use]
    pub const fn is_positive(self) -> bool {
        self.0 > 0
    }

    /// This, or nothing where it is below zero.
    #[must_use]
    pub fn or_zero(self) -> Self {
        self.max(Self::ZERO)
    }

    /// Whether it is zero.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// The same, as serde asks.
    pub(crate) const fn is_zero_ref(&self) -> bool {
        self.is_zero()
    }
}

impl Add for Money {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl Sub for Money {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl Neg for Money {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl AddAssign for Money {
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
    }
}

impl SubAssign for Money {
    fn sub_assign(&mut self, other: Self) {
        self.0 -= other.0;
    }
}

impl Sum for Money {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::ZERO, Add::add)
    }
}

/// The shop's currency: its ISO 4217 code and how many decimals its amounts have (0, 2 or 3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Currency {
    /// Such as `GBP`.
    pub code: String,
    /// 0, 2 or 3.
    pub decimals: u8,
}

impl Currency {
    /// Looks the code up in ISO 4217.
    ///
    /// # Errors
    /// [`AmountError::Currency`] when there is no such code.
    pub fn new(code: &str) -> Result<Self, AmountError> {
        let found = iso_currency::Currency::from_code(code).ok_or(AmountError::Currency)?;
        let decimals = u8::try_from(found.exponent().unwrap_or(2)).map_err(|_| AmountError::Currency)?;
        if u32::from(decimals) > MAX_DECIMALS {
            return Err(AmountError::Currency);
        }
        Ok(Self { code: code.into(), decimals })
    }

    /// The highest amount an act may carry: 99,999,999.99 or the like.
    #[must_use]
    pub fn most(&self) -> Money {
        Money(10_i64.pow(8 + u32::from(self.decimals).min(MAX_DECIMALS)) - 1)
    }

    /// Reads `-`? digits (`.` digits)? with at most the currency's decimals.
    ///
    /// # Errors
    /// What is wrong with the text.
    pub fn parse(&self, text: &str) -> Result<Money, AmountError> {
        let digits = text.strip_prefix('-').unwrap_or(text);
        if digits.is_empty() {
            return Err(AmountError::Empty);
        }
        if !is_plain_number(digits) {
            return Err(AmountError::NotANumber);
        }
        let decimals = u32::from(self.decimals);
        if digits.split_once('.').is_some_and(|(_, fraction)| fraction.len() > decimals as usize) {
            return Err(AmountError::TooManyDecimals);
        }
        let mut number = Decimal::from_str_exact(text).map_err(|_| AmountError::TooLarge)?;
        number.rescale(decimals);
        let money = i64::try_from(number.mantissa()).map(Money).map_err(|_| AmountError::TooLarge)?;
        let fits = number.scale() == decimals && money.0.unsigned_abs() <= self.most().0.unsigned_abs();
        if fits { Ok(money) } else { Err(AmountError::TooLarge) }
    }

    /// Always the currency's decimals, a plain `-`: `-12.50`. For files; screens use the browser's formats.
    #[must_use]
    pub fn format(&self, money: Money) -> String {
        let (sign, digits) = (if money.0 < 0 { "-" } else { "" }, money.0.unsigned_abs());
        let decimals = usize::from(self.decimals).min(MAX_DECIMALS as usize);
        if decimals == 0 {
            return format!("{sign}{digits}");
        }
        let one = 10_u64.pow(decimals as u32);
        format!("{sign}{}.{:0decimals$}", digits / one, digits % one)
    }
}

/// Why a text is no amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AmountError {
    /// Nothing was written.
    Empty,
    /// Not digits with at most one point.
    NotANumber,
    /// More decimals than the currency has.
    TooManyDecimals,
    /// Above 99,999,999.99 (or the like in other currencies).
    TooLarge,
    /// No currency of that code.
    Currency,
}

impl fmt::Display for AmountError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

impl std::error::Error for AmountError {}

/// Digits, perhaps a point and more digits.
fn is_plain_number(text: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    match text.split_once('.') {
        Some((whole, fraction)) => digits(whole) && digits(fraction),
        None => digits(text),
    }
}

/// The integer that a decimal's digits make when its point is dropped: `"-12.50"` is -1250. (A decimal library does
/// the same at a tenth of the speed, and every amount of every entry comes through here.)
fn without_point(text: &str) -> Option<i64> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    if !is_plain_number(digits) {
        return None;
    }
    let number = digits
        .bytes()
        .filter(|byte| *byte != b'.')
        .try_fold(0_i64, |number, digit| number.checked_mul(10)?.checked_add(i64::from(digit - b'0')))?;
    Some(if digits.len() < text.len() { -number } else { number })
}

/// Reads an integer of minor units (caches), or a decimal string whose point is dropped (entries): not
/// negative, and no higher than [`MAX_AMOUNT`].
impl<'de> Deserialize<'de> for Money {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(MoneyVisitor { least: 0, most: MAX_AMOUNT })
    }
}

/// A figure of the whole book in an entry: signed, and beyond what one amount may be.
pub mod total {
    use super::{Money, MoneyVisitor};
    use serde::{Deserializer, Serialize, Serializer};

    /// As [`Money`] itself.
    ///
    /// # Errors
    /// The serializer's.
    pub fn serialize<S: Serializer>(money: &Money, serializer: S) -> Result<S::Ok, S::Error> {
        money.serialize(serializer)
    }

    /// As [`Money`], with a sign and without its limit.
    ///
    /// # Errors
    /// When it is no amount.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Money, D::Error> {
        deserializer.deserialize_any(MoneyVisitor { least: i64::MIN / 2, most: i64::MAX / 2 })
    }
}

struct MoneyVisitor {
    least: i64,
    most: i64,
}

impl serde::de::Visitor<'_> for MoneyVisitor {
    type Value = Money;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an amount")
    }

    fn visit_i64<E: serde::de::Error>(self, minor: i64) -> Result<Money, E> {
        Ok(Money(minor))
    }

    fn visit_u64<E: serde::de::Error>(self, minor: u64) -> Result<Money, E> {
        i64::try_from(minor).map(Money).map_err(E::custom)
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Money, E> {
        let minor = without_point(text).filter(|minor| (self.least..=self.most).contains(minor));
        minor.map(Money).ok_or_else(|| E::custom(format_args!("{text:?} is no amount of an entry")))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{AmountError, Currency, Money};

    #[test]
    fn reads_what_it_writes() {
        let pounds = Currency::new("GBP").unwrap();
        for (text, minor) in [("0.00", 0), ("12.50", 1250), ("-12.50", -1250), ("99999999.99", 9_999_999_999)]
        {
            assert_eq!(pounds.parse(text), Ok(Money(minor)));
            assert_eq!(pounds.format(Money(minor)), text);
        }
        assert_eq!(pounds.parse("12"), Ok(Money(1200)));
        assert_eq!(pounds.parse("0012.5"), Ok(Money(1250)));
        assert_eq!(Currency::new("JPY").unwrap().format(Money(500)), "500");
        assert_eq!(Currency::new("BHD").unwrap().format(Money(-5)), "-0.005");
    }

    #[test]
    fn says_what_is_wrong_with_a_text() {
        let pounds = Currency::new("GBP").unwrap();
        let cases = [
            ("", AmountError::Empty),
            ("-", AmountError::Empty),
            ("1,5", AmountError::NotANumber),
            ("1.", AmountError::NotANumber),
            (".5", AmountError::NotANumber),
            ("+1", AmountError::NotANumber),
            ("1_0", AmountError::NotANumber),
            ("0.001", AmountError::TooManyDecimals),
            ("100000000.00", AmountError::TooLarge),
            ("9999999999999999999999999999999999", AmountError::TooLarge),
        ];
        for (text, error) in cases {
            assert_eq!(pounds.parse(text), Err(error), "{text}");
        }
        assert_eq!(Currency::new("XXY"), Err(AmountError::Currency));
    }

    #[test]
    fn entries_carry_no_negative_amounts_and_caches_may() {
        assert_eq!(serde_json::from_str::<Money>("-5").unwrap(), Money(-5));
        assert_eq!(serde_json::from_str::<Money>("\"12.50\"").unwrap(), Money(1250));
        for text in ["\"-0.01\"", "\"1e3\"", "\"\"", "\"1000000000.00\""] {
            assert!(serde_json::from_str::<Money>(text).is_err(), "{text}");
        }
    }
}
