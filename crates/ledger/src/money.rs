//! Money: whole minor units of the currency of the shop.

use crate::limits::{MAX_AMOUNT, MAX_DECIMALS};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub, SubAssign};

/// An amount in minor units. The type is signed; entries contain only positive amounts, with the
/// exception of balances and of roundings.
///
/// In caches it is a JSON integer, in entries a decimal string (see [`crate::entry::Body::encode`]).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Money(pub i64);

impl Money {
    /// Zero.
    pub const ZERO: Self = Self(0);

    /// Whether the amount is above zero.
    #[must_use]
    pub const fn is_positive(self) -> bool {
        self.0 > 0
    }

    /// The amount, or zero if it is negative.
    #[must_use]
    pub fn or_zero(self) -> Self {
        self.max(Self::ZERO)
    }

    /// Whether the amount is zero.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// [`Money::is_zero`] with the signature that serde requires.
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

/// A currency: its ISO 4217 code and the number of decimals of its amounts (0, 2 or 3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Currency {
    /// The ISO 4217 code, such as `GBP`.
    pub code: String,
    /// The number of decimals: 0, 2 or 3.
    pub decimals: u8,
}

impl Currency {
    /// Looks up the code in ISO 4217.
    ///
    /// # Errors
    /// [`AmountError::Currency`] when there is no such currency, or when it has more than three decimals.
    pub fn new(code: &str) -> Result<Self, AmountError> {
        let found = iso_currency::Currency::from_code(code).ok_or(AmountError::Currency)?;
        let decimals = u8::try_from(found.exponent().unwrap_or(2)).map_err(|_| AmountError::Currency)?;
        if u32::from(decimals) > MAX_DECIMALS {
            return Err(AmountError::Currency);
        }
        Ok(Self { code: code.into(), decimals })
    }

    /// The highest amount that an act may have: 99,999,999.99 with two decimals.
    #[must_use]
    pub fn most(&self) -> Money {
        Money(10_i64.pow(8 + u32::from(self.decimals).min(MAX_DECIMALS)) - 1)
    }

    /// Parses an amount: an optional `-`, digits, and optionally a point with at most the decimals of the currency.
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

    /// Formats an amount with all decimals of the currency and a plain `-`, such as `-12.50`. For files; screens use
    /// the number formats of the browser.
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

/// The reason why a text is not an amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AmountError {
    /// The text is empty.
    Empty,
    /// The text is not digits with at most one point.
    NotANumber,
    /// The text has more decimals than the currency.
    TooManyDecimals,
    /// The amount is above 99,999,999.99 (or the same number of digits in other currencies).
    TooLarge,
    /// There is no currency with this code.
    Currency,
}

impl fmt::Display for AmountError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "no amount",
            Self::NotANumber => "not digits with at most one point",
            Self::TooManyDecimals => "more decimals than the currency has",
            Self::TooLarge => "above the largest amount",
            Self::Currency => "no currency with this code",
        })
    }
}

impl std::error::Error for AmountError {}

/// Whether the text is digits, optionally with a point and more digits.
fn is_plain_number(text: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    match text.split_once('.') {
        Some((whole, fraction)) => digits(whole) && digits(fraction),
        None => digits(text),
    }
}

/// The integer of a decimal without its point: `"-12.50"` is -1250. (This is ten times as fast as a decimal library,
/// and every amount of every entry is parsed here.)
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

/// Reads an integer in minor units (caches), or a decimal string (entries) that is not negative and not above
/// [`MAX_AMOUNT`]; the point of the string is dropped.
impl<'de> Deserialize<'de> for Money {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(MoneyVisitor { least: 0, most: MAX_AMOUNT })
    }
}

/// (De)serializes a sum over the whole book in an entry: it has a sign and may exceed the limit of one amount.
pub mod total {
    use super::{Money, MoneyVisitor};
    use serde::{Deserializer, Serialize, Serializer};

    /// Serializes as [`Money`].
    ///
    /// # Errors
    /// The errors of the serializer.
    pub fn serialize<S: Serializer>(money: &Money, serializer: S) -> Result<S::Ok, S::Error> {
        money.serialize(serializer)
    }

    /// Deserializes as [`Money`], but accepts a sign and amounts above the limit of one amount.
    ///
    /// # Errors
    /// When the value is not an amount.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Money, D::Error> {
        deserializer.deserialize_any(MoneyVisitor { least: i64::MIN / 2, most: i64::MAX / 2 })
    }
}

/// Deserializes as [`Money`], but accepts a sign.
///
/// # Errors
/// When the value is not an amount, or beyond the limit of one amount.
pub fn signed<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Money, D::Error> {
    deserializer.deserialize_any(MoneyVisitor { least: -MAX_AMOUNT, most: MAX_AMOUNT })
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
        minor.map(Money).ok_or_else(|| E::custom(format_args!("{text:?} is not an amount of an entry")))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{AmountError, Currency, Money};

    #[test]
    fn parses_what_it_formats() {
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
    fn parse_errors_name_what_is_wrong() {
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
    fn entries_reject_negative_amounts_and_caches_accept_them() {
        assert_eq!(serde_json::from_str::<Money>("-5").unwrap(), Money(-5));
        assert_eq!(serde_json::from_str::<Money>("\"12.50\"").unwrap(), Money(1250));
        for text in ["\"-0.01\"", "\"1e3\"", "\"\"", "\"1000000000.00\""] {
            assert!(serde_json::from_str::<Money>(text).is_err(), "{text}");
        }
    }
}
